/**
 * The rows of a list around what is visible, however long the list is: pages are asked for by offset as they come into
 * sight, and the list before stays on the screen until the first page of a new search or order is there.
 */
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { type RefObject, useMemo, useRef } from 'react';
import { useDebouncedValue } from '@mantine/hooks';
import type { ListInput } from '../../shared/contract/records.ts';
import type { EntityName, EntityRecord } from '../../shared/model/entities.ts';
import type { CallFailure } from '../app/failure.ts';
import { listOptions } from '../app/list-calls.ts';

const pageSize = 50;
/** Rows beyond those in sight that are asked for with them. */
const ahead = 120;
/** A dragged scrollbar passes pages faster than anybody reads them. */
const settleMs = 50;

const pagesOf = (first: number, last: number): number[] => {
  const from = Math.floor(first / pageSize);
  return Array.from({ length: Math.floor(last / pageSize) - from + 1 }, (_, index) => from + index);
};

/** `seen,seen;beside,beside`: pages in sight, and those around them. */
const pagesIn = (asked: string): { page: number; isInSight: boolean }[] =>
  asked
    .split(';')
    .flatMap((pages, part) =>
      pages === '' ? [] : pages.split(',').map((page) => ({ page: Number(page), isInSight: part === 0 })),
    );

/** What a list is asked, whatever part of it is in sight. */
export type ListQuestion = Omit<ListInput, 'limit' | 'offset' | 'after'>;

const pageOptions = <E extends EntityName>(entity: E, input: ListQuestion, page: number) => ({
  ...listOptions(entity, { ...input, limit: pageSize, offset: page * pageSize }),
  gcTime: 60_000,
});

export type Motion = {
  readonly onMove: (first: number, last: number) => void;
  /** Whether rows pass faster than they are asked for: while a scrollbar is dragged. */
  readonly isFast: RefObject<boolean>;
};

/** Asks for the rows that a jump brings into sight before their places are drawn, which takes as long as the answer. */
export function useMotion<E extends EntityName>(entity: E, input: ListQuestion): Motion {
  const client = useQueryClient();
  const movedAt = useRef(0);
  const isFast = useRef(false);
  return {
    isFast,
    onMove: (first, last) => {
      isFast.current = performance.now() - movedAt.current < settleMs;
      movedAt.current = performance.now();
      if (isFast.current) return;
      for (const page of pagesOf(first, last)) void client.prefetchQuery(pageOptions(entity, input, page));
    },
  };
}

export type RecordWindow<E extends EntityName> = {
  readonly total: number | null;
  readonly rowAt: (index: number) => EntityRecord<E> | undefined;
  readonly failure: CallFailure | null;
  readonly retry: () => void;
  /** Shows the answer to the question before, while the new one is under way. */
  readonly isStale: boolean;
};

type Shown<E extends EntityName> = { signature: string; total: number; pages: Map<number, readonly EntityRecord<E>[]> };

export function useRecordWindow<E extends EntityName>(
  entity: E,
  input: ListQuestion,
  first: number,
  last: number,
  isFast: Motion['isFast'],
): RecordWindow<E> {
  const signature = JSON.stringify([entity, input]);
  const shown = useRef<Shown<E> | null>(null);
  // a little more than is in sight, within the list: a page is there before the wheel comes to it
  const end = shown.current?.signature === signature ? Math.max(last, shown.current.total - 1) : last;
  const inSight = pagesOf(first, last);
  const around = pagesOf(Math.max(0, first - ahead), Math.min(end, last + ahead));
  const now = [inSight, around.filter((page) => !inSight.includes(page))].map((pages) => pages.join(',')).join(';');
  const [settled] = useDebouncedValue(now, settleMs);
  // the wheel comes to pages that are asked for already, and asks for the next at once: no timer comes between its turns
  const latest = useRef('');
  const isNear = pagesIn(latest.current).some(({ page }) => inSight.includes(page));
  const asked = isNear || !isFast.current ? now : settled;
  latest.current = asked;
  const numbers = useMemo(() => pagesIn(asked), [asked]);

  const client = useQueryClient();
  const options = (page: number) => pageOptions(entity, input, page);
  // what is in sight comes first: the pages around it would only hold it up
  const isThere = numbers.every(
    ({ page, isInSight }) => !isInSight || client.getQueryState(options(page).queryKey)?.data !== undefined,
  );
  const results = useQueries({
    queries: numbers.map(({ page, isInSight }) => ({ ...options(page), enabled: isInSight || isThere })),
  });

  const pages = new Map<number, readonly EntityRecord<E>[]>();
  let total: number | null = null;
  let newest = -1;
  numbers.forEach(({ page }, index) => {
    const result = results[index];
    if (result?.data === undefined) return;
    pages.set(page, result.data.rows);
    if (result.dataUpdatedAt >= newest) {
      newest = result.dataUpdatedAt;
      total = result.data.total;
    }
  });
  if (total !== null) {
    const before = shown.current?.signature === signature ? shown.current.pages : [];
    // keep a few pages that were seen, so that going back a little shows no gaps
    const kept = new Map([...before].slice(-24));
    for (const [page, rows] of pages) {
      kept.delete(page);
      kept.set(page, rows);
    }
    shown.current = { signature, total, pages: kept };
  }
  const current = shown.current;
  const failed = results.find(({ error, data }) => error !== null && data === undefined);
  return {
    total: current?.total ?? null,
    rowAt: (index) => current?.pages.get(Math.floor(index / pageSize))?.[index % pageSize],
    failure: failed?.error ?? null,
    retry: () => results.forEach((result) => void result.refetch()),
    isStale: current !== null && current.signature !== signature,
  };
}
