/**
 * A person decides about an item that waited: retry with values put right, use one of the candidates, make a record, or
 * skip. Items of imports and captures are carried out by the same rules as if they had gone through at once.
 */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import type { OutputOf, ParsedInputOf } from '../../../shared/contract/index.ts';
import { importFields } from '../../../shared/contract/import-fields.ts';
import type { ReviewItem } from '../../../shared/contract/imports.ts';
import { isCustomFieldName } from '../../../shared/model/custom-field.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { draftOf, isNobody } from '../../../shared/rules/formats/draft.ts';
import type { MappedRow } from '../../../shared/rules/formats/row.ts';
import { undoWrite } from '../../../db/change-log/undo.ts';
import { rememberRow } from '../../../db/records/import-run.ts';
import { liveRowIdOf } from '../../../db/merge/redirects.ts';
import { readStored, uuidOf } from '../../../db/records/read.ts';
import {
  findReviewItem,
  reopenReviewItem,
  resolveReviewItem,
  type StoredReviewItem,
  updateReviewItem,
} from '../../../db/records/review-item.ts';
import { write } from '../../../db/records/write.ts';
import type { WritableStore } from '../../../db/store.ts';
import { type CaptureDecision, carryOutWaiting } from '../capture/capture.service.ts';
import { captureContextSchema } from '../capture/captured-records.ts';
import { candidatesOf } from '../imports/candidates.ts';
import { happeningProblem, type ImportRow } from '../imports/reading/rows.ts';
import { withCurrentFields } from '../imports/plan.ts';
import { runContextSchema } from '../imports/run-context.ts';
import type { Forced } from '../imports/row-records.ts';
import { knownByOf, runRowsOf, targetOf, writeRow, type WrittenRow } from '../imports/row-writer.ts';

type Input = ParsedInputOf<'reviewQueue.resolve'>;
export type Resolved = OutputOf<'reviewQueue.resolve'>;

const gone = (): Result<never, CallError> =>
  err(callError('notFound', 'This item is not waiting any more.', { field: 'id' }));

/** Errors: `notFound` (item, candidate), `invalidValue` (values that no import field takes). */
export function resolveItem(store: WritableStore, input: Input): Result<Resolved, CallError> {
  const found = findReviewItem(store, input.id);
  if (found === null || found.resolved) return gone();
  if (input.action === 'skip') return ok(skip(store, found));
  const values = editedValues(found.item, input.values);
  if (!values.ok) return values;
  const forced = forcedBy(store, found.item, input);
  if (!forced.ok) return forced;
  return found.item.source === 'capture'
    ? resolveCapture(store, found, values.value, forced.value)
    : ok(resolveRow(store, found, values.value, forced.value));
}

/** The item's values with what the person changed; an emptied value is gone. */
function editedValues(item: ReviewItem, edits: Input['values']): Result<Record<string, string>, CallError> {
  const unknown = Object.keys(edits ?? {}).find(
    (field) => !isCustomFieldName(field) && !importFields.some((each) => each === field),
  );
  if (unknown !== undefined) {
    return err(callError('invalidValue', 'There is no import field of this name.', { field: unknown.slice(0, 80) }));
  }
  const all = { ...item.values, ...edits };
  return ok(Object.fromEntries(Object.entries(all).filter(([, value]) => value.trim() !== '')));
}

function forcedBy(store: WritableStore, item: ReviewItem, input: Input): Result<Forced | null, CallError> {
  if (input.action === 'retry') return ok(null);
  if (input.action === 'create') return ok({ action: 'create' });
  const table = item.source === 'capture' ? 'contact' : targetOf(item.kind);
  const row = input.candidateId === undefined ? null : liveRowIdOf(store, table, input.candidateId);
  const record = row === null ? null : readStored(store, table, row);
  return row === null || record === null || record.deletedAtMs !== null
    ? err(callError('notFound', 'The chosen record is not here.', { field: 'candidateId' }))
    : ok({ action: 'use', id: row });
}

function skip(store: WritableStore, { item, importRunRow, context }: StoredReviewItem): Resolved {
  write(store, { cause: 'edit', label: 'review' }, (w) => {
    resolveReviewItem(store, item.id, 'skipped', w.atMs);
    const fingerprint = importRunRow === null ? '' : runContextSchema.parse(context).fingerprint;
    if (importRunRow !== null && fingerprint !== '') {
      rememberRow(store, Buffer.from(fingerprint, 'hex'), 'skipped', importRunRow);
    }
  });
  return { outcome: 'skipped', recordId: null, message: 'Skipped.', writeId: null };
}

/**
 * Takes a decision back: what it wrote is undone, and the item waits again as it came. Errors: `notFound`, and where
 * the record was changed so much since that nothing can be put back, `nothingToUndo` or `alreadyUndone`.
 */
