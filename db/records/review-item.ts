/** The review queue: items that wait for a person, with their values as they came (domain.md section 2). */
import type { ReviewItem } from '../../shared/contract/imports.ts';
import type { ReadableStore, WritableStore } from '../store.ts';
import { newUid, uidToUuid, uuidToUid } from '../uuid.ts';

export type NewReviewItem = Omit<ReviewItem, 'id' | 'importId' | 'createdAtMs'> & {
  readonly importRunRow: number | null;
  /** What a retry needs beside the values. */
  readonly context: unknown;
  readonly captureKey: string | null;
};

/** Answers the item's id. */
export function addReviewItem(store: WritableStore, item: NewReviewItem, atMs: number): string {
  const uid = newUid();
  store
    .sql(
      `INSERT INTO review_item (uid, source, sourceName, importRunId, line, reason, message, kind, fieldValues, candidates,
         context, captureKey, createdAtMs) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      uid,
      item.source,
      item.sourceName,
      item.importRunRow,
      item.line,
      item.reason,
      item.message,
      item.kind,
      JSON.stringify(item.values),
      JSON.stringify(item.candidates),
      JSON.stringify(item.context),
      item.captureKey,
      atMs,
    );
  return uidToUuid(uid);
}

type Row = {
  uid: Buffer;
  source: ReviewItem['source'];
  sourceName: string;
  runUid: Buffer | null;
  importRunId: number | null;
  line: number | null;
  reason: ReviewItem['reason'];
  message: string;
  kind: ReviewItem['kind'];
  fieldValues: string;
  candidates: string;
  context: string;
  captureKey: string | null;
  createdAtMs: number;
  resolvedAtMs: number | null;
};

export type StoredReviewItem = {
  readonly item: ReviewItem;
  readonly importRunRow: number | null;
  readonly context: unknown;
  readonly captureKey: string | null;
  readonly resolved: boolean;
};

const select = `SELECT review_item.*, import_run.uid AS runUid
  FROM review_item LEFT JOIN import_run ON import_run.id = review_item.importRunId`;

const toItem = (row: Row): StoredReviewItem => ({
  item: {
    id: uidToUuid(row.uid),
    source: row.source,
    sourceName: row.sourceName,
    importId: row.runUid ? uidToUuid(row.runUid) : null,
    line: row.line,
    reason: row.reason,
    message: row.message,
    kind: row.kind,
    values: JSON.parse(row.fieldValues) as ReviewItem['values'],
    candidates: JSON.parse(row.candidates) as ReviewItem['candidates'],
    createdAtMs: row.createdAtMs,
  },
  importRunRow: row.importRunId,
  context: JSON.parse(row.context) as unknown,
  captureKey: row.captureKey,
  resolved: row.resolvedAtMs !== null,
});

export function findReviewItem(store: ReadableStore, id: string): StoredReviewItem | null {
  const row = store.sql(`${select} WHERE review_item.uid = ?`).get(uuidToUid(id)) as Row | undefined;
  return row ? toItem(row) : null;
}

export function reviewItemOfCapture(store: ReadableStore, captureKey: string): StoredReviewItem | null {
  const row = store.sql(`${select} WHERE review_item.captureKey = ?`).get(captureKey) as Row | undefined;
  return row ? toItem(row) : null;
}

/** Open items, oldest first. */
export function listReviewItems(store: ReadableStore, limit: number, importRunRow: number | null): ReviewItem[] {
  const rows =
    importRunRow === null
      ? store.sql(`${select} WHERE review_item.resolvedAtMs IS NULL ORDER BY review_item.id LIMIT ?`).all(limit)
      : store
          .sql(
            `${select} WHERE review_item.importRunId = ? AND review_item.resolvedAtMs IS NULL ORDER BY review_item.id LIMIT ?`,
          )
          .all(importRunRow, limit);
  return (rows as Row[]).map((row) => toItem(row).item);
}

export function countReviewItems(store: ReadableStore, importRunRow: number | null = null): number {
  const row =
    importRunRow === null
      ? store.sql('SELECT count(*) AS count FROM review_item WHERE resolvedAtMs IS NULL').get()
      : store
          .sql('SELECT count(*) AS count FROM review_item WHERE importRunId = ? AND resolvedAtMs IS NULL')
          .get(importRunRow);
  return (row as { count: number }).count;
}

const alikeTo = `FROM review_item AS own JOIN review_item AS other
    ON other.importRunId IS own.importRunId AND other.source = own.source AND other.sourceName = own.sourceName
   AND other.reason = own.reason AND other.kind = own.kind AND other.id <> own.id AND other.resolvedAtMs IS NULL
  WHERE own.uid = ?`;

/** Open items that wait for the same reason, from the same file or form, the oldest first. */
export const alikeReviewItems = (store: ReadableStore, id: string): string[] =>
  (store.sql(`SELECT other.uid ${alikeTo} ORDER BY other.id`).pluck().all(uuidToUid(id)) as Buffer[]).map(uidToUuid);

export const countAlike = (store: ReadableStore, id: string): number =>
  store.sql(`SELECT count(*) ${alikeTo}`).pluck().get(uuidToUid(id)) as number;

export function resolveReviewItem(store: WritableStore, id: string, outcome: string, atMs: number): void {
  store
    .sql('UPDATE review_item SET resolvedAtMs = ?, outcome = ? WHERE uid = ? AND resolvedAtMs IS NULL')
    .run(atMs, outcome, uuidToUid(id));
}

/** It waits again, as it came. */
export function reopenReviewItem(store: WritableStore, id: string): void {
  store.sql('UPDATE review_item SET resolvedAtMs = NULL, outcome = NULL WHERE uid = ?').run(uuidToUid(id));
}

/** Keeps what a person changed, for the next look at the item. */
export function updateReviewItem(
  store: WritableStore,
  id: string,
  change: Pick<ReviewItem, 'values' | 'reason' | 'message' | 'candidates'>,
): void {
  store
    .sql('UPDATE review_item SET fieldValues = ?, reason = ?, message = ?, candidates = ? WHERE uid = ?')
    .run(
      JSON.stringify(change.values),
      change.reason,
      change.message,
      JSON.stringify(change.candidates),
      uuidToUid(id),
    );
}

/** Items of an import that was undone have nothing to wait for. */
export function closeReviewItemsOf(store: WritableStore, importRunRow: number, atMs: number): void {
  store
    .sql("UPDATE review_item SET resolvedAtMs = ?, outcome = 'undone' WHERE importRunId = ? AND resolvedAtMs IS NULL")
    .run(atMs, importRunRow);
}
