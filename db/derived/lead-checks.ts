/** Scores and call queue against what a rebuild would make of them. */
import type { ScoringFacts } from '../../shared/rules/scoring/facts.ts';
import { callStagesOf } from '../../shared/rules/process/machine.ts';
import { processOf } from '../records/lead-start.ts';
import { scoresOf } from '../records/score.ts';
import type { Write } from '../records/write.ts';
import type { ReadableStore } from '../store.ts';
import { putQueueRow, type QueueRow, queueRowOf } from './call-queue.ts';
import { gatherFacts } from './score-facts.ts';
import { planOf, type ScorePlan } from './score-models.ts';
import { leadFacts, rescoreLead, scoreIn } from './scores.ts';

/** Closed leads and stopped models keep what they had; there is nothing to compare it with. */
export function wrongScores(store: ReadableStore): string | null {
  // a sweep over a changed model is under way: it will get there
  if (store.sql('SELECT 1 FROM score_sweep LIMIT 1').get() !== undefined) return null;
  const plan = planOf(store);
  const leads = store
    .sql("SELECT id FROM lead WHERE deletedAtMs IS NULL AND status = 'open'")
    .pluck()
    .all() as number[];
  const wrong = leads.filter((id) => !isScoredRight(store, plan, id)).length;
  return wrong === 0 ? null : `${wrong} leads have another score than their models give.`;
}

function isScoredRight(store: ReadableStore, plan: ScorePlan, leadId: number): boolean {
  const lead = leadFacts(store, leadId);
  if (!lead) return false;
  const rows = scoresOf(store, leadId);
  let gathered: ScoringFacts | null = null;
  const facts = (): ScoringFacts => (gathered ??= gatherFacts(store, plan, lead));
  for (const model of plan.live) {
    const row = rows.find((each) => each.modelId === model.id && !each.stale);
    const right = scoreIn(model, lead, facts, row?.atMs ?? 0);
    if ((row === undefined) !== (right === null)) return false;
    if (row && right && (row.score !== right.score || row.nextChangeAtMs !== right.nextChangeAtMs)) return false;
  }
  if (rows.some((row) => !plan.models.has(row.modelId))) return false;
  const fresh = rows.filter((row) => !row.stale);
  const best = (fresh.length > 0 ? fresh : rows).map((row) => row.score);
  return lead.score === (best.length === 0 ? null : Math.max(...best));
}

/** Scores every lead again; rules do not fire, since nothing happened. */
export function rebuildScores(write: Write): void {
  const { store } = write;
  const plan = planOf(store);
  store.sql('DELETE FROM score_sweep').run();
  const leads = store.sql('SELECT id FROM lead WHERE deletedAtMs IS NULL ORDER BY id').pluck().all() as number[];
  for (const leadId of leads) rescoreLead(write, plan, leadId);
}

const rowColumns = [
  'stage',
  'number',
  'e164',
  'score',
  'attempts',
  'lastAttemptAtMs',
  'enteredAtMs',
  'callbackAtMs',
  'dueAtMs',
  'blocked',
  'hoursKey',
  'priority',
] as const satisfies readonly (keyof QueueRow)[];

export function wrongQueueItems(store: ReadableStore): string | null {
  const scope = {};
  const rows = store.sql('SELECT * FROM call_queue_item').all() as QueueRow[];
  const known = new Map(rows.map((row) => [row.leadId, row]));
  const wrong = [...new Set([...known.keys(), ...leadsInCallStages(store, scope)])].filter((leadId) => {
    const right = queueRowOf(store, scope, leadId);
    const row = known.get(leadId);
    if (right === null || row === undefined) return right !== null || row !== undefined;
    return rowColumns.some((column) => right[column] !== row[column]);
  }).length;
  return wrong === 0 ? null : `${wrong} leads stand otherwise in the call queue than their calls say.`;
}

/** Makes every row again; who holds what on the screen stays. */
export function rebuildCallQueue(write: Write): void {
  const known = write.store.sql('SELECT leadId FROM call_queue_item').pluck().all() as number[];
  for (const leadId of new Set([...known, ...leadsInCallStages(write.store, write)])) putQueueRow(write, leadId);
}

function leadsInCallStages(store: ReadableStore, scope: object): readonly number[] {
  const processes = store.sql('SELECT id FROM process').pluck().all() as number[];
  const stages = new Set(
    processes.flatMap((id) => {
      const process = processOf(store, scope, id);
      return process ? callStagesOf(process.definition) : [];
    }),
  );
  const inStage = store.sql("SELECT id FROM lead WHERE deletedAtMs IS NULL AND status = 'open' AND stage = ?").pluck();
  return [...stages].flatMap((stage) => inStage.all(stage) as number[]);
}
