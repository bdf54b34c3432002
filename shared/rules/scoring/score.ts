/**
 * The score of a lead in one model, every point explained (domain.md section 4). Rows are independent and add up. The
 * first condition of a row with the frequency `each` decides how often its points count; the others are gates that
 * must hold. An occurrence counts from the moment it happened until `lastDays` × 24 hours later.
 *
 * Decay goes in steps: after n whole half-lives the points are divided by 2ⁿ and rounded towards zero, so that every
 * entry of the ledger is a whole number and the ledger adds up exactly. An entry that has decayed to 0 is gone. Points
 * for the absence of something have no occurrence to age and do not decay.
 *
 * Fields of the lead, contact and account are taken as they are now, at whatever moment the score is asked for;
 * occurrences are replayed.
 *
 * Example: 15 points for each form within 180 days, two forms, and 20 points for a decision maker: 50, three entries.
 */
import type { Grade, LedgerEntry, ScoringRow } from './definition.ts';
import type { ScoringFacts } from './facts.ts';
import type { MatchedCondition, MatchedRow, Occurrence, PreparedModel } from './model.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

export type Score = {
  readonly score: number;
  readonly grade: string | null;
  readonly ledger: readonly LedgerEntry[];
  /** The next moment at which the score changes although nobody does anything; null for never. */
  readonly nextChangeAtMs: number | null;
};

/** The score at a moment: now, or any other, past or to come. */
export function scoreAt(model: PreparedModel, facts: ScoringFacts, atMs: number): Score {
  const rows = model.match(facts, atMs);
  const ledger = ledgerAt(model.modelId, rows, atMs);
  const score = sum(ledger);
  return {
    score,
    grade: gradeOf(model.definition.grades, score),
    ledger,
    nextChangeAtMs: nextChange(model, rows, score, atMs),
  };
}

export type ForecastStep = { readonly atMs: number; readonly score: number };

/** Every change of the score between two moments if nothing happens ("drops below 60 on 4 December"). */
export function forecast(
  model: PreparedModel,
  facts: ScoringFacts,
  fromMs: number,
  untilMs: number,
): readonly ForecastStep[] {
  const steps: ForecastStep[] = [];
  let last = scoreAt(model, facts, fromMs);
  while (last.nextChangeAtMs !== null && last.nextChangeAtMs <= untilMs) {
    const atMs = last.nextChangeAtMs;
    const next = scoreAt(model, facts, atMs);
    if (next.score !== last.score) steps.push({ atMs, score: next.score });
    last = next;
  }
  return steps;
}

/** Ranges include `from` and exclude `to`; empty outside every range. */
export function gradeOf(grades: readonly Grade[], score: number): string | null {
  const grade = grades.find(
    (each) => (each.from === null || score >= each.from) && (each.to === null || score < each.to),
  );
  return grade?.name ?? null;
}

const sum = (ledger: readonly LedgerEntry[]): number => ledger.reduce((total, entry) => total + entry.points, 0);

const windowMs = ({ condition }: MatchedCondition): number =>
  condition.lastDays === null ? Number.POSITIVE_INFINITY : condition.lastDays * dayMs;

/** Records that did not happen but are (lead, contact, account) count however new they are. */
const isStanding = ({ condition }: MatchedCondition): boolean =>
  condition.entity === 'lead' || condition.entity === 'contact' || condition.entity === 'account';

function liveAt(matched: MatchedCondition, atMs: number): readonly Occurrence[] {
  const span = windowMs(matched);
  return matched.occurrences.filter((each) => (each.atMs <= atMs || isStanding(matched)) && atMs < each.atMs + span);
}

type Gate = {
  readonly holds: boolean;
  /** Rests on something that happened or is, not on an absence. */
  readonly rests: boolean;
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly evidence: string;
};

/** A condition that must hold, without counting how often. */
function gateAt(matched: MatchedCondition, leadSinceMs: number, atMs: number): Gate {
  const live = liveAt(matched, atMs);
  const span = windowMs(matched);
  if (matched.condition.frequency === 'none') {
    const lapsed = matched.occurrences.findLast((each) => each.atMs + span <= atMs);
    return {
      holds: live.length === 0,
      rests: false,
      sinceMs: Math.max(leadSinceMs, lapsed === undefined ? 0 : lapsed.atMs + span),
      untilMs: Number.POSITIVE_INFINITY,
      evidence: `no ${matched.condition.entity}`,
    };
  }
  const latest = live.at(-1);
  if (latest === undefined) return { holds: false, rests: true, sinceMs: 0, untilMs: 0, evidence: '' };
  return { holds: true, rests: true, sinceMs: latest.atMs, untilMs: latest.atMs + span, evidence: latest.evidence };
}

