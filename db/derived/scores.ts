/**
 * Scores, kept up inside the write that changes what they rest on (domain.md section 4). Only the leads concerned are
 * scored again; a rebuild gives the same. A closed lead is scored once more when it closes and keeps that, with its
 * ledger; so does the score of a stopped model, marked stale.
 *
 * Example: a check-in of a contact with two open leads scores these two again, in the transaction that records it.
 */
import type { ConsentLevel } from '../../shared/model/picklists.ts';
import { notScoredBecause, permittedFacts, type ScoringFacts } from '../../shared/rules/scoring/facts.ts';
import { type Score, scoreAt } from '../../shared/rules/scoring/score.ts';
import { countIn, revisionCounter } from '../records/counters.ts';
import { dropScore, putScore, type ScoreRow, scoresOf } from '../records/score.ts';
import type { Write } from '../records/write.ts';
import type { ReadableStore } from '../store.ts';
import { gatherFacts, type LeadParents } from './score-facts.ts';
import type { Model, ScorePlan } from './score-models.ts';

export type LeadFacts = LeadParents & {
  readonly status: 'open' | 'qualified' | 'disqualified';
  readonly deletedAtMs: number | null;
  readonly score: number | null;
  readonly grade: string | null;
  readonly scoredAtMs: number | null;
  readonly consentLevel: ConsentLevel | null;
  readonly child: number | null;
};

export function leadFacts(store: ReadableStore, leadId: number): LeadFacts | null {
  const row = store
    .sql(
      `SELECT lead.id AS id, lead.status AS status, lead.deletedAtMs AS deletedAtMs, lead.score AS score,
         lead.grade AS grade, lead.scoredAtMs AS scoredAtMs, contact.id AS contactId, account.id AS accountId,
         contact.accountId AS contactAccountId, contact.consentLevel AS consentLevel, contact.child AS child
       FROM lead
       LEFT JOIN contact ON contact.id = lead.contactId AND contact.deletedAtMs IS NULL
       LEFT JOIN account ON account.id = lead.accountId AND account.deletedAtMs IS NULL
       WHERE lead.id = ?`,
    )
    .get(leadId) as LeadFacts | undefined;
  return row ?? null;
}

/** What happened to a lead's score that rules may fire on. */
export type ScoreEvent = {
  readonly leadId: number;
  /** It had none before. */
  readonly first: boolean;
  /** Reached the sales-ready threshold of a live model, coming from below or from no score. */
  readonly crossed: boolean;
  /** There was a score in that model before. */
  readonly fromBelow: boolean;
};

const fits = (model: Model, lead: LeadFacts): boolean =>
  model.target === 'contactLead' ? lead.contactId !== null : lead.contactId === null && lead.accountId !== null;

/** The score of a lead in a model, as if it were open; null where it has none. */
export function scoreIn(model: Model, lead: LeadFacts, facts: () => ScoringFacts, atMs: number): Score | null {
  if (!fits(model, lead)) return null;
  const { minimumConsent } = model.prepared.definition;
  const because = notScoredBecause(
    {
      status: 'open',
      hasContact: lead.contactId !== null,
      hasAccount: lead.accountId !== null,
      consentLevel: lead.consentLevel,
      child: lead.child === 1,
    },
    minimumConsent,
  );
  if (because !== null) return null;
  const all = facts();
  return scoreAt(model.prepared, lead.contactId === null ? permittedFacts(all, minimumConsent) : all, atMs);
}

