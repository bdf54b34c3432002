/**
 * The call in hand. A lead is taken when the screen opens or the one before is done, and given back when the screen is
 * left; taking again while one is held gives the same one.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { QueueItem } from '../../../shared/contract/leads.ts';
import { bridge } from '../../app/client.ts';
import { useAction } from '../../app/use-call.ts';

export type InHand = { readonly state: 'loading' | 'none' } | { readonly state: 'call'; readonly item: QueueItem };

export function useQueue() {
  const next = useAction('queue.next');
  const [inHand, setInHand] = useState<InHand>({ state: 'loading' });
  const held = useRef<string | null>(null);
  const { run } = next;

  const take = useCallback(
    async (skipLeadId?: string) => {
      const result = await run(skipLeadId === undefined ? {} : { skipLeadId });
      const item = result.ok ? result.value.item : null;
      held.current = item?.leadId ?? null;
      setInHand(item === null ? { state: 'none' } : { state: 'call', item });
    },
    [run],
  );

  useEffect(() => {
    let isGone = false;
    const first = async () => {
      await take();
      // the screen was left before the answer came
      if (isGone && held.current !== null) void bridge.call('queue.release', { leadId: held.current });
    };
    void first();
    return () => {
      isGone = true;
      if (held.current !== null) void bridge.call('queue.release', { leadId: held.current });
    };
  }, [take]);

  /** The lead is dealt with: there is nothing to give back. */
  const done = useCallback(() => {
    held.current = null;
  }, []);

  return { inHand, take, done, pending: next.pending };
}
