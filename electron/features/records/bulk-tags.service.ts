/**
 * Tags put on and taken off many records as one operation (shared/rules/tags.ts). A tag that a record has already, in
 * whatever spelling, stays as it is.
 */
import type { CallError } from '../../../shared/contract/call.ts';
import type { BulkResult } from '../../../shared/contract/records.ts';
import type { Result } from '../../../shared/result.ts';
import { changedTags, tagKey } from '../../../shared/rules/tags.ts';
import { readStored } from '../../../db/records/read.ts';
import type { Tagged } from '../../../db/records/tag-rows.ts';
import { updateRecord } from '../../../db/records/write.ts';
import type { WriteContext } from '../handler.ts';
import { type Asked, carryOut, type Refusal, rowsOf } from './bulk-operation.ts';

type TagChange = { readonly add: readonly string[]; readonly remove: readonly string[] };

/** Errors: `notFound`, `queryInvalid`, `badInput`; then nothing is changed. */
export async function tagMany(
  context: WriteContext,
  entity: Tagged,
  asked: Asked & TagChange,
): Promise<Result<BulkResult, CallError>> {
  const rows = rowsOf(context, entity, asked.of);
  if (!rows.ok) return rows;
  const taken = new Set(asked.remove.map(tagKey));
  const add = asked.add.filter((tag) => !taken.has(tagKey(tag)));
  return carryOut(context, entity, asked.jobId, rows.value, (w, ids) => {
    const refused: Refusal[] = [];
    let changed = 0;
    for (const row of ids) {
      const had = readStored(w.store, entity, row)?.values.tags ?? [];
      const tags = changedTags(had, add, asked.remove);
      const keys = new Set(tags.map(tagKey));
      if (add.some((tag) => !keys.has(tagKey(tag)))) refused.push({ row, code: 'tooManyTags', field: 'tags' });
      else if (updateRecord(w, entity, row, { tags })) changed += 1;
    }
    return { changed, refused };
  });
}
