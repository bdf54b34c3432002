/** Consent of a contact, with its audit row: before, after, when, by whom, the exact wording (domain.md section 1). */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import type { ParsedInputOf } from '../../../shared/contract/index.ts';
import type { ConsentLevel } from '../../../shared/model/picklists.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { consentAfter } from '../../../shared/rules/capture/submission.ts';
import { effectiveLevel } from '../../../shared/rules/permission.ts';
import { liveRowIdOf } from '../../../db/merge/redirects.ts';
import { readStored } from '../../../db/records/read.ts';
import { createRecord, updateRecord, type Write, write } from '../../../db/records/write.ts';
import type { WritableStore } from '../../../db/store.ts';

export type Agreement = {
  readonly agreed: ConsentLevel;
  readonly wording: string;
  readonly language: string;
  readonly source: string;
  readonly formRow: number | null;
  readonly atMs: number;
};

/** What was agreed to adds to what there was; the row is written also where the level stays. True where it rose. */
export function recordConsent(w: Write, contactRow: number, agreement: Agreement): boolean {
  const contact = readStored(w.store, 'contact', contactRow);
  if (contact === null) throw new Error('consent of a missing contact');
  const before = contact.values.consentLevel;
  const after = consentAfter(before, agreement.agreed, contact.values.child);
  addChange(w, contactRow, before, after, agreement);
  return updateRecord(w, 'contact', contactRow, { consentLevel: after });
}

function addChange(w: Write, contactId: number, before: ConsentLevel, after: ConsentLevel, agreement: Agreement): void {
  createRecord(w, 'consentChange', {
    contactId,
    before,
    after,
    changedAtMs: agreement.atMs,
    userId: w.store.userRow,
    source: agreement.source,
    formId: agreement.formRow,
    wording: agreement.wording,
    language: agreement.language,
  });
}

/** Up or down, as said; null where nothing changes. Errors: `notFound`. */
export function setConsent(
  store: WritableStore,
  input: ParsedInputOf<'consent.set'>,
): Result<{ writeId: number | null }, CallError> {
  const row = liveRowIdOf(store, 'contact', input.contactId);
  const contact = row === null ? null : readStored(store, 'contact', row);
  if (row === null || contact === null || contact.deletedAtMs !== null) {
    return err(callError('notFound', 'This contact is not here.', { field: 'contactId' }));
  }
  const before = contact.values.consentLevel;
  const after = effectiveLevel({ consentLevel: input.level, child: contact.values.child });
  if (before === after) return ok({ writeId: null });
  const result = write(store, { cause: 'edit', label: input.source }, (w) => {
    addChange(w, row, before, after, { ...input, agreed: input.level, formRow: null, atMs: w.atMs });
    updateRecord(w, 'contact', row, { consentLevel: after });
  });
  return ok({ writeId: result.writeId });
}
