/**
 * The answer to the question on the screen while it is being edited: nodes that cannot be counted yet are left out,
 * the question waits for a pause in typing, the answer before stays until the new one is there, and an answer to a
 * question that has been left behind is dropped.
 */
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useRef } from 'react';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { useCall } from '../../app/use-call.ts';
import { useRegistry } from '../../app/workspace-fields.ts';
import { check } from './check.ts';
import type { EditorGroup } from './tree.ts';

const pauseMs = 150;

type Answer = OutputOf<'segments.count'>;

export function useLiveAnswer(root: EditorGroup, timeZone: string | null, segmentId: string | null) {
  const registry = useRegistry();
  const now = useMemo(() => check(root, timeZone, segmentId, registry), [root, timeZone, segmentId, registry]);
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
