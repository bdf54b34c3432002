/**
 * Scores that change by themselves. `settleDue` scores the leads whose next change has come, goes on with models that
 * changed while there were too many leads to score at once, and lets the call queue follow time and region. The writer runs it
 * when a database is opened and every minute; each step is one short write, so that nobody waits for it.
 */
import { type Write, write } from '../records/write.ts';
import type { WritableStore } from '../store.ts';
import { endPauses, noteRegion } from './call-queue.ts';
import { rebuildCallQueue } from './lead-checks.ts';
import { settle } from './leads.ts';
import { planOf } from './score-models.ts';
import { linkedOpen } from './score-sweep.ts';

const batch = 500;

/**
 * What rules do because of it travels to other laptops, as causes 'rule' do and 'system' does not.
 * True when more is due: call it again.
 */
export function settleDue(store: WritableStore): boolean {
  if (store.connection.inTransaction) return true;
  const nowMs = store.now();
  const due = store
    .sql('SELECT DISTINCT leadId FROM score WHERE nextChangeAtMs <= ? ORDER BY nextChangeAtMs LIMIT ?')
    .pluck()
    .all(nowMs, batch) as number[];
  if (due.length > 0) {
    write(store, { cause: 'rule', label: 'scoreExpiry' }, (w) => settle(w, planOf(store), new Set(due)));
    return true;
  }
  if (store.sql('SELECT 1 FROM score_sweep LIMIT 1').get() !== undefined) {
    write(store, { cause: 'rule', label: 'scoreSweep' }, sweepOn);
    return true;
  }
  write(store, { cause: 'system', label: 'callQueueRegion' }, (w) => {
    if (noteRegion(store)) rebuildCallQueue(w);
  });
  return endPauses(store, nowMs);
}

/** Everything that is due, for tests and for the terminal. */
export function settleAllDue(store: WritableStore): void {
  while (settleDue(store));
}

function sweepOn(w: Write): void {
  const { store } = w;
  const { after, quiet } = store
    .sql('SELECT min(afterLeadId) AS after, min(quiet) AS quiet FROM score_sweep')
    .get() as { after: number; quiet: number };
  const leads = store
    .sql(`SELECT id FROM lead WHERE id > ? AND ${linkedOpen} ORDER BY id LIMIT ?`)
    .pluck()
    .all(after, batch) as number[];
  const last = leads.at(-1);
  if (last === undefined) store.sql('DELETE FROM score_sweep WHERE afterLeadId <= ?').run(after);
  else {
    store.sql('UPDATE score_sweep SET afterLeadId = ? WHERE afterLeadId = ?').run(last, after);
    settle(w, planOf(store), new Set(leads), quiet === 0);
  }
}
