/** Scores at rest: one row a lead and model. */
import type { LedgerEntry } from '../../shared/rules/scoring/definition.ts';
import type { ReadableStore, WritableStore } from '../store.ts';

export type ScoreRow = {
  readonly leadId: number;
  readonly modelId: number;
  readonly score: number;
  readonly grade: string | null;
  readonly atMs: number;
  readonly nextChangeAtMs: number | null;
  readonly stale: boolean;
  /** Only of a score that is kept as it was. */
  readonly ledger: readonly LedgerEntry[] | null;
};

type Raw = Omit<ScoreRow, 'stale' | 'ledger'> & { stale: number; ledger: string | null };

export function scoresOf(store: ReadableStore, leadId: number): ScoreRow[] {
  const rows = store.sql('SELECT * FROM score WHERE leadId = ? ORDER BY modelId').all(leadId) as Raw[];
  return rows.map((row) => ({
    ...row,
    stale: row.stale === 1,
    ledger: row.ledger === null ? null : (JSON.parse(row.ledger) as LedgerEntry[]),
  }));
}

export function putScore(store: WritableStore, row: ScoreRow): void {
  store
    .sql(
      `INSERT INTO score (leadId, modelId, score, grade, atMs, nextChangeAtMs, stale, ledger)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (leadId, modelId) DO UPDATE SET score = excluded.score, grade = excluded.grade, atMs = excluded.atMs,
         nextChangeAtMs = excluded.nextChangeAtMs, stale = excluded.stale, ledger = excluded.ledger`,
    )
    .run(
      row.leadId,
      row.modelId,
      row.score,
      row.grade,
      row.atMs,
      row.nextChangeAtMs,
      row.stale ? 1 : 0,
      row.ledger === null ? null : JSON.stringify(row.ledger),
    );
}

export const dropScore = (store: WritableStore, leadId: number, modelId: number): void => {
  store.sql('DELETE FROM score WHERE leadId = ? AND modelId = ?').run(leadId, modelId);
};
