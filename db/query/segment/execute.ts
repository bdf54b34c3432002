/** Runs compiled questions: how many, which ids, a page of members, counts along the tree. */
import type { GroupNode, Query, SegmentNode } from '../../../shared/rules/segment/schema.ts';
import { nodesBelow, type Path } from '../../../shared/rules/segment/tree.ts';
import type { SegmentDefinition } from '../../../shared/rules/segment/definition.ts';
import type { ReadableStore } from '../../store.ts';
import { uidToUuid } from '../../uuid.ts';
import { compileCondition, type CompileContext, compileMembership, compileWhere, isSelectiveNode } from './compile.ts';
import { type Fragment, joined, sql } from './fragment.ts';

/** Statements of questions are not kept: there are as many as people ask. */
const prepared = (store: ReadableStore, statement: Fragment) => store.connection.prepare(statement.sql);

const all = (nodes: readonly SegmentNode[]): GroupNode => ({ kind: 'group', match: 'all', nodes: [...nodes] });

/** The condition of a question or of a saved segment on `contact AS root`, deletion included. */
export const questionWhere = (query: Query, context: CompileContext): Fragment => compileWhere(query, 'root', context);

export const segmentWhere = (segment: SegmentDefinition, context: CompileContext): Fragment =>
  sql`root.deletedAtMs IS NULL AND ${compileMembership(segment, 'root', context)}`;

export function countWhere(store: ReadableStore, where: Fragment): number {
  const statement = sql`SELECT count(*) FROM contact AS root WHERE ${where}`;
  return prepared(store, statement)
    .pluck()
    .get(...statement.parameters) as number;
}

/** Ids of all members, as UUIDs, in no order. */
export function uuidsWhere(store: ReadableStore, where: Fragment): string[] {
  const statement = sql`SELECT root.uid FROM contact AS root WHERE ${where}`;
  const uids = prepared(store, statement)
    .pluck()
    .all(...statement.parameters) as Buffer[];
  return uids.map(uidToUuid);
}

export const rowIdsWhere = (store: ReadableStore, where: Fragment): number[] => {
  const statement = sql`SELECT root.id FROM contact AS root WHERE ${where}`;
  return prepared(store, statement)
    .pluck()
    .all(...statement.parameters) as number[];
};

export type Member = {
  readonly id: string;
  readonly label: string;
  readonly company: string | null;
  readonly email: string | null;
};

/** A page in order of name. */
export function membersWhere(store: ReadableStore, where: Fragment, limit: number, offset: number): Member[] {
  const statement = sql`SELECT root.uid, root.label, root.company, root.email FROM contact AS root
    WHERE ${where} ORDER BY root.labelKey, root.id LIMIT ${String(limit)} OFFSET ${String(offset)}`;
  const rows = prepared(store, statement).all(...statement.parameters) as (Omit<Member, 'id'> & { uid: Buffer })[];
  return rows.map(({ uid, ...row }) => ({ id: uidToUuid(uid), ...row }));
}

/** A block's node seen from the contact: at least one related record satisfies it. */
type Seen = { readonly path: Path; readonly node: SegmentNode };

function nodesFromRoot(query: Query): Seen[] {
  const seen: Seen[] = [];
  const visit = (node: SegmentNode, path: Path, wrap: (inner: SegmentNode) => SegmentNode) => {
    seen.push({ path, node: wrap(node) });
    const below = nodesBelow(node, path);
    if (node.kind === 'related' || node.kind === 'behaviour') {
      const quantifier = { kind: 'atLeast' as const, count: 1 };
      const inside = (inner: SegmentNode) => wrap({ ...node, quantifier, where: all([inner]) });
      for (const each of below) visit(each.node, each.path, inside);
    } else for (const each of below) visit(each.node, each.path, wrap);
  };
  for (const each of nodesBelow(query.where, '')) visit(each.node, each.path, (inner) => inner);
  return seen;
}

/** SQLite has at most 2,000 columns to a result. */
const mostSums = 500;

/**
 * How many contacts satisfy each node by itself; a node inside a block, how many have a related record that does.
 * Nodes that an index answers are counted one by one; all others together in one pass over the contacts.
 */
export function countNodes(store: ReadableStore, query: Query, context: CompileContext): Record<Path, number> {
  const counts: Record<Path, number> = {};
  const together: Seen[] = [];
  const alone = (node: SegmentNode): Query => ({ ...query, where: all([node]) });
  for (const seen of nodesFromRoot(query)) {
    if (isSelectiveNode(seen.node, context) || seen.node.kind === 'related' || seen.node.kind === 'behaviour') {
      counts[seen.path] = countWhere(store, questionWhere(alone(seen.node), context));
    } else together.push(seen);
  }
  for (let from = 0; from < together.length; from += mostSums) {
    const batch = together.slice(from, from + mostSums);
    const sums = batch
      .map((seen) => sql`total(${compileCondition(alone(seen.node), 'root', context, true)})`)
      .reduce((left, right) => sql`${left}, ${right}`);
    const statement = sql`SELECT ${sums} FROM contact AS root WHERE root.deletedAtMs IS NULL`;
    const values = prepared(store, statement)
      .raw()
      .get(...statement.parameters) as number[];
    batch.forEach((seen, index) => (counts[seen.path] = values[index] ?? 0));
  }
  return counts;
}

/** Leads that the question's blocks over leads find but behind which no contact stands: no segment reaches them. */
export function countLeadsWithoutContact(store: ReadableStore, query: Query, context: CompileContext): number {
  const wheres: GroupNode[] = [];
  const visit = (group: GroupNode) => {
    for (const { node } of nodesBelow(group, '')) {
      if (node.kind === 'group') visit(node);
      const asksForSome =
        node.kind === 'related' && node.quantifier.kind !== 'none' && node.quantifier.kind !== 'atMost';
      if (node.kind === 'related' && asksForSome && node.relation === 'leads') wheres.push(node.where);
    }
  };
  visit(query.where);
  if (wheres.length === 0) return 0;
  const found = joined(
    wheres.map((where) => compileCondition({ ...query, where }, 'lead', { ...context, root: 'lead' })),
    'OR',
  );
  const statement = sql`SELECT count(*) FROM lead WHERE lead.contactId IS NULL AND lead.deletedAtMs IS NULL AND ${found}`;
  return prepared(store, statement)
    .pluck()
    .get(...statement.parameters) as number;
}
