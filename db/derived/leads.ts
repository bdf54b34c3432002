/**
 * Everything that follows for leads from a write: scores, then the rules that fire on them and on flags, again while
 * these change what is scored, then the call queue. Settles in a few rounds or stops.
 */
import { fieldsOfAnswers } from '../../shared/rules/process/answers.ts';
import { readStored } from '../records/read.ts';
import { blankOnly } from '../records/lead-start.ts';
import { updateRecord, type Write } from '../records/write.ts';
import { keepCallQueue } from './call-queue.ts';
import { type Fired, fireRules } from './lead-rules.ts';
import { leadsConcerned } from './leads-concerned.ts';
import { type ScorePlan, planOf } from './score-models.ts';
import { sweepChangedModels } from './score-sweep.ts';
import { rescoreLead, type ScoreEvent } from './scores.ts';

/** Rules that set each other off in a ring end here. */
const mostRounds = 5;

export function keepLeads(write: Write): void {
  fillAnswers(write);
  const plan = planOf(write.store);
  const concerned = leadsConcerned(write, plan);
  for (const leadId of sweepChangedModels(write)) concerned.add(leadId);
  settle(write, plan, concerned);
}

/** Scores these leads again and lets rules (unless told not to) and the call queue follow. */
export function settle(write: Write, plan: ScorePlan, leadIds: ReadonlySet<number>, fires = true): void {
  const fired: Fired = { handled: new Set() };
  const rescored = new Set<number>();
  const reads = plan.columns.get('lead') ?? [];
  const readsProcess = ['stage', 'salesReady', 'stageEnteredAtMs', 'updatedAtMs'].some((name) => reads.includes(name));
  let concerned = leadIds;
  for (let round = 0; round < mostRounds; round += 1) {
    const events: ScoreEvent[] = [];
    for (const leadId of concerned) {
      const event = rescoreLead(write, plan, leadId);
      if (event?.changed) rescored.add(leadId);
      if (event && (event.first || event.crossed)) events.push(event);
    }
    const changed = fires ? fireRules(write, events, fired) : new Set<number>();
    if (changed.size === 0) break;
    concerned = readsProcess ? changed : new Set();
  }
  keepCallQueue(write, rescored);
}

/** An answer that comes later, at a second visit to the booth, fills what is still blank. */
function fillAnswers(write: Write): void {
  const cause = write.open[0]?.cause.cause;
  if (cause === 'undo' || cause === 'receive') return;
  for (const [leadId, { created, fields }] of write.touched.get('lead') ?? []) {
    if (created || !fields.has('answers')) continue;
    const lead = readStored(write.store, 'lead', leadId);
    if (lead) updateRecord(write, 'lead', leadId, blankOnly(fieldsOfAnswers(lead.values.answers), lead.values));
  }
}