export function reopenItem(
  store: WritableStore,
  { id, writeId }: ParsedInputOf<'reviewQueue.reopen'>,
): Result<OutputOf<'reviewQueue.reopen'>, CallError> {
  const found = findReviewItem(store, id);
  if (found === null || !found.resolved) return err(callError('notFound', 'There is no decision to take back.'));
  const taken = writeId === null ? ok({ undone: 0, kept: 0, gone: 0, writeId: 0 }) : undoWrite(store, writeId);
  if (!taken.ok) return taken;
  write(store, { cause: 'undo', label: 'review' }, () => {
    reopenReviewItem(store, id);
    const { importRunRow } = found;
    const fingerprint = importRunRow === null ? '' : runContextSchema.parse(found.context).fingerprint;
    if (importRunRow !== null && fingerprint !== '') {
      rememberRow(store, Buffer.from(fingerprint, 'hex'), 'waiting', importRunRow);
    }
  });
  return taken;
}

const messages = {
  created: 'A new record was made.',
  updated: 'The record was found and updated.',
  unchanged: 'The record was found; nothing had to change.',
} as const;

function resolveCapture(
  store: WritableStore,
  { item, context }: StoredReviewItem,
  values: Readonly<Record<string, string>>,
  forced: Forced | null,
): Result<Resolved, CallError> {
  const decision: CaptureDecision =
    forced === null
      ? { action: 'match' }
      : forced.action === 'create'
        ? { action: 'create' }
        : { action: 'use', contactRow: forced.id };
  const captured = carryOutWaiting(store, captureContextSchema.parse(context), item.values, values, decision);
  if (captured === null) return err(callError('notFound', 'The form of this capture is not here any more.'));
  if (captured.outcome === 'pending' || captured.outcome === 'alreadyTaken') {
    const message = findReviewItem(store, item.id)?.item.message ?? item.message;
    return ok({ outcome: 'pending', recordId: null, message, writeId: null });
  }
  write(store, { cause: 'capture' }, (w) => resolveReviewItem(store, item.id, captured.outcome, w.atMs));
  return ok({
    outcome: captured.outcome,
    recordId: captured.leadId ?? captured.contactId,
    message: messages[captured.outcome],
    writeId: captured.writeId,
  });
}

function resolveRow(
  store: WritableStore,
  { item, importRunRow, context }: StoredReviewItem,
  values: Readonly<Record<string, string>>,
  forced: Forced | null,
): Resolved {
  const run = withCurrentFields(store, runContextSchema.parse(context));
  if (importRunRow === null) throw new Error('an import row without its import');
  const mapped: MappedRow = values as MappedRow;
  const draft = draftOf(mapped, run.draft);
  const row: ImportRow = {
    line: item.line ?? 0,
    values: draft.values,
    registration: draft.registration,
    references: draft.references,
    flagged: draft.flagged,
    mappedJson: JSON.stringify(mapped),
    fingerprint: null,
    trouble: isNobody(run.kind, draft.values) ? 'nobody' : happeningProblem(run.kind, draft.registration),
  };
  const done = write(store, { cause: 'import', label: item.sourceName }, (w): Omit<Resolved, 'writeId'> => {
    // a strategy that makes rows without a key made this one wait for another reason: it is made now
    const job = { write: w, context: run, rows: runRowsOf(w, run, importRunRow), ...(forced ? { forced } : {}) };
    const result = writeRow(job, row);
    if ('id' in result) {
      resolveReviewItem(store, item.id, result.outcome, w.atMs);
      if (run.fingerprint !== '') {
        rememberRow(store, Buffer.from(run.fingerprint, 'hex'), knownByOf(result), importRunRow);
      }
      return {
        outcome: result.outcome,
        recordId: uuidOf(store, result.entity, result.id),
        message: messages[result.outcome],
      };
    }
    if (!('reason' in result)) {
      resolveReviewItem(store, item.id, 'skipped', w.atMs);
      return { outcome: 'skipped', recordId: null, message: 'The matching strategy leaves such rows out.' };
    }
    return stillWaiting(store, item, values, result);
  });
  return { ...done.value, writeId: done.writeId };
}

/** What was typed is kept, also where it does not suffice. */
function stillWaiting(
  store: WritableStore,
  item: ReviewItem,
  values: Readonly<Record<string, string>>,
  result: Extract<WrittenRow, { reason: unknown }>,
): Omit<Resolved, 'writeId'> {
  updateReviewItem(store, item.id, {
    values: { ...values },
    reason: result.reason,
    message: result.message,
    candidates: candidatesOf(store, targetOf(item.kind), result.candidates, values),
  });
  return { outcome: 'pending', recordId: null, message: result.message };
}
