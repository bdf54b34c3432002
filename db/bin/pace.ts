/**
 * How many records a batch takes: what hangs on one is not known before, and the writer is to be free again soon. Grows
 * while batches are quick and shrinks when one was not.
 */
const quickMs = 80;
const slowMs = 200;
const most = 500;

export type Pace = { readonly size: () => number; readonly run: <T>(work: () => T) => T };

export function paceOf(start: number): Pace {
  let size = start;
  return {
    size: () => size,
    run(work) {
      const from = performance.now();
      try {
        return work();
      } finally {
        const tookMs = performance.now() - from;
        if (tookMs > slowMs) size = Math.max(1, size >> 1);
        else if (tookMs < quickMs) size = Math.min(most, size * 2);
      }
    },
  };
}
