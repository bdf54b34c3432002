/** Waiting items as a CSV file with the reason beside each row, to be put right elsewhere and imported again. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { type CallError, callError } from '../../../shared/contract/call.ts';
import { importFields } from '../../../shared/contract/import-fields.ts';
import { customFieldName } from '../../../shared/model/custom-field.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { findImportRun } from '../../../db/records/import-run.ts';
import { modelOf } from '../../../db/records/model.ts';
import { listReviewItems } from '../../../db/records/review-item.ts';
import type { ReadableStore } from '../../../db/store.ts';

const pageItems = 1_000_000;

/** A field that a spreadsheet could run as a formula gets an apostrophe, which an import takes off again. */
const neutral = (value: string): string =>
  /^[=+\-@\t\r]/.test(value) && !/^\+?[\d\s().\-/]+$/.test(value) ? `'${value}` : value;

/** Errors: `diskFull`, `notPermitted`. */
export function exportReviewItems(
  store: ReadableStore,
  folder: string,
  importId: string | undefined,
  nowMs: number,
): Result<{ file: string; rows: number }, CallError> {
  const run = importId === undefined ? null : findImportRun(store, importId);
  const items = importId !== undefined && run === null ? [] : listReviewItems(store, pageItems, run?.row ?? null);
  const own = modelOf(store).definitions.map(({ id, name }) => ({ field: customFieldName(id), name }));
  const used = [...importFields.map((field) => ({ field, name: field })), ...own].filter(({ field }) =>
    items.some((item) => item.values[field] !== undefined),
  );
  const table = [
    [...used.map(({ name }) => neutral(name)), 'Reason', 'File', 'Line'],
    ...items.map((item) => [
      ...used.map(({ field }) => neutral(item.values[field] ?? '')),
      item.message,
      item.sourceName,
      item.line === null ? '' : String(item.line),
    ]),
  ];
  const name = `review-${new Date(nowMs).toISOString().slice(0, 10)}.csv`;
  const path = join(folder, name);
  const written = writeWhole(path, `\ufeff${stringify(table, { record_delimiter: '\r\n' })}`);
  return written.ok ? ok({ file: name, rows: items.length }) : written;
}

/** All of it or none: a file that is there is whole. */
function writeWhole(path: string, text: string): Result<void, CallError> {
  const half = `${path}.part`;
  try {
    const file = openSync(half, 'w');
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(half, path);
    return ok(undefined);
  } catch (error) {
    rmSync(half, { force: true });
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOSPC') return err(callError('diskFull', 'The disk is full. Make room and try again.'));
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOENT') {
      return err(callError('notPermitted', 'The folder cannot be written to. Choose another one.'));
    }
    throw error;
  }
}
