/** Merges and decisions about duplicates, as people ask for them. */
import { type CallError, type CallResult, callError } from '../../../shared/contract/call.ts';
import type { OutputOf, ParsedInputOf } from '../../../shared/contract/index.ts';
import type { EntityName } from '../../../shared/model/entities.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import {
  type FieldChoice,
  mayChoose,
  mayWrite,
  suggestedSurvivor,
} from '../../../shared/rules/merging/merged-values.ts';
import { decide } from '../../../db/duplicates/decisions.ts';
import { mergeRecords } from '../../../db/merge/merge-records.ts';
import { liveRowIdOf } from '../../../db/merge/redirects.ts';
import { shownFieldsOf } from '../../../db/records/model.ts';
import { readStored, uuidOf } from '../../../db/records/read.ts';
import { toStored } from '../../../db/records/wire.ts';
import { withRoom } from '../../../db/records/with-room.ts';
import { write } from '../../../db/records/write.ts';
import type { WritableStore } from '../../../db/store.ts';
import { newUuid, uidToUuid } from '../../../db/uuid.ts';
import type { WriteContext } from '../handler.ts';
import { checkRecord, latestDay, refusal } from '../records/record-rules.ts';
import { normalValues } from '../records/records.service.ts';

type Of = ParsedInputOf<'duplicates.merge'>['of'];
type Values = Readonly<Record<string, unknown>>;

const notHere = (of: Of, field: string): Result<never, CallError> =>
  err(callError('notFound', `There is no such ${of} here.`, { field }));

/** Row of a record that is not in the bin; a merged one's id means the one that stands. */
function alive(store: WritableStore, of: Of, uuid: string): number | null {
  const row = liveRowIdOf(store, of, uuid);
  return row !== null && readStored<EntityName>(store, of, row)?.deletedAtMs === null ? row : null;
}

/** Errors: `notFound`, `badInput` (they are one already), `invalidValue`. */
export function merge(
  store: WritableStore,
  { of, keep, others, values }: ParsedInputOf<'duplicates.merge'>,
): CallResult<OutputOf<'duplicates.merge'>> {
  const keepRow = alive(store, of, keep);
  if (keepRow === null) return notHere(of, 'keep');
  const rows: number[] = [];
  for (const other of others) {
    const row = alive(store, of, other);
    if (row === null) return notHere(of, 'others');
    if (row !== keepRow && !rows.includes(row)) rows.push(row);
  }
  if (rows.length === 0) return err(callError('badInput', 'These are not several records but one.'));
  const choices = choicesOf(store, of, [keepRow, ...rows], values);
  if (!choices.ok) return choices;
  const done = write(store, { cause: 'merge' }, (w) => {
    for (const row of rows) decide(w, of, keepRow, row, 'same');
    return mergeRecords(w, { entity: of, keep: keepRow, others: rows, choices: choices.value });
  });
  if (done.writeId === null) throw new Error('a merge that wrote nothing');
  return ok({ writeId: done.writeId, id: uuidOf(store, of, keepRow), moved: Object.fromEntries(done.value) });
}

function choicesOf(
  store: WritableStore,
  of: Of,
  rows: readonly number[],
  values: ParsedInputOf<'duplicates.merge'>['values'],
): Result<Record<string, FieldChoice>, CallError> {
  const choices: Record<string, FieldChoice> = {};
  const byHand: Record<string, unknown> = {};
  for (const [name, choice] of Object.entries(values)) {
    const may = 'from' in choice ? mayChoose : mayWrite;
    if (!may(of, name)) return refusal(name, 'is not chosen in a merge');
    if ('from' in choice) {
      const from = rows.indexOf(liveRowIdOf(store, of, choice.from) ?? -1);
      if (from === -1) return refusal(name, 'comes from a record that is not among these');
      choices[name] = { from };
      continue;
    }
    const field = shownFieldsOf(store, of)[name];
    const parsed = field?.schema.safeParse(choice.value);
    if (!parsed?.success) return refusal(name, 'cannot be read as a value of this field');
    byHand[name] = parsed.data;
  }
  const stored = toStored(store, of, normalValues(store, byHand));
  if (!stored.ok) return stored;
  const [keep = 0] = rows;
  const before = readStored<EntityName>(store, of, keep)?.values as Values;
  const checked = checkRecord(store, of, keep, stored.value, { ...before, ...stored.value }, latestDay(store.now()));
  if (!checked.ok) return checked;
  for (const [name, value] of Object.entries(stored.value)) {
    const isAmong = shownFieldsOf(store, of)[name]?.target === of && rows.some((row) => row === value);
    if (isAmong) return refusal(name, 'is one of the records that become one: choose another');
    choices[name] = { value };
  }
  return ok(choices);
}

/** Groups between two looks at whether to stop. */
const groupsAtOnce = 20;

export async function mergeMany(
  { store, startJob }: WriteContext,
  { of, groups, jobId }: ParsedInputOf<'duplicates.mergeMany'>,
): Promise<CallResult<OutputOf<'duplicates.mergeMany'>>> {
  const operationId = newUuid();
  const job = startJob('bulk', 'merge', jobId);
  const total = groups.length;
  const counts = { groups: 0, merged: 0, skipped: 0 };
  const cancelled = await withRoom(store, async () => {
    for (let at = 0; at < total; at += groupsAtOnce) {
      if (job.isCancelled()) return true;
      // each group is a write of its own: two laptops that disagree about one leave the others alone
      for (const group of groups.slice(at, at + groupsAtOnce)) {
        const merged = mergeGroup(store, of, group, operationId);
        counts.groups += merged > 0 ? 1 : 0;
        counts.skipped += merged > 0 ? 0 : 1;
        counts.merged += merged;
      }
      const done = Math.min(total, at + groupsAtOnce);
      job.report({ done, total, saved: done });
      await job.breathe();
    }
    return false;
  });
  return ok({ operationId, ...counts, cancelled });
}

/** How many records were merged away. */
function mergeGroup(store: WritableStore, of: Of, group: readonly string[], operationId: string): number {
  const rows = [...new Set(group.flatMap((uuid) => alive(store, of, uuid) ?? []))];
  if (rows.length < 2) return 0;
  const records = rows.flatMap((row) => readStored<EntityName>(store, of, row) ?? []);
  const described = records.map(({ uid, createdAtMs, values }) => ({
    ...(values as Values),
    id: uidToUuid(uid),
    createdAtMs,
  }));
  const keep = rows[suggestedSurvivor(of, described)] ?? 0;
  const others = rows.filter((row) => row !== keep);
  write(store, { cause: 'merge', operationId }, (w) => {
    for (const row of others) decide(w, of, keep, row, 'same');
    mergeRecords(w, { entity: of, keep, others, choices: {} });
  });
  return others.length;
}

/** Errors: `notFound`, `badInput` (a record is not two). */
export function decidePairs(
  store: WritableStore,
  { of, pairs, decision }: ParsedInputOf<'duplicates.decide'>,
): CallResult<OutputOf<'duplicates.decide'>> {
  const rows: (readonly [number, number])[] = [];
  for (const [a, b] of pairs) {
    const [rowA, rowB] = [liveRowIdOf(store, of, a), liveRowIdOf(store, of, b)];
    if (rowA === null || rowB === null) return notHere(of, 'pairs');
    if (rowA === rowB) return err(callError('badInput', 'These are not two records but one.'));
    rows.push([rowA, rowB]);
  }
  const done = write(store, { cause: 'edit', label: 'duplicates' }, (w) => {
    for (const [a, b] of rows) decide(w, of, a, b, decision);
  });
  return ok({ writeId: done.writeId });
}
