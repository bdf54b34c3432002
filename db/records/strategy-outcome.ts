/**
 * What matching strategies found for items that were captured one by one (domain.md section 2: outcomes are countable).
 * One row for each strategy, form and day is raised in the capture's own write, so that nothing is read or counted for it.
 *
 * Example: a capture under a form with both default strategies, of somebody unknown, raises `none` of both.
 */
import { format } from 'date-fns/format';
import type { LookupResult } from '../../shared/rules/matching/decide.ts';
import type { ReadableStore } from '../store.ts';
import { uidToUuid } from '../uuid.ts';
import type { Write } from './write.ts';

const noForm = Buffer.alloc(0);

/** `formUid`: null for the rule over unlinked leads. A strategy that is no record (a fallback) is not counted. */
export function countOutcome(
  write: Write,
  strategyUid: Buffer | null,
  formUid: Buffer | null,
  found: LookupResult,
  times = 1,
): void {
  if (strategyUid === null) return;
  const day = format(write.atMs, 'yyyy-MM-dd');
  write.store
    .sql(
      `INSERT INTO strategy_outcome (strategyUid, day, formUid, ${found}) VALUES (?, ?, ?, ?)
       ON CONFLICT (strategyUid, day, formUid) DO UPDATE SET ${found} = ${found} + excluded.${found}`,
    )
    .run(strategyUid, day, formUid ?? noForm, times);
}

const shown = 20;

export type StrategyOutcome = Readonly<Record<LookupResult, number>> & {
  readonly formId: string | null;
  readonly label: string | null;
  readonly day: string;
};

/** The newest first. */
export function outcomesOf(store: ReadableStore, strategyUid: Buffer): StrategyOutcome[] {
  const rows = store
    .sql(
      `SELECT formUid, capture_form.label, day, one, several, none, blankKey FROM strategy_outcome
       LEFT JOIN capture_form ON capture_form.uid = formUid
       WHERE strategyUid = ? ORDER BY day DESC, capture_form.labelKey LIMIT ${shown}`,
    )
    .all(strategyUid) as (Omit<StrategyOutcome, 'formId'> & { formUid: Buffer })[];
  return rows.map(({ formUid, ...row }) => ({ ...row, formId: formUid.length === 0 ? null : uidToUuid(formUid) }));
}
