/**
 * Options of a choice under other names: the definition, the records that hold them and the definitions that ask for them
 * change in one write. Two options never become one by it: that would be a loss that no name tells of.
 */
import { type CallError } from '../../../shared/contract/call.ts';
import type { OutputOf, ParsedInputOf } from '../../../shared/contract/index.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { StoredPatch } from '../../../db/records/entity-storage.ts';
import { modelOf } from '../../../db/records/model.ts';
import { readStored, rowIdOf } from '../../../db/records/read.ts';
import { renameOptions } from '../../../db/records/rename-options.ts';
import { toStored } from '../../../db/records/wire.ts';
import { updateRecord, write } from '../../../db/records/write.ts';
import type { WritableStore } from '../../../db/store.ts';
import { refusal } from '../records/record-rules.ts';
import { updateOne } from '../records/records.service.ts';
import { checkDefinition, checkOptions, isChoice } from './definitions.service.ts';

/** Errors: `notFound`, `changedSince`, `invalidValue`, `inUse` (an option that goes beside). */
export function renameFieldOptions(
  store: WritableStore,
  { id, renamed, values, baseVersion }: ParsedInputOf<'customFields.renameOptions'>,
): Result<OutputOf<'customFields.renameOptions'>, CallError> {
  const row = rowIdOf(store, 'customField', id);
  const record = row === null ? null : readStored(store, 'customField', row);
  const before = modelOf(store).columns.find((each) => each.id === id);
  if (row === null || !record || !before || (baseVersion !== undefined && baseVersion !== record.version)) {
    // the general answers: it is not here, somebody else was first
    const answer = updateOne(store, 'customField', id, {}, baseVersion);
    return answer.ok ? ok({ ...answer.value, records: 0 }) : answer;
  }
  if (!isChoice(before.kind)) return refusal('options', 'belong to choices only');
  if ((values.kind ?? before.kind) !== before.kind)
    return refusal('kind', 'cannot change together with names of options');
  if ((values.entity ?? before.entity) !== before.entity) {
    return refusal('entity', 'cannot be another once the field is made');
  }
  const names = new Map(renamed.map(({ from, to }) => [from, to.trim()] as const).filter(([from, to]) => from !== to));
  const options = values.options ?? before.options.map((option) => names.get(option) ?? option);
  for (const [from, to] of names) {
    if (!before.options.includes(from)) return refusal('options', `did not hold “${from}”`);
    if (to === '') return refusal('options', 'must not be blank');
    if (!options.includes(to)) return refusal('options', `must hold “${to}”`);
    if (before.options.includes(to) && !names.has(to)) return refusal('options', `hold “${to}” already`);
  }
  const after = { ...before, ...values, name: values.name ?? before.name, options };
  const checked = checkDefinition(store, id, { ...after, kind: before.kind, entity: before.entity });
  if (!checked.ok) return checked;
  const others = before.options.filter((option) => !names.has(option));
  const free = checkOptions(store, { ...before, options: others }, options);
  if (!free.ok) return free;
  const stored = toStored(store, 'customField', { ...values, options });
  if (!stored.ok) return stored;
  const result = write(store, { cause: 'edit' }, (w) => {
    updateRecord(w, 'customField', row, stored.value as StoredPatch<'customField'>);
    return renameOptions(w, before, names);
  });
  const version = readStored(store, 'customField', row)?.version ?? record.version;
  return ok({ writeId: result.writeId, version, records: result.value.records });
}
