/** The filters of a list: rows of the segment language on the record's own fields, as a condition on its table. */
import { type CallError, callError } from '../../shared/contract/call.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { RowNode } from '../../shared/rules/segment/schema.ts';
import { errorsOf, validateRow } from '../../shared/rules/segment/validate.ts';
import { registryOf } from '../records/model.ts';
import type { ReadableStore } from '../store.ts';
import { segmentLookup } from './segment/definitions.ts';
import type { Condition } from './selection.ts';
import { compileFilters } from './segment/compile.ts';

const minuteMs = 60_000;

/** Errors: `queryInvalid` with one issue per refused row. `timeZone`: where relative dates such as "today" are read. */
export function filterConditions(
  store: ReadableStore,
  entity: EntityName,
  rows: readonly RowNode[],
  nowMs: number,
  timeZone: string,
): Result<readonly Condition[], CallError> {
  const segment = segmentLookup(store);
  const registry = registryOf(store);
  const issues = rows.flatMap((row, index) =>
    errorsOf(validateRow(row, entity, { segment, registry })).map((issue) => ({
      path: `filters.${index}`,
      message: issue.message,
    })),
  );
  if (issues.length > 0) {
    return err({
      ...callError('queryInvalid', `The filter cannot be used: ${issues.map((each) => each.message).join(' ')}`),
      issues,
    });
  }
  if (rows.every((row) => row.disabled)) return ok([]);
  // to the minute, so that the same question a moment later finds what was remembered
  const atMs = Math.floor(nowMs / minuteMs) * minuteMs;
  return ok([compileFilters(entity, rows, { nowMs: atMs, timeZone, segment, registry })]);
}
