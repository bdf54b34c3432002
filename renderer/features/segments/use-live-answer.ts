/**
 * The answer to the question on the screen while it is being edited: nodes that cannot be counted yet are left out,
 * the question waits for a pause in typing, the answer before stays until the new one is there, and an answer to a
 * question that has been left behind is dropped.
 */
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useRef } from 'react';
import type { OutputOf } from '../../../shared/contract/index.ts';
import type { Query } from '../../../shared/rules/segment/schema.ts';
import type { SegmentLookup } from '../../../shared/rules/segment/definition.ts';
import { errorsOf, type SegmentIssue, validate } from '../../../shared/rules/segment/validate.ts';
import { useCall } from '../../app/use-call.ts';
import { type EditorGroup, type EditorNode, pathsByKey, toQuery } from './tree.ts';

export const pauseMs = 150;

/** Used segments are checked by the program, which knows them; here any may be named. */
const anySegment: SegmentLookup = (id) => ({
  id,
  name: '',
  kind: 'static',
  query: null,
  operations: [],
  timeZone: null,
});

export type Checked = {
  /** Without the nodes that have errors. */
  readonly query: Query;
  readonly paths: ReadonlyMap<string, string>;
  readonly issueByKey: ReadonlyMap<string, SegmentIssue>;
  readonly errors: number;
};

export function check(root: EditorGroup, timeZone: string | null, segmentId: string | null): Checked {
  const paths = pathsByKey(root);
  const issues = validate(toQuery(root, timeZone), {
    segment: anySegment,
    ...(segmentId === null ? {} : { segmentId }),
  });
  const byPath = new Map<string, SegmentIssue>();
  for (const issue of issues) if (!byPath.has(issue.path)) byPath.set(issue.path, issue);
  const issueByKey = new Map<string, SegmentIssue>();
  for (const [key, path] of paths) {
    const issue = byPath.get(path);
    if (issue !== undefined) issueByKey.set(key, issue);
  }
  const isReady = (node: EditorNode) => issueByKey.get(node.key)?.severity !== 'error';
  return { query: toQuery(root, timeZone, { isReady }), paths, issueByKey, errors: errorsOf(issues).length };
}

type Answer = OutputOf<'segments.count'>;

export function useLiveAnswer(root: EditorGroup, timeZone: string | null, segmentId: string | null) {
  const now = useMemo(() => check(root, timeZone, segmentId), [root, timeZone, segmentId]);
  const [settled] = useDebouncedValue(now, pauseMs);
  const counted = useCall('segments.count', { query: settled.query }, { keep: true });
  const shown = useRef<{ answer: Answer; paths: ReadonlyMap<string, string> } | null>(null);
  if (counted.data !== undefined && !counted.isPlaceholderData)
    shown.current = { answer: counted.data, paths: settled.paths };
  const { current } = shown;
  return {
    now,
    query: settled.query,
    paths: settled.paths,
    answer: current?.answer ?? null,
    countOf: (key: string): number | undefined => {
      const path = current?.paths.get(key);
      return path === undefined ? undefined : current?.answer.byPath[path];
    },
    isCounting: settled !== now || counted.isFetching,
    failure: counted.error,
    retry: () => void counted.refetch(),
  };
}
