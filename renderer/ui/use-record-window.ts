/**
 * The rows of a list around what is visible, however long the list is: pages are asked for by offset as they come into
 * sight, and the list before stays on the screen until the first page of a new search or order is there.
 */
import { useQueries } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { useDebouncedValue } from '@mantine/hooks';
import type { ListInput } from '../../shared/contract/records.ts';
import type { EntityName, EntityRecord } from '../../shared/model/entities.ts';
import type { CallFailure } from '../app/failure.ts';
import { listOptions } from '../app/list-calls.ts';

export const pageSize = 100;
/** Rows beyond those in sight that are asked for with them. */
const ahead = 60;
/** A dragged scrollbar passes pages faster than anybody reads them. */
const settleMs = 50;

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
  input: Omit<ListInput, 'limit' | 'offset' | 'after'>,
  first: number,
  last: number,
): RecordWindow<E> {
  const signature = JSON.stringify([entity, input]);
  const shown = useRef<Shown<E> | null>(null);
  // a little more than is in sight, within the list: a page is there before the wheel comes to it
  const end = shown.current?.signature === signature ? Math.max(last, shown.current.total - 1) : last;
  const low = Math.floor(Math.max(0, first - ahead) / pageSize);
  const high = Math.floor(Math.min(end, last + ahead) / pageSize);
  const [range] = useDebouncedValue(`${low}-${high}`, settleMs, { leading: true });
  const [from = 0, to = 0] = range.split('-').map(Number);
  const numbers = useMemo(() => Array.from({ length: to - from + 1 }, (_, index) => from + index), [from, to]);

  const results = useQueries({
    queries: numbers.map((page) => ({
      ...listOptions(entity, { ...input, limit: pageSize, offset: page * pageSize }),
      gcTime: 60_000,
    })),
  });

  const pages = new Map<number, readonly EntityRecord<E>[]>();
  let total: number | null = null;
  let newest = -1;
  numbers.forEach((page, index) => {
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
    const kept = new Map([...before].slice(-12));
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
