import { describe, expect, it } from 'vitest';
import { customFieldName } from '../../shared/model/custom-field.ts';
import { undoWrite } from '../../db/change-log/undo.ts';
import { readWire } from '../../db/records/read.ts';
import { recordsHandlers } from '../../electron/features/records/records.handlers.ts';
import { customFieldsHandlers } from '../../electron/features/custom-fields/custom-fields.handlers.ts';
import { workspaceWith } from '../helpers/calls.ts';

type Kind = 'text' | 'number' | 'date' | 'choice' | 'multiChoice' | 'yesNo' | 'link';

function workspace() {
  const space = workspaceWith({ ...recordsHandlers, ...customFieldsHandlers });
  const { get } = space;
  /** Makes a field of contacts; returns its id and the name of its values. */
  const field = async (name: string, kind: Kind = 'text', options: string[] = []) => {
    const { id, writeId } = await get('customFields.create', { values: { name, entity: 'contact', kind, options } });
    return { id, x: customFieldName(id), writeId };
  };
  const contact = async (values: Record<string, unknown>) => (await get('contacts.create', { values })).id;
  const read = (id: string) => readWire(space.test.store, 'contact', id) as unknown as Record<string, unknown>;
  return { ...space, field, contact, read };
}

describe('a custom field', () => {
  it('keeps values of every kind in records, and gives them back', async () => {
    const { field, contact, get } = workspace();
    const values: Record<string, unknown> = {};
    for (const [kind, value] of [
      ['text', 'Straße 7'],
      ['number', 4.5],
      ['date', '2026-03-01'],
      ['choice', 'Red'],
      ['multiChoice', ['Blue', 'Red']],
      ['yesNo', false],
      ['link', 'https://example.org'],
    ] as const) {
      const { x } = await field(`Own ${kind}`, kind, kind.toLowerCase().includes('choice') ? ['Red', 'Blue'] : []);
      values[x] = value;
    }
    const id = await contact({ givenName: 'Ann', ...values });
    const found = (await get('contacts.get', { id })) as unknown as Record<string, unknown>;
    const [multi] = Object.entries(values).filter(([, value]) => Array.isArray(value));
    expect(found).toMatchObject({ ...values, [multi?.[0] ?? '']: ['Red', 'Blue'] });
    const page = await get('contacts.list', {});
    expect(page.rows[0]).toMatchObject({ givenName: 'Ann', ...values, [multi?.[0] ?? '']: ['Red', 'Blue'] });
  });

  it('is undone like any other value, and history shows it', async () => {
    const { field, contact, get, read, test } = workspace();
    const { x } = await field('Badge');
    const id = await contact({ givenName: 'Ann', [x]: 'red' });
    const { writeId } = await get('contacts.update', { id, values: { [x]: 'blue' } as never });
    expect(read(id)[x]).toBe('blue');
    expect(undoWrite(test.store, writeId ?? 0).ok).toBe(true);
    expect(read(id)[x]).toBe('red');
  });

  it('goes into the bin with its values, and comes back with them', async () => {
    const { field, contact, get, read, test } = workspace();
    const { id: fieldId, x, writeId } = await field('Badge');
    const id = await contact({ givenName: 'Ann', [x]: 'red' });
    const made = undoWrite(test.store, writeId);
    expect(made.ok).toBe(true);
    expect(read(id)).not.toHaveProperty(x);
    await get('customFields.restore', { ids: [fieldId] });
    expect(read(id)[x]).toBe('red');
  });
});
