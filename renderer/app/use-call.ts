/**
 * Reading and writing from a screen.
 *
 * `useCall('contacts.get', { id })` reads and stays true: every committed change makes it ask again, keeping what it
 * shows meanwhile. `useAction('contacts.update')` writes: `await save.run(input)` gives the `Result`, and a failure
 * that the screen does not handle itself becomes a toast with a sentence.
 */
import {
  keepPreviousData,
  type Query,
  type QueryClient,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback } from 'react';
import type { CallResult, ErrorCode } from '../../shared/contract/call.ts';
import type { CallName, InputOf, OutputOf } from '../../shared/contract/index.ts';
import { showError, showUndo } from '../ui/toast.tsx';
import { bridge } from './client.ts';
import { CallFailure } from './failure.ts';

type ReadOptions = {
  /** Do not ask yet. */
  readonly enabled?: boolean;
  /** While another input loads, go on showing the answer to the one before (search as you type, filters). */
  readonly keep?: boolean;
  readonly staleTimeMs?: number;
};

/** For `useQueries`, prefetching, and reading outside a component. */
export function callOptions<N extends CallName>(name: N, input: InputOf<N>, options: ReadOptions = {}) {
  return queryOptions<OutputOf<N>, CallFailure>({
    queryKey: [name, input],
    queryFn: async () => {
      const result = await bridge.call(name, input);
      if (!result.ok) throw new CallFailure(result.error);
      return result.value;
    },
    enabled: options.enabled ?? true,
    ...(options.staleTimeMs === undefined ? {} : { staleTime: options.staleTimeMs }),
  });
}

export function useCall<N extends CallName>(name: N, input: InputOf<N>, options: ReadOptions = {}) {
  return useQuery<OutputOf<N>, CallFailure>({
    ...callOptions(name, input, options),
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });
}

type ActionOptions = {
  /** Codes that the screen shows in its own way; `true` for all. */
  readonly quiet?: true | readonly ErrorCode[];
  /** Shown with an Undo button when the answer carries a `writeId`. */
  readonly saved?: string;
};

export type Action<N extends CallName> = {
  /** Never throws. */
  readonly run: (input: InputOf<N>) => Promise<CallResult<OutputOf<N>>>;
  readonly pending: boolean;
};

export function useAction<N extends CallName>(name: N, options: ActionOptions = {}): Action<N> {
  const client = useQueryClient();
  const undo = useUndoToast();
  const { quiet, saved } = options;
  const mutation = useMutation({
    mutationFn: (input: InputOf<N>) => bridge.call(name, input),
    onSuccess: (result) => {
      if (result.ok) {
        refreshReads(client);
        if (saved !== undefined) undo(saved, writeIdOf(result.value));
      } else if (quiet !== true && !quiet?.includes(result.error.code)) {
        showError(result.error);
      }
    },
  });
  const { mutateAsync } = mutation;
  const run = useCallback((input: InputOf<N>) => mutateAsync(input), [mutateAsync]);
  return { run, pending: mutation.isPending };
}

function writeIdOf(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || !('writeId' in value)) return null;
  return typeof value.writeId === 'number' ? value.writeId : null;
}

/** `toast(message, writeId)`: says what was done, with a button that puts it back. */
export function useUndoToast(): (message: string, writeId: number | null) => void {
  const client = useQueryClient();
  return useCallback(
    (message, writeId) =>
      showUndo(message, writeId, async (id) => {
        const result = await bridge.call('history.undo', { writeId: id });
        if (result.ok) refreshReads(client);
        return result;
      }),
    [client],
  );
}

/** Reads that were running when something changed: their answers may be from before it. */
const behind = new WeakSet<Query>();

/** Everything on the screen asks again, what is off the screen when it comes back; running reads are left to finish. */
export function refreshReads(client: QueryClient): void {
  for (const query of client.getQueryCache().findAll({ fetchStatus: 'fetching' })) behind.add(query);
  void client.invalidateQueries({}, { cancelRefetch: false });
}

/** Reads that were left to finish ask once more when they have. The answer ends it. */
export function catchUp(client: QueryClient): () => void {
  return client.getQueryCache().subscribe(({ query }) => {
    if (query.state.fetchStatus !== 'idle' || !behind.delete(query)) return;
    void client.invalidateQueries({ predicate: (each) => each === query }, { cancelRefetch: false });
  });
}
