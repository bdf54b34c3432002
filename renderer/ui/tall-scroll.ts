/**
 * Browsers draw no element taller than some 16 to 33 million pixels. A taller list gets a shorter scrollbar track, and
 * its position is stretched to the real one: the thumb stays truthful at any number of rows.
 */
import { elementScroll, observeElementOffset, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useRef } from 'react';

const maxTrackPx = 12_000_000;
/** Rows are placed from the first of this many: a drawn position of millions of pixels would be rounded. */
const rowsPerBase = 4096;

/** `onMove`: told of the rows that come into sight at once, before any are drawn. */
export function useTallList(
  scroller: RefObject<HTMLDivElement | null>,
  count: number,
  rowPx: number,
  headPx: number,
  onMove: (first: number, last: number) => void,
) {
  const fullPx = count * rowPx;
  const trackPx = Math.min(fullPx, maxTrackPx);
  // the virtualizer keeps the observer of its first render: it must see the heights of the latest
  const latest = useRef({ fullPx, trackPx, count, onMove });
  latest.current = { fullPx, trackPx, count, onMove };
  // asked for while one scrolls, the height would lay out the page once more each time
  const heightPx = useRef(0);
  useEffect(() => {
    if (scroller.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => (heightPx.current = entry?.contentRect.height ?? 0));
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [scroller]);
  const viewPx = () => Math.max(0, (heightPx.current || (scroller.current?.clientHeight ?? 0)) - headPx);
  const stretch = () => {
    const { fullPx: full, trackPx: track } = latest.current;
    return full <= track ? 1 : (full - viewPx()) / (track - viewPx());
  };

  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 4,
    // a frame may draw the rows of the frame before: waiting for the new ones inside every scroll event makes long tasks
    useFlushSync: false,
    observeElementOffset: (instance, tell) =>
      observeElementOffset(instance, (offset, isScrolling) => {
        const top = offset * stretch();
        const last = Math.min(latest.current.count - 1, Math.floor((top + viewPx()) / rowPx));
        latest.current.onMove(Math.floor(top / rowPx), last);
        tell(top, isScrolling);
      }),
    scrollToFn: (offset, options, instance) => elementScroll(offset / stretch(), options, instance),
  });

  const offset = virtualizer.scrollOffset ?? 0;
  return {
    trackPx,
    rowPx,
    baseOf: (index: number) => Math.floor(index / rowsPerBase) * rowsPerBase,
    items: virtualizer.getVirtualItems(),
    /** The first and the last row of which anything is in sight. */
    inSight: virtualizer.range,
    /** Where a row is drawn inside the track. */
    topOf: (index: number) => index * rowPx - offset + offset / stretch(),
    /** Scrolls no further than it takes to see the row. */
    reveal: (index: number) => {
      const element = scroller.current;
      if (element === null) return;
      const top = element.scrollTop * stretch();
      const start = index * rowPx;
      const end = start + rowPx - viewPx();
      if (start < top) element.scrollTop = start / stretch();
      else if (end > top) element.scrollTop = end / stretch();
    },
    rowsPerView: () => Math.max(1, Math.floor(viewPx() / rowPx)),
  };
}

export type TallList = ReturnType<typeof useTallList>;
