/**
 * Rows of one all-of group that no record can satisfy together, found by looking at the rows alone: two different
 * values for a field that has one, a value and no data, true and false. Not a prover: what it does not see is simply
 * counted, and the count is 0.
 *
 * Example: `role is employee` beside `role is champion` in an all-of group.
 */
import type { EntityName } from '../../model/entities.ts';
import { equalityKey } from './keys.ts';
import { operatorFor, positiveOf } from './operators.ts';
import type { Registry, SegmentField } from './registry.ts';
import type { GroupNode, Operator } from './schema.ts';
import { activeNodes, type Path } from './tree.ts';

type Seen = { wanted: Set<string> | null; wantsData: boolean; wantsBlank: boolean };

export function findContradictions(
  group: GroupNode,
  path: Path,
  entity: EntityName,
  registry: Registry,
): { path: Path; message: string }[] {
  if (group.match === 'any') return [];
  const found: { path: Path; message: string }[] = [];
  const seenByField = new Map<string, Seen>();
  for (const { node, path: nodePath } of activeNodes(group, path)) {
    const field = node.kind === 'row' ? registry.field(entity, node.field) : null;
    const operator = field && node.kind === 'row' ? operatorFor(field, node.operator) : null;
    if (!field || !operator || node.kind !== 'row') continue;
    const seen = seenByField.get(field.name) ?? { wanted: null, wantsData: false, wantsBlank: false };
    seenByField.set(field.name, seen);
    const values = valuesWanted(field, operator, node.values.map(String));
    if (values) seen.wanted = seen.wanted ? both(seen.wanted, values) : values;
    if (operator === 'hasNoData') seen.wantsBlank = true;
    else if (positiveOf(operator) === null) seen.wantsData = true;
    if (seen.wantsBlank && seen.wantsData) {
      found.push({
        path: nodePath,
        message: `${field.label ?? field.name} cannot have data and have none. This group finds nothing.`,
      });
      seenByField.delete(field.name);
    } else if (seen.wanted?.size === 0) {
      found.push({
        path: nodePath,
        message: `${field.label ?? field.name} cannot have both values. This group finds nothing.`,
      });
      seenByField.delete(field.name);
    }
  }
  return found;
}

const both = (a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> =>
  new Set([...a].filter((each) => b.has(each)));

/** The values that a row leaves possible for a field with one value; null where it does not say. */
function valuesWanted(field: SegmentField, operator: Operator, values: readonly string[]): Set<string> | null {
  if (operator === 'isTrue' || operator === 'isFalse') return new Set([operator]);
  if (field.type === 'manyText' || field.type === 'multiChoice' || field.type === 'instant') return null;
  // a phone has two keys (national, international), so that two different ones may both hold
  if (field.compare === 'phone') return null;
  if (operator !== 'is' && operator !== 'equals' && operator !== 'on') return null;
  // (a row without a value is an issue of its own)
  return values.length === 0 ? null : new Set(values.map((value) => equalityKey(field.compare, value) ?? ''));
}
