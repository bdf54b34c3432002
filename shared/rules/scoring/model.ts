/**
 * A scoring model made ready: which fields its conditions read, and which records satisfy each condition. Conditions
 * are groups of the segment language over one entity's own fields; a row whose condition names what is not there (a
 * deleted field) matches nothing and is reported.
 */
import type { SegmentRecord, Predicate, SegmentData } from '../segment/evaluate.ts';
import { groupPredicate } from '../segment/evaluate.ts';
import { isRelative, operatorFor } from '../segment/operators.ts';
import { type Registry, registry as builtIn } from '../segment/registry.ts';
import type { GroupNode, RowNode, SegmentNode } from '../segment/schema.ts';
import type { ScoringCondition, ScoringDefinition, ScoringEntity, ScoringRow } from './definition.ts';
import { type ScoringFacts, timeOf } from './facts.ts';

/** A record that satisfies a condition. */
export type Occurrence = { readonly id: string; readonly atMs: number; readonly evidence: string };

export type MatchedCondition = {
  readonly condition: ScoringCondition;
  /** By time, each event key once. */
  readonly occurrences: readonly Occurrence[];
};
export type MatchedRow = {
  readonly row: ScoringRow;
  readonly conditions: readonly MatchedCondition[];
  /** When the lead came to be: since then at the earliest has there been none of something. */
  readonly leadSinceMs: number;
};

export type PreparedModel = {
  readonly modelId: string;
  readonly definition: ScoringDefinition;
  /** Rows that name a field or operator that is not there. */
  readonly brokenRows: readonly string[];
  /** How often "today" and its kin change what a condition means; null where no condition is relative to now. */
  readonly relativeTo: 'day' | 'hour' | null;
  match(facts: ScoringFacts, nowMs: number): readonly MatchedRow[];
};

const noRelated: SegmentData = {
  related: () => [],
  record: () => null,
  segment: () => null,
  isStaticMember: () => false,
};

const frameAt = (nowMs: number, registry: Registry) => ({ data: noRelated, nowMs, zone: 'UTC', registry });

/** The rows of a condition, however deep; null where it holds something else than rows and groups. */
function rowsOf(group: GroupNode): readonly RowNode[] | null {
  const rows: RowNode[] = [];
  const visit = (node: SegmentNode): boolean => {
    if (node.disabled) return true;
    if (node.kind === 'row') rows.push(node);
    else if (node.kind !== 'group') return false;
    else return node.nodes.every(visit);
    return true;
  };
  return visit(group) ? rows : null;
}

function predicateOf(condition: ScoringCondition, nowMs: number, registry: Registry): Predicate | null {
  if (condition.where === null) return () => true;
  const rows = rowsOf(condition.where);
  if (rows === null) return null;
  for (const row of rows) {
    const field = registry.field(condition.entity, row.field);
    if (field === null || operatorFor(field, row.operator) === null || row.operator === 'inSegment') return null;
  }
  return groupPredicate(condition.where, condition.entity, frameAt(nowMs, registry));
}

function relativeTo(definition: ScoringDefinition): 'day' | 'hour' | null {
  const operators = definition.rows
    .flatMap((row) => row.conditions)
    .flatMap((condition) => (condition.where ? (rowsOf(condition.where) ?? []) : []))
    .map((row) => row.operator)
    .filter(isRelative);
  if (operators.length === 0) return null;
  return operators.some((operator) => operator.endsWith('Hours')) ? 'hour' : 'day';
}

/** `registry`: with the custom fields of the workspace. */
export function prepareModel(
  modelId: string,
  definition: ScoringDefinition,
  registry: Registry = builtIn,
): PreparedModel {
  const relative = relativeTo(definition);
  const make = (nowMs: number) =>
    definition.rows.map((row) => ({
      row,
      predicates: row.conditions.map((condition) => predicateOf(condition, nowMs, registry)),
    }));
  const fixed = make(0);
  return {
    modelId,
    definition,
    brokenRows: fixed.filter((each) => each.predicates.includes(null)).map((each) => each.row.id),
    relativeTo: relative,
    match: (facts, nowMs) =>
      (relative === null ? fixed : make(nowMs)).flatMap(({ row, predicates }) => {
        if (predicates.includes(null)) return [];
        const conditions = row.conditions.map((condition, index) => ({
          condition,
          occurrences: occurrencesOf(condition, facts[condition.entity], predicates[index] as Predicate, registry),
        }));
        return [{ row, conditions, leadSinceMs: Number(facts.lead[0]?.['createdAtMs'] ?? 0) }];
      }),
  };
}

/** The same event key is the same occurrence, wherever it was recorded: the earliest counts. */
function occurrencesOf(
  condition: ScoringCondition,
  records: readonly SegmentRecord[],
  holds: Predicate,
  registry: Registry,
): readonly Occurrence[] {
  const seen = new Set<unknown>();
  const found = records
    .filter(holds)
    .map((record) => ({ record, atMs: timeOf(condition.entity, record) }))
    .sort((a, b) => a.atMs - b.atMs || (a.record.id < b.record.id ? -1 : 1));
  return found.flatMap(({ record, atMs }) => {
    const key = condition.entity === 'interaction' ? (record['eventKey'] ?? record.id) : record.id;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ id: record.id, atMs, evidence: evidenceOf(condition, record, registry) }];
  });
}

function evidenceOf(condition: ScoringCondition, record: SegmentRecord, registry: Registry): string {
  switch (condition.entity) {
    case 'interaction':
      return String(record['kind']);
    case 'call':
      return String(record['outcome']);
    case 'registration':
      return String(record['status']);
    case 'checkIn':
      return 'checkIn';
    case 'lead':
    case 'contact':
    case 'account': {
      const rows = condition.where ? (rowsOf(condition.where) ?? []) : [];
      const words = rows.map((row) => {
        const name = registry.field(condition.entity, row.field)?.label ?? row.field;
        return `${name}: ${wordOf(record[row.field])}`;
      });
      return words.length > 0 ? words.join(', ') : condition.entity;
    }
  }
}

const wordOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.filter((each) => typeof each === 'string').join(', ') || '—'
    : typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '—';

/** The columns that the conditions of a model read, by entity (a field such as `city` reads the list of addresses). */
export function columnsRead(
  definition: ScoringDefinition,
  registry: Registry = builtIn,
): ReadonlyMap<ScoringEntity, ReadonlySet<string>> {
  const columns = new Map<ScoringEntity, Set<string>>();
  for (const condition of definition.rows.flatMap((row) => row.conditions)) {
    const own = columns.get(condition.entity) ?? new Set<string>();
    columns.set(condition.entity, own);
    for (const row of condition.where ? (rowsOf(condition.where) ?? []) : []) {
      const field = registry.field(condition.entity, row.field);
      if (field === null) continue;
      own.add(field.name);
      if (field.compare === 'email') own.add('emails');
      if (field.storage.kind === 'rows') own.add(field.storage.table === 'contact_email' ? 'emails' : 'phones');
      if (field.storage.kind === 'parts' || field.storage.kind === 'list') own.add(field.storage.column);
    }
  }
  return columns;
}
