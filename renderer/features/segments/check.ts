/** What can be counted of a question as it stands, and what is wrong with the rest, node by node. */
import type { Registry } from '../../../shared/rules/segment/registry.ts';
import type { Query } from '../../../shared/rules/segment/schema.ts';
import { errorsOf, type SegmentIssue, validate } from '../../../shared/rules/segment/validate.ts';
import { registryNow } from '../../app/workspace-fields.ts';
import { anySegment } from '../../ui/row-issue.ts';
import { type EditorGroup, type EditorNode, isBlank, pathsByKey, toQuery } from './tree.ts';

export type Checked = {
  /** Without the nodes that have errors. */
  readonly query: Query;
  readonly paths: ReadonlyMap<string, string>;
  readonly issueByKey: ReadonlyMap<string, SegmentIssue>;
  readonly errors: number;
};

export function check(
  root: EditorGroup,
  timeZone: string | null,
  segmentId: string | null,
  registry: Registry = registryNow(),
): Checked {
  const paths = pathsByKey(root);
  const issues = validate(toQuery(root, timeZone), {
    segment: anySegment,
    registry,
    ...(segmentId === null ? {} : { segmentId }),
  });
  const byPath = new Map<string, SegmentIssue>();
  for (const issue of issues) if (!byPath.has(issue.path)) byPath.set(issue.path, issue);
  const issueByKey = new Map<string, SegmentIssue>();
  for (const [key, path] of paths) {
    const issue = byPath.get(path);
    if (issue !== undefined) issueByKey.set(key, issue);
  }
  // the rules never see such a node: a query that holds one is refused before it is looked at
  for (const key of blankKeys(root)) {
    const path = paths.get(key);
    if (path === undefined || byPath.get(path)?.severity === 'error') continue;
    const issue = { path, code: 'missingValue', message: 'Fill in what this asks for.', severity: 'error' } as const;
    issueByKey.set(key, issue);
    issues.push(issue);
  }
  const isReady = (node: EditorNode) => issueByKey.get(node.key)?.severity !== 'error';
  return { query: toQuery(root, timeZone, { isReady }), paths, issueByKey, errors: errorsOf(issues).length };
}

function blankKeys(node: EditorNode): string[] {
  if (node.disabled) return [];
  return [
    ...(isBlank(node) ? [node.key] : []),
    ...('children' in node ? node.children.flatMap((child) => blankKeys(child)) : []),
  ];
}
