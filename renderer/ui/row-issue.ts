/** What is wrong with a row of the segment language while a person fills it in. */
import type { EntityName } from '../../shared/model/entities.ts';
import type { SegmentLookup } from '../../shared/rules/segment/definition.ts';
import type { RowNode } from '../../shared/rules/segment/schema.ts';
import { errorsOf, type SegmentIssue, validateRow } from '../../shared/rules/segment/validate.ts';
import { registryNow } from '../app/workspace-fields.ts';
import type { RowParts } from './row-change.ts';

/** Used segments are checked by the program, which knows them; here any may be named, but one must be. */
export const anySegment: SegmentLookup = (id) =>
  id === '' ? null : { id, name: '', kind: 'static', query: null, operations: [], timeZone: null };

export const toRow = ({ field, operator, values }: RowParts): RowNode => ({
  kind: 'row',
  field,
  operator,
  values: [...values],
});

/** Null: it can be asked. */
export const rowIssue = (row: RowParts, entity: EntityName): SegmentIssue | null =>
  errorsOf(validateRow(toRow(row), entity, { segment: anySegment, registry: registryNow() }))[0] ?? null;
