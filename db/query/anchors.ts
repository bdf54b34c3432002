/**
 * Where every 256th record of an order stands, so that a page at any depth is a short walk (a scrollbar's drag). Made by
 * hopping along the index once, kept in memory, thrown away when records change.
 *
 * Example: position 500,000 of a million contacts by name: the anchor at 499,968, then 32 steps.
 */
import type { ReadableStore } from '../store.ts';
import type { Order } from './orders.ts';
import { remembered, revisionOf } from './remembered.ts';
import { keyOf, type Position, type Selection, type Step, walkRange } from './selection.ts';

const spacing = 256;
/** Making anchors may cost this much at every change; above it, a few seconds' old ones serve for small changes. */
const cheapMs = 12;
const patienceMs = 3000;

type Range = { readonly count: number; readonly anchors: readonly Position[] };
type Anchors = { readonly keyed: Range; readonly blank: Range; readonly madeAtMs: number; readonly tookMs: number };

/** `anchors[i]` is the row at ascending position `(i + 1) * 256 - 1`. */
function hop(store: ReadableStore, selection: Selection, order: Order, blank: boolean): Range {
  const anchors: Position[] = [];
  let last: Position | null = null;
  for (;;) {
    const found: Step | undefined = walkRange(store, selection, order, blank, last, 1, spacing - 1, 'asc')[0];
    if (!found) break;
    last = found;
    anchors.push(found);
  }
  const rest = walkRange(store, selection, order, blank, last, spacing, 0, 'asc').length;
  return { count: anchors.length * spacing + rest, anchors };
}

function anchorsOf(store: ReadableStore, selection: Selection, order: Order): Anchors {
  return remembered<Anchors>(
    store,
    `anchors ${keyOf(selection, { ...order, direction: 'asc' })}`,
    revisionOf(store, selection.entity),
    () => {
      const begin = performance.now();
      const keyed = hop(store, selection, order, false);
      const blank = order.nullable ? hop(store, selection, order, true) : { count: 0, anchors: [] };
      const end = performance.now();
      return { keyed, blank, madeAtMs: end, tookMs: end - begin };
    },
    (value) => 8 * (value.keyed.anchors.length + value.blank.anchors.length),
    (age, { tookMs, madeAtMs }) =>
      age === 0 || (tookMs > cheapMs && age < spacing && performance.now() - madeAtMs < patienceMs),
  );
}

/** `limit` steps from position `offset` of the order on, wherever that is. */
export function stepsAt(
  store: ReadableStore,
  selection: Selection,
  order: Order,
  offset: number,
  limit: number,
): Step[] {
  const { keyed, blank } = anchorsOf(store, selection, order);
  const steps: Step[] = [];
  if (offset < keyed.count) steps.push(...rangeAt(store, selection, order, false, keyed, offset, limit));
  if (blank.count > 0 && steps.length < limit) {
    const from = Math.max(0, offset - keyed.count);
    steps.push(...rangeAt(store, selection, order, true, blank, from, limit - steps.length));
  }
  return steps;
}

function rangeAt(
  store: ReadableStore,
  selection: Selection,
  order: Order,
  isBlank: boolean,
  range: Range,
  offset: number,
  limit: number,
): Step[] {
  if (offset >= range.count) return [];
  if (order.direction === 'asc') {
    const index = Math.floor(offset / spacing);
    const anchor = index === 0 ? null : (range.anchors[index - 1] ?? null);
    return walkRange(store, selection, order, isBlank, anchor, limit, offset - index * spacing);
  }
  // from the end: ascending position p counts from the other side
  const position = range.count - 1 - offset;
  const index = Math.floor((position + 1) / spacing);
  // the row after the wanted one that is an anchor, if any: walk down from it, exclusive
  const anchor = range.anchors[index] ?? null;
  const anchorPosition = anchor ? (index + 1) * spacing - 1 : range.count;
  return walkRange(store, selection, order, isBlank, anchor, limit, anchorPosition - position - 1);
}