/** Scores one lead again. Null where nothing happened that a rule could fire on. */
export function rescoreLead(write: Write, plan: ScorePlan, leadId: number): (ScoreEvent & { changed: boolean }) | null {
  const { store, atMs } = write;
  const lead = leadFacts(store, leadId);
  if (!lead) return null;
  const before = scoresOf(store, leadId);
  if (before.length === 0 && lead.contactId === null && lead.accountId === null && lead.score === null) return null;
  if (lead.deletedAtMs !== null) {
    if (before.length > 0) store.sql('UPDATE score SET nextChangeAtMs = NULL WHERE leadId = ?').run(leadId);
    return null;
  }
  const isOpen = lead.status === 'open';
  if (!isOpen && before.length > 0 && before.every((row) => row.ledger !== null)) return null;

  let gathered: ScoringFacts | null = null;
  const facts = (): ScoringFacts => (gathered ??= gatherFacts(store, plan, lead));
  const after = nextRows(plan, lead, before, facts, atMs);
  for (const row of before) {
    if (!after.some((each) => each.modelId === row.modelId)) dropScore(store, leadId, row.modelId);
  }
  for (const row of after) {
    if (before.find((each) => each.modelId === row.modelId) !== row) putScore(store, row);
  }
  const changed = putBest(write, lead, after);
  const reached = isOpen ? after.flatMap((row) => reachedNow(plan, row, before)) : [];
  return {
    leadId,
    changed,
    first: isOpen && lead.scoredAtMs === null && after.length > 0,
    crossed: reached.length > 0,
    fromBelow: reached.includes('fromBelow'),
  };
}

/** The rows that the lead should have; a row that stays as it is is the very same object. */
function nextRows(
  plan: ScorePlan,
  lead: LeadFacts,
  before: readonly ScoreRow[],
  facts: () => ScoringFacts,
  atMs: number,
): ScoreRow[] {
  const isOpen = lead.status === 'open';
  const rows: ScoreRow[] = [];
  const add = (model: Model, stale: boolean): void => {
    const scored = scoreIn(model, lead, facts, atMs);
    if (scored === null) return;
    const { score, grade, nextChangeAtMs } = scored;
    const kept = stale || !isOpen;
    rows.push({
      leadId: lead.id,
      modelId: model.id,
      score,
      grade,
      atMs,
      nextChangeAtMs: kept ? null : nextChangeAtMs,
      stale,
      ledger: kept ? scored.ledger : null,
    });
  };
  for (const model of plan.live) add(model, false);
  for (const row of before) {
    const model = plan.models.get(row.modelId);
    if (model?.state !== 'stopped') continue;
    // the last score of a stopped model stays as it was
    if (row.stale) rows.push(row);
    else add(model, true);
  }
  return rows;
}

function reachedNow(plan: ScorePlan, row: ScoreRow, before: readonly ScoreRow[]): ('fromBelow' | 'fromNone')[] {
  const threshold = plan.models.get(row.modelId)?.prepared.definition.salesReadyThreshold ?? null;
  if (row.stale || threshold === null || row.score < threshold) return [];
  const last = before.find((each) => each.modelId === row.modelId && !each.stale);
  if (last === undefined) return ['fromNone'];
  return last.score < threshold ? ['fromBelow'] : [];
}

/** Lead lists show the best score of a live model, else the best of those kept from stopped ones. */
function putBest(write: Write, lead: LeadFacts, rows: readonly ScoreRow[]): boolean {
  const fresh = rows.filter((row) => !row.stale);
  const [best = null] = (fresh.length > 0 ? fresh : rows).toSorted((a, b) => b.score - a.score);
  const score = best?.score ?? null;
  const grade = best?.grade ?? null;
  const scoredAtMs = best === null ? null : (lead.scoredAtMs ?? write.atMs);
  if (score === lead.score && grade === lead.grade && scoredAtMs === lead.scoredAtMs) return false;
  // not by setDerived: neither label, search nor counters hang on these three, and imports score many
  write.store
    .sql('UPDATE lead SET score = ?, grade = ?, scoredAtMs = ? WHERE id = ?')
    .run(score, grade, scoredAtMs, lead.id);
  countIn(write, [revisionCounter('lead')], 1);
  // windows hear of it although no logged field changed
  if (!write.touched.has('lead')) write.touched.set('lead', new Map());
  write.rederived.set('lead', (write.rederived.get('lead') ?? new Set()).add(lead.id));
  return true;
}
