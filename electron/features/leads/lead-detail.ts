/** A lead with everything that its screen shows at once. */
import { callError, type CallResult } from '../../../shared/contract/call.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { err, ok } from '../../../shared/result.ts';
import { type NotScored, notScoredBecause } from '../../../shared/rules/scoring/facts.ts';
import { timeInStage } from '../../../shared/rules/process/time-in-stage.ts';
import { gatherFacts } from '../../../db/derived/score-facts.ts';
import { planOf, type ScorePlan } from '../../../db/derived/score-models.ts';
import { type LeadFacts, leadFacts, scoreIn } from '../../../db/derived/scores.ts';
import { standingId } from '../../../db/merge/redirects.ts';
import { defaultProcess } from '../../../db/records/lead-start.ts';
import { decodeWire, readStored, readWire, rowIdOf, uuidOf, wireSelect } from '../../../db/records/read.ts';
import { scoresOf } from '../../../db/records/score.ts';
import type { ReadableStore } from '../../../db/store.ts';
import { uidToUuid } from '../../../db/uuid.ts';

type Detail = OutputOf<'leads.detail'>;

/** Errors: `notFound`. */
export function leadDetail(store: ReadableStore, id: string, nowMs: number): CallResult<Detail> {
  const uuid = standingId(store, 'lead', id);
  const rowId = rowIdOf(store, 'lead', uuid);
  const lead = rowId === null ? null : readWire(store, 'lead', uuid);
  if (rowId === null || !lead) return err(callError('notFound', 'There is no such lead here.', { field: 'id' }));
  const process = processFor(store, lead.processId);
  if (!process) return err(callError('notFound', 'This workspace has no process.', { field: 'processId' }));
  const moves = (
    store
      .sql(
        `SELECT ${wireSelect(store, 'stageMove')} FROM stage_move WHERE leadId = ? AND deletedAtMs IS NULL
         ORDER BY movedAtMs, id`,
      )
      .all(rowId) as unknown[]
  ).map((row) => decodeWire(store, 'stageMove', row));
  const facts = leadFacts(store, rowId);
  const plan = planOf(store);
  return ok({
    lead,
    contact: lead.contactId === null ? null : readWire(store, 'contact', lead.contactId),
    account: lead.accountId === null ? null : readWire(store, 'account', lead.accountId),
    process,
    timeInStageMs: timeInStage(
      lead.createdAtMs,
      lead.stage,
      lead.status === 'open',
      moves.map(({ fromStage, toStage, movedAtMs }) => ({ fromStage, toStage, atMs: movedAtMs })),
      nowMs,
    ),
    moves,
    scores: facts ? scoresWithLedger(store, plan, facts) : [],
    notScoredBecause: facts ? whyNotScored(plan, facts) : 'unlinked',
    siblings: siblingsOf(store, rowId),
  });
}

const processFor = (store: ReadableStore, id: string | null): Detail['process'] | null => {
  if (id !== null) return readWire(store, 'process', id);
  const process = defaultProcess(store, {});
  return process ? readWire(store, 'process', uuidOf(store, 'process', process.id)) : null;
};

/** The ledger of a live score is worked out for the moment the score was; that of a kept one rests beside it. */
function scoresWithLedger(store: ReadableStore, plan: ScorePlan, lead: LeadFacts): Detail['scores'] {
  const facts = gatherFacts(store, plan, lead);
  return scoresOf(store, lead.id).flatMap((row) => {
    const model = plan.models.get(row.modelId);
    const stored = model ? null : readStored(store, 'scoringModel', row.modelId);
    const definition = model?.prepared.definition ?? stored?.values.definition;
    const ledger = row.ledger ?? (model ? (scoreIn(model, lead, () => facts, row.atMs)?.ledger ?? []) : []);
    return [
      {
        modelId: model?.prepared.modelId ?? uuidOf(store, 'scoringModel', row.modelId),
        modelName: model?.name ?? stored?.values.name ?? '',
        score: row.score,
        grade: row.grade,
        salesReadyThreshold: definition?.salesReadyThreshold ?? null,
        stale: row.stale,
        ledger: [...ledger],
        nextChangeAtMs: row.nextChangeAtMs,
      },
    ];
  });
}

/** Null where a live model scores it; the obstacle that the most generous fitting model names otherwise. */
function whyNotScored(plan: ScorePlan, lead: LeadFacts): NotScored | null {
  if (lead.score !== null) return null;
  const subject = {
    status: lead.status,
    hasContact: lead.contactId !== null,
    hasAccount: lead.accountId !== null,
    consentLevel: lead.consentLevel,
    child: lead.child === 1,
  };
  const target = subject.hasContact ? 'contactLead' : 'accountLead';
  const isUnlinked = !subject.hasContact && !subject.hasAccount;
  const reasons = plan.live
    .filter((model) => isUnlinked || model.target === target)
    .map((model) => notScoredBecause(subject, model.prepared.definition.minimumConsent));
  if (isUnlinked) return lead.status === 'open' ? 'unlinked' : 'closed';
  if (reasons.length === 0) return 'noModel';
  return reasons.includes(null) ? null : (reasons[0] ?? null);
}

/** Other open leads of the same contact, the newest first. */
function siblingsOf(store: ReadableStore, leadId: number): Detail['siblings'] {
  const rows = store
    .sql(
      `SELECT other.uid AS uid, other.label AS label, other.stage AS stage, other.score AS score
       FROM lead JOIN lead AS other ON other.contactId = lead.contactId AND other.id <> lead.id
       WHERE lead.id = ? AND other.status = 'open' AND other.deletedAtMs IS NULL
       ORDER BY other.createdAtMs DESC, other.id DESC LIMIT 50`,
    )
    .all(leadId) as { uid: Buffer; label: string; stage: string | null; score: number | null }[];
  return rows.map(({ uid, ...row }) => ({ id: uidToUuid(uid), ...row }));
}
