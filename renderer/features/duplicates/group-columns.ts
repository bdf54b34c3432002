/**
 * Which records of a group stand side by side: all of them where they fit, else the one that survives and beside it the
 * others, page by page.
 *
 * Example: `columnsOf(['a', 'b', 'c', 'd'], 'c', 3, 1)` is `{ shown: ['c', 'd'], page: 1, pages: 2, from: 3 }`.
 */

/** What a column needs to be read. */
export const columnPx = { name: 96, record: 130, after: 164 } as const;

/** A text of so many letters may be more than a cell shows. */
export const longText = 80;

/** Keys to choose them by. */
const mostColumns = 9;

/** How many columns of records can be read in so many pixels. */
export const columnsIn = (widthPx: number): number =>
  Math.max(2, Math.min(mostColumns, Math.floor((widthPx - columnPx.name - columnPx.after) / columnPx.record)));

export type Columns = {
  readonly shown: readonly string[];
  /** From 0; of one page there is nothing to turn. */
  readonly page: number;
  readonly pages: number;
  /** Which of the others the first one beside the survivor is, from 1. */
  readonly from: number;
};

export function columnsOf(ids: readonly string[], survivor: string, fit: number, wanted: number): Columns {
  if (ids.length <= fit) return { shown: ids, page: 0, pages: 1, from: 1 };
  const others = ids.filter((id) => id !== survivor);
  const aPage = fit - 1;
  const pages = Math.ceil(others.length / aPage);
  const page = Math.max(0, Math.min(wanted, pages - 1));
  const shown = [survivor, ...others.slice(page * aPage, (page + 1) * aPage)];
  return { shown, page, pages, from: page * aPage + 1 };
}

/** The page that a record is on. */
export const pageOf = (ids: readonly string[], survivor: string, fit: number, id: string): number =>
  Math.max(0, Math.floor(ids.filter((each) => each !== survivor).indexOf(id) / (fit - 1)));
