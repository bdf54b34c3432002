/**
 * A scoring model that goes live, changes or stops concerns every lead. Few are scored inside the write that does it;
 * more are left to a sweep (table `score_sweep`) that goes on in small writes and survives a crash.
 */
import { customFieldName } from '../../shared/model/custom-field.ts';
import { isReceiving, type Write } from '../records/write.ts';
import type { WritableStore } from '../store.ts';
import { uidToUuid } from '../uuid.ts';

/** So many leads are scored inside the write that changes a model. */
const atOnce = 2000;

export const linkedOpen = `deletedAtMs IS NULL AND status = 'open' AND (contactId IS NOT NULL OR accountId IS NOT NULL)`;

/** Models that went live, changed or stopped in this write: leads to score now; more of them are left to a sweep. */
export function sweepChangedModels(w: Write): readonly number[] {
  const { store } = w;
  const models = [...(w.touched.get('scoringModel')?.keys() ?? []), ...modelsNamingChangedFields(w)];
  if (models.length === 0) return [];
  const found = store
    .sql(`SELECT id FROM lead WHERE ${linkedOpen} ORDER BY id LIMIT ?`)
    .pluck()
    .all(atOnce + 1) as number[];
  if (found.length <= atOnce) return [...found, ...leadsOfGoneModels(store)];
  for (const modelId of new Set(models)) {
    store
      .sql(
        `INSERT INTO score_sweep (modelId, afterLeadId, quiet) VALUES (?, 0, ?)
         ON CONFLICT (modelId) DO UPDATE SET afterLeadId = 0, quiet = excluded.quiet`,
      )
      .run(modelId, isReceiving(w) ? 1 : 0);
  }
  return [];
}

/** A custom field that came, went or changed its kind changes what its models find. */
const modelsNamingChangedFields = ({ store, touched }: Write): readonly number[] =>
  [...(touched.get('customField')?.values() ?? [])].flatMap(
    ({ uid }) =>
      store
        .sql(`SELECT id FROM scoring_model WHERE state <> 'draft' AND instr(definition, ?) > 0`)
        .pluck()
        .all(`"${customFieldName(uidToUuid(uid))}"`) as number[],
  );

/** Open leads are found anyway; scores of a deleted model may also belong to closed ones, which keep them. */
const leadsOfGoneModels = (store: WritableStore): readonly number[] =>
  store
    .sql(
      `SELECT DISTINCT score.leadId FROM score JOIN scoring_model ON scoring_model.id = score.modelId
       WHERE scoring_model.deletedAtMs IS NOT NULL AND score.ledger IS NULL`,
    )
    .pluck()
    .all() as number[];
