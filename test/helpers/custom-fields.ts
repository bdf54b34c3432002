/** A workspace with what custom fields touch, and short words for making fields and contacts. */
import { customFieldName } from '../../shared/model/custom-field.ts';
import { checkStore } from '../../db/check.ts';
import { readWire } from '../../db/records/read.ts';
import { customFieldsHandlers } from '../../electron/features/custom-fields/custom-fields.handlers.ts';
import { duplicatesHandlers } from '../../electron/features/duplicates/duplicates.handlers.ts';
import { historyHandlers } from '../../electron/features/history/history.handlers.ts';
import { recordsHandlers } from '../../electron/features/records/records.handlers.ts';
import { segmentsHandlers } from '../../electron/features/segments/segments.handlers.ts';
import { workspaceWith } from './calls.ts';

export type Kind = 'text' | 'number' | 'date' | 'choice' | 'multiChoice' | 'yesNo' | 'link';

export function fieldsWorkspace() {
  const space = workspaceWith({
    ...recordsHandlers,
    ...customFieldsHandlers,
    ...segmentsHandlers,
    ...duplicatesHandlers,
    ...historyHandlers,
  });
  const { get } = space;
  /** Makes a field of contacts; returns its id and the name of its values. */
  const field = async (name: string, kind: Kind = 'text', options: string[] = []) => {
    const { id, writeId } = await get('customFields.create', { values: { name, entity: 'contact', kind, options } });
    return { id, x: customFieldName(id), writeId };
  };
  const contact = async (values: Record<string, unknown>) => (await get('contacts.create', { values })).id;
  const read = (id: string) => readWire(space.test.store, 'contact', id) as unknown as Record<string, unknown>;
  /** What a check of the whole store finds wrong. */
  const wrong = () => {
    const check = checkStore(space.test.store);
    for (;;) {
      const { done, value } = check.next();
      if (done) return value.filter((each) => !each.ok);
    }
  };
  return { ...space, field, contact, read, wrong };
}
