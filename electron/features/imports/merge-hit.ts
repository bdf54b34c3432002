/**
 * What a row does to the record that it hits (domain.md section 2): as the strategy says, or the import, or what was
 * said of the single column. A column whose field is kept as it is does not take part, as if the file had none.
 *
 * Example: `{"Email": "email", "Notes": {"field": "description", "onHit": "append"}}` fills what is empty and puts the
 * notes below those that are there.
 */
import type { ConsentLevel } from '../../../shared/model/picklists.ts';
import { listOfField, recordFieldsOf, stronger } from '../../../shared/rules/formats/column-rules.ts';
import { draftOf, type DraftValues } from '../../../shared/rules/formats/draft.ts';
import type { MappedRow } from '../../../shared/rules/formats/row.ts';
import type { FieldHitAction, HitAction } from '../../../shared/rules/matching/definition.ts';
import { mergeValues } from '../../../shared/rules/matching/merge.ts';
import { effectiveLevel } from '../../../shared/rules/permission.ts';
import type { StoredPatch } from '../../../db/records/entity-storage.ts';
import { readStored } from '../../../db/records/read.ts';
import { isCircular } from '../../../db/records/wire.ts';
import { createRecord, updateRecord, type Write } from '../../../db/records/write.ts';
import type { MatchTarget } from '../../../db/query/match-candidates.ts';
import { type ImportRow, mappedOf } from './reading/rows.ts';
import { resolveReferences } from './references.ts';
import type { RowJob } from './row-records.ts';
import type { RunContext } from './run-context.ts';

type Values = Readonly<Record<string, unknown>>;
type Target = MatchTarget | 'account';

/** What was said of single columns, as the merge needs it; null where nothing was. */
export type RunHits = {
  readonly byColumn: readonly (readonly [column: string, action: FieldHitAction])[];
  readonly byRecordField: Readonly<Partial<Record<string, FieldHitAction>>>;
};

export function runHitsOf({ kind, hits }: RunContext): RunHits | null {
  const byColumn = Object.entries(hits).flatMap(([column, action]) =>
    action === undefined ? [] : [[column, action] as const],
  );
  if (byColumn.length === 0) return null;
  const byRecordField: Record<string, FieldHitAction> = {};
  for (const [column, action] of byColumn) {
    if (action === 'keep') continue;
    for (const field of recordFieldsOf(kind, column as Parameters<typeof recordFieldsOf>[1])) {
      byRecordField[field] = stronger(byRecordField[field], action);
    }
  }
  return { byColumn, byRecordField };
}

/** Columns that leave this record as it is: those that keep, and of a list that holds something those that fill. */
function keptColumns({ byColumn }: RunHits, existing: Values): readonly string[] {
  const isFilled = (column: string): boolean => {
    const list = listOfField(column);
    return list !== null && Array.isArray(existing[list]) && existing[list].length > 0;
  };
  return byColumn.flatMap(([column, action]) =>
    action === 'keep' || (action === 'fillEmpty' && isFilled(column)) ? [column] : [],
  );
}

/** The values of the row without the columns that leave the record as it is. */
function withoutKept(job: RowJob, hits: RunHits, entity: Target, existing: Values, row: ImportRow): DraftValues {
  const kept = new Set(keptColumns(hits, existing));
  const mapped = mappedOf(row);
  if (!Object.keys(mapped).some((column) => kept.has(column))) return row.values;
  const rest = Object.fromEntries(Object.entries(mapped).filter(([column]) => !kept.has(column))) as MappedRow;
  const { values, references } = draftOf(rest, job.context.draft);
  if (row.values.answers !== undefined) values.answers = row.values.answers;
  resolveReferences(job.write.store, job.rows.references, entity, { ...row, values, references });
  return values;
}

/**
 * Merges the row into the record that it hit; a closed lead is left as it is. `valuesOf`: the row's values with what the
 * import adds to them. False where nothing changed.
 */
export function mergeRow(
  job: RowJob,
  entity: Target,
  id: number,
  row: ImportRow,
  onHit: HitAction,
  valuesOf: (values: DraftValues) => DraftValues,
): boolean {
  const { write } = job;
  const record = readStored(write.store, entity, id);
  if (record === null) throw new Error(`a match with a missing ${entity}`);
  const existing = record.values as Values;
  if (entity === 'lead' && existing.status !== 'open') return false;
  const { hits } = job.rows;
  const taken = hits === null ? row.values : withoutKept(job, hits, entity, existing, row);
  const patch = mergeValues(existing, valuesOf(taken), onHit, hits?.byRecordField);
  dropRings(write, entity, id, patch);
  if (entity === 'contact') protectChild(existing, patch);
  if (Object.keys(patch).length === 0) return false;
  if (Array.isArray(patch.flaggedValues)) {
    job.rows.flagged += patch.flaggedValues.length - (existing.flaggedValues as readonly unknown[]).length;
  }
  if (entity === 'contact' && patch.consentLevel !== undefined) {
    noteConsent(write, id, existing.consentLevel as ConsentLevel, patch.consentLevel as ConsentLevel);
  }
  return updateRecord(write, entity, id, patch as StoredPatch<typeof entity>);
}

/** A record that the file puts above itself keeps the parent it has. */
function dropRings(write: Write, entity: Target, id: number, patch: Record<string, unknown>): void {
  for (const [table, field] of [
    ['contact', 'guardianId'],
    ['account', 'parentAccountId'],
  ] as const) {
    const parent = table === entity ? patch[field] : null;
    if (typeof parent === 'number' && isCircular(write.store, table, field, id, parent)) delete patch[field];
  }
}

/** A child is never profiled (domain.md section 1), whichever of the two the file changes. */
export function protectChild(existing: Values, patch: Record<string, unknown>): void {
  const { consentLevel, child } = { ...existing, ...patch } as { consentLevel: ConsentLevel; child: boolean };
  const level = effectiveLevel({ consentLevel, child });
  if (level !== consentLevel) patch.consentLevel = level;
}

/** The audit row of a level that a file brought; the write says which file. */
export const noteConsent = (write: Write, contactId: number, before: ConsentLevel, after: ConsentLevel): void =>
  void createRecord(write, 'consentChange', {
    contactId,
    before,
    after,
    changedAtMs: write.atMs,
    userId: write.store.userRow,
    source: 'import',
  });
