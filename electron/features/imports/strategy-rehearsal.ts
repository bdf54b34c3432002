/**
 * A matching strategy tried on the records that there are: each is looked up by its own values. One that finds others
 * beside itself would be ambiguous if it came in a file. And where a strategy is used, with what came of it.
 */
import type { OutputOf, ParsedInputOf } from '../../../shared/contract/index.ts';
import type { IdentityValues } from '../../../shared/rules/matching/identity.ts';
import { findCandidatesInSteps } from '../../../db/query/match-candidates.ts';
import { readStored, readStoredWhere, uuidOf } from '../../../db/records/read.ts';
import { outcomesOf } from '../../../db/records/strategy-outcome.ts';
import type { ReadableStore } from '../../../db/store.ts';
import { uidToUuid, uuidToUid } from '../../../db/uuid.ts';
import type { ReadContext } from '../handler.ts';
import type { StrategyTarget } from './strategies.ts';

const batchRecords = 200;
/** Other calls of the thread wait no longer. */
const mostStepMs = 15;
const samplesShown = 20;
const othersShown = 5;

type Told = OutputOf<'strategies.rehearse'>;

export async function rehearseStrategy(
  { store, startJob }: ReadContext,
  { target, definition, jobId }: ParsedInputOf<'strategies.rehearse'>,
): Promise<Told> {
  const job = startJob('rehearsal', '', jobId);
  const alive = target === 'lead' ? "deletedAtMs IS NULL AND status = 'open'" : 'deletedAtMs IS NULL';
  const total = store.sql(`SELECT count(*) FROM ${target} WHERE ${alive}`).pluck().get() as number;
  const told = { records: 0, alone: 0, ambiguous: 0, blankKey: 0, cancelled: false, samples: [] as Told['samples'] };
  let breathedMs = performance.now();
  /** True where somebody stopped it. */
  const rest = async (): Promise<boolean> => {
    if (performance.now() - breathedMs < mostStepMs) return false;
    job.report({ done: told.records, total, saved: 0 });
    await job.breathe();
    breathedMs = performance.now();
    return job.isCancelled();
  };
  let after = 0;
  for (;;) {
    const batch = readStoredWhere(store, target, `id > ? AND ${alive} ORDER BY id LIMIT ${batchRecords}`, after);
    for (const { id, label, values } of batch) {
      after = id;
      const steps = findCandidatesInSteps(store, target, definition, values as IdentityValues);
      let step = steps.next();
      for (; step.done !== true; step = steps.next()) if (await rest()) return { ...told, cancelled: true };
      const found = step.value;
      told.records += 1;
      const others = (found ?? []).filter((each) => each.id !== id);
      if (found === null) told.blankKey += 1;
      else if (others.length === 0) told.alone += 1;
      else {
        told.ambiguous += 1;
        if (told.samples.length < samplesShown) {
          const names = others.slice(0, othersShown).map((each) => readStored(store, target, each.id)?.label ?? '');
          told.samples.push({ id: uuidOf(store, target, id), label, others: names, count: others.length });
        }
      }
      if (await rest()) return { ...told, cancelled: true };
    }
    job.report({ done: told.records, total, saved: 0 });
    if (batch.length < batchRecords) return told;
  }
}

type Run = {
  uid: Buffer;
  fileName: string;
  startedAtMs: number;
  created: number;
  updated: number;
  unchanged: number;
  pending: number;
};

/** Kinds of files whose rows the default of a target decides about. */
const decidedBy: Readonly<Record<StrategyTarget, readonly string[]>> = {
  contact: ['contacts', 'registrations', 'checkins', 'interactions', 'members'],
  lead: ['leads'],
};

export function strategyUse(store: ReadableStore, id: string): OutputOf<'strategies.usedBy'> {
  const [strategy] = readStoredWhere(store, 'matchingStrategy', 'uid = ?', uuidToUid(id));
  const { name = '', target = 'contact', isDefault = false } = strategy?.values ?? {};
  const chosen = (named: string | null, of: StrategyTarget): boolean =>
    named === id || (named === null && isDefault && target === of);
  const forms = readStoredWhere(store, 'captureForm', 'deletedAtMs IS NULL ORDER BY labelKey')
    .filter(
      ({ values: { definition } }) =>
        chosen(definition.contactStrategyId, 'contact') || chosen(definition.leadStrategyId, 'lead'),
    )
    .map((form) => ({ id: uidToUuid(form.uid), label: form.label }));
  // a file of rows that no strategy was named for went by the default
  const runs = store
    .sql(
      `SELECT uid, fileName, startedAtMs, created, updated, unchanged, pending FROM import_run
       WHERE json_extract(options, '$.strategy') IN (@id, @name)
          OR (@isDefault AND json_extract(options, '$.strategy') IS NULL
              AND kind IN (SELECT value FROM json_each(@kinds)))
       ORDER BY id DESC LIMIT 20`,
    )
    .all({ id, name, isDefault: isDefault ? 1 : 0, kinds: JSON.stringify(decidedBy[target]) }) as Run[];
  return {
    forms,
    imports: runs.map(({ uid, ...run }) => ({ importId: uidToUuid(uid), ...run })),
    captures: outcomesOf(store, uuidToUid(id)),
  };
}
