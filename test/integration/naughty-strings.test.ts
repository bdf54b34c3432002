/** The big list of naughty strings in every place where people type: kept as they are, found again, and nothing breaks. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkStore } from '../../db/check.ts';
import { customFieldName } from '../../shared/model/custom-field.ts';
import { notesHandlers } from '../../electron/features/notes/notes.handlers.ts';
import { recordsHandlers } from '../../electron/features/records/records.handlers.ts';
import { workspaceWith } from '../helpers/calls.ts';

const path = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'edge', 'blns.json');

/** As texts of one line or more are kept: without characters that nothing shows. */
const kept = (text: string): string | null =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '').trim() || null;

describe.skipIf(!existsSync(path))('naughty strings', () => {
  it('are kept in names, notes and custom fields, found by search, and leave the store whole', async () => {
    const strings = JSON.parse(readFileSync(path, 'utf8')) as string[];
    const { get, test } = workspaceWith({ ...recordsHandlers, ...notesHandlers });
    // a thousand small writes, that need not survive a loss of power
    test.store.connection.pragma('synchronous = OFF');
    const values = { name: 'Remarks', entity: 'contact', kind: 'text' } as const;
    const x = customFieldName((await get('customFields.create', { values })).id);
    const made: { id: string; text: string; search: string }[] = [];
    const lost: string[] = [];
    const unfound: string[] = [];
    for (const [index, whole] of strings.entries()) {
      // a name holds so many
      const text = whole.slice(0, 200);
      const more = { [x]: text } as object;
      const given = { givenName: `N${index}n`, familyName: text, company: text, description: text, ...more };
      const { id } = await get('contacts.create', { values: given });
      const wanted = kept(text);
      if (wanted !== null && index % 5 === 0) await get('notes.create', { values: { text, contactId: id } });
      made.push({ id, text, search: `N${index}n ${wanted ?? ''}` });
    }
    for (const { id, text, search } of made) {
      const wanted = kept(text);
      const found = await get('contacts.list', { search, limit: 5 });
      const row = found.rows.find((each) => each.id === id) as unknown as Record<string, unknown> | undefined;
      if (row === undefined) unfound.push(text);
      else if (['familyName', 'company', 'description', x].some((name) => row[name] !== wanted)) lost.push(text);
    }
    expect(lost).toEqual([]);
    expect(unfound).toEqual([]);
    const check = checkStore(test.store);
    for (;;) {
      const { done, value } = check.next();
      if (done) return expect(value.filter((each) => !each.ok)).toEqual([]);
    }
  });
});