function ledgerAt(modelId: string, rows: readonly MatchedRow[], atMs: number): LedgerEntry[] {
  return rows.flatMap(({ row, conditions, leadSinceMs }) => {
    const counting = conditions.find((each) => each.condition.frequency === 'each') ?? null;
    const gates = conditions.filter((each) => each !== counting).map((each) => gateAt(each, leadSinceMs, atMs));
    if (gates.some((gate) => !gate.holds)) return [];
    const gateUntilMs = Math.min(...gates.map((gate) => gate.untilMs));
    const entry = (occurrence: Occurrence, interactionId: string | null, untilMs: number): LedgerEntry[] => {
      const ages = interactionId !== null || gates.some((gate) => gate.rests);
      const points = ages ? decayed(row, occurrence.atMs, atMs) : row.points;
      if (points === 0) return [];
      const expiresAtMs = Number.isFinite(untilMs) ? untilMs : null;
      return [
        {
          modelId,
          rowId: row.id,
          rowName: row.name,
          points,
          interactionId,
          evidence: occurrence.evidence,
          atMs: occurrence.atMs,
          expiresAtMs,
        },
      ];
    };
    if (counting === null) {
      const evidence = gates.map((gate) => gate.evidence).join(', ');
      const resting = gates.filter((gate) => gate.rests);
      const sinceMs = Math.max(...(resting.length > 0 ? resting : gates).map((gate) => gate.sinceMs));
      return entry({ id: '', atMs: sinceMs, evidence }, null, gateUntilMs);
    }
    const span = windowMs(counting);
    return liveAt(counting, atMs).flatMap((each) => entry(each, each.id, Math.min(each.atMs + span, gateUntilMs)));
  });
}

function decayed(row: ScoringRow, earnedAtMs: number, atMs: number): number {
  if (row.halfLifeDays === null) return row.points;
  const halvings = Math.max(0, Math.floor((atMs - earnedAtMs) / (row.halfLifeDays * dayMs)));
  // `+ 0` so that a negative row decays to 0, not to -0
  return Math.trunc(row.points / 2 ** Math.min(halvings, 64)) + 0;
}

/** Moments after `atMs` at which anything of a row may change, ascending. */
function moments(rows: readonly MatchedRow[], atMs: number): readonly number[] {
  const found = new Set<number>();
  const add = (ms: number): void => {
    if (ms > atMs && Number.isFinite(ms)) found.add(ms);
  };
  for (const { row, conditions } of rows) {
    for (const matched of conditions) {
      const span = windowMs(matched);
      for (const occurrence of matched.occurrences) {
        add(occurrence.atMs);
        add(occurrence.atMs + span);
        if (row.halfLifeDays === null) continue;
        const step = row.halfLifeDays * dayMs;
        for (let halving = 1; halving <= halvingsOf(row.points); halving += 1) add(occurrence.atMs + halving * step);
      }
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** So many moments are looked at; a later one is settled when it comes. */
const furthestMoment = 32;

function nextChange(model: PreparedModel, rows: readonly MatchedRow[], score: number, atMs: number): number | null {
  const unit = model.relativeTo === 'hour' ? hourMs : dayMs;
  const turn = model.relativeTo === null ? Number.POSITIVE_INFINITY : (Math.floor(atMs / unit) + 1) * unit;
  const candidates = moments(rows, atMs).filter((ms) => ms < turn);
  const looked = candidates.slice(0, furthestMoment);
  const change = looked.find((ms) => sum(ledgerAt(model.modelId, rows, ms)) !== score);
  if (change !== undefined) return change;
  // unseen moments remain: look again then
  const next = Math.min(candidates[furthestMoment] ?? turn, turn);
  return Number.isFinite(next) ? next : null;
}

/** After so many halvings nothing is left. */
const halvingsOf = (points: number): number => (points === 0 ? 0 : Math.floor(Math.log2(Math.abs(points))) + 1);
