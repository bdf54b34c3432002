/**
 * One capture at the booth: matched, the contact found or made, the lead found or made, the interaction logged and the
 * consent recorded, all in one transaction (domain.md section 2). What cannot be decided waits in the review queue
 * with everything that was entered.
 */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import type { OutputOf, ParsedInputOf } from '../../../shared/contract/index.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { captureFields } from '../../../shared/rules/capture/definition.ts';
import { captureSourceOf, missingIn, rowOfCapture } from '../../../shared/rules/capture/submission.ts';
import { draftOf, type DraftValues } from '../../../shared/rules/formats/draft.ts';
import { type Decision, decide, lookupResultOf } from '../../../shared/rules/matching/decide.ts';
import { findCandidates } from '../../../db/query/match-candidates.ts';
import { liveRowIdOf } from '../../../db/merge/redirects.ts';
import { readStored, rowIdOf, uuidOf } from '../../../db/records/read.ts';
import { addReviewItem, reviewItemOfCapture, updateReviewItem } from '../../../db/records/review-item.ts';
import { countOutcome } from '../../../db/records/strategy-outcome.ts';
import { write } from '../../../db/records/write.ts';
import { type ReadableStore, readSetting, type WritableStore } from '../../../db/store.ts';
import { candidatesOf } from '../imports/candidates.ts';
import { standingStrategy } from '../imports/strategies.ts';
import { missingOwn, ownTexts, ownWithTexts, splitOwn } from './own-values.ts';
import {
  agree,
  captureContextSchema,
  createContact,
  type Entered,
  eventKeyOf,
  findOrMakeLead,
  type Form,
  logInteraction,
  type Taking,
  updateContact,
} from './captured-records.ts';

type Input = ParsedInputOf<'capture.submit'>;
export type Captured = OutputOf<'capture.submit'>;

/** What a person decided about a capture that waited. */
export type CaptureDecision =
  | { readonly action: 'match' }
  | { readonly action: 'create' }
  | { readonly action: 'use'; readonly contactRow: number };

/** Errors: `notFound` (form, chosen contact), `requiredField`. */
export function submitCapture(store: WritableStore, input: Input): Result<Captured, CallError> {
  const form = formOf(store, input.formId);
  if (form === null) return err(callError('notFound', 'There is no such capture form.', { field: 'formId' }));
  const taken = takenBefore(store, input.captureKey);
  if (taken !== null) return ok(taken);
  const missing =
    missingIn(form.values.definition, input.values, input.answers) ??
    missingOwn(store, form.values.definition, input.own);
  if (missing !== null) {
    return err(callError('requiredField', 'Something that the form requires is missing.', { field: missing }));
  }
  const entered: Entered = {
    formId: input.formId,
    captureKey: input.captureKey,
    values: input.values,
    answers: input.answers,
    own: input.own,
    consented: input.consented,
    occurredAtMs: input.occurredAtMs ?? store.now(),
    contactId: input.contactId ?? null,
  };
  const chosen = input.contactId === undefined ? null : liveRowIdOf(store, 'contact', input.contactId);
  if (input.contactId !== undefined && (chosen === null || isGone(store, chosen))) {
    return err(callError('notFound', 'The chosen contact is not here any more.', { field: 'contactId' }));
  }
  return ok(
    carryOut(store, form, entered, chosen === null ? { action: 'match' } : { action: 'use', contactRow: chosen }, true),
  );
}

const isGone = (store: ReadableStore, contactRow: number): boolean =>
  (readStored(store, 'contact', contactRow)?.deletedAtMs ?? null) !== null;

function formOf(store: ReadableStore, id: string): Form | null {
  const row = rowIdOf(store, 'captureForm', id);
  const form = row === null ? null : readStored(store, 'captureForm', row);
  return form === null || form.deletedAtMs !== null ? null : form;
}

/** A capture that was submitted before, from a form that did not hear the answer. */
function takenBefore(store: ReadableStore, captureKey: string): Captured | null {
  const interaction = store
    .sql('SELECT contactId, leadId FROM interaction WHERE eventKey = ? AND deletedAtMs IS NULL LIMIT 1')
    .get(eventKeyOf(captureKey)) as { contactId: number | null; leadId: number | null } | undefined;
  const waiting = interaction ? null : reviewItemOfCapture(store, captureKey);
  if (!interaction && !waiting) return null;
  return {
    outcome: 'alreadyTaken',
    contactId: interaction?.contactId ? uuidOf(store, 'contact', interaction.contactId) : null,
    leadId: interaction?.leadId ? uuidOf(store, 'lead', interaction.leadId) : null,
    newLead: false,
    reviewItemId: waiting?.item.id ?? null,
    writeId: null,
    flagged: [],
  };
}

/** Carries a waiting capture out as a person decided; null where its form is gone. `shown`: its values before that. */
export function carryOutWaiting(
  store: WritableStore,
  context: unknown,
  shown: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string>>,
  decision: CaptureDecision,
): Captured | null {
  const kept = captureContextSchema.parse(context);
  const form = formOf(store, kept.formId);
  if (form === null) return null;
  const known = Object.entries(values).filter(([field]) => captureFields.some((each) => each === field));
  const own = ownWithTexts(store, kept.own, shown, values);
  return carryOut(
    store,
    form,
    { ...kept, own, values: Object.fromEntries(known) as Entered['values'] },
    decision,
    false,
  );
}

type Written = Omit<Captured, 'writeId' | 'flagged'>;

function carryOut(
  store: WritableStore,
  form: Form,
  entered: Entered,
  decision: CaptureDecision,
  isFirst: boolean,
): Captured {
  const settings = {
    region: readSetting(store.connection, 'region') ?? 'ZZ',
    dateOrders: {},
    decimalSign: 'point' as const,
    latestYear: new Date(store.now()).getUTCFullYear(),
    timeZone: 'UTC',
  };
  const row = rowOfCapture(entered.values);
  const contact = draftOf(row, { kind: 'contacts', ...settings });
  const lead = draftOf(row, { kind: 'leads', ...settings });
  const own = splitOwn(store, entered.own);
  const result = write(store, { cause: 'capture', label: form.values.name }, (w): Written => {
    const eventId = form.values.eventId === null ? null : uuidOf(store, 'event', form.values.eventId);
    return take(
      {
        write: w,
        form,
        definition: form.values.definition,
        entered,
        captureSource: captureSourceOf(entered.formId, eventId),
        // notes belong to the enquiry, not to the person
        contactValues: { ...without(contact.values, 'description'), ...own.contact },
        leadValues: { ...lead.values, ...own.lead },
        own,
        isFirst,
      },
      decision,
    );
  });
  const flagged = [
    ...new Set([
      ...contact.flagged.map((flag) => flag.field),
      ...lead.flagged.map((flag) => flag.field),
      ...own.invalid,
    ]),
  ];
  return { ...result.value, writeId: result.writeId, flagged };
}

function without(values: DraftValues, field: string): DraftValues {
  const { [field]: _, ...rest } = values;
  return rest;
}

const nothing: Written = { outcome: 'unchanged', contactId: null, leadId: null, newLead: false, reviewItemId: null };

function take(taking: Taking, decision: CaptureDecision): Written {
  const { definition } = taking;
  const who = decidePerson(taking, decision);
  if (who.action === 'review') return wait(taking, who);
  if (who.action === 'skip') return nothing;
  const makesContact = definition.mode !== 'leadsOnly' && definition.mode !== 'interactionOnly';
  if (who.action === 'create' && definition.mode === 'interactionOnly' && decision.action !== 'create') {
    return wait(taking, { action: 'review', because: 'blankKey' });
  }
  const contact =
    who.action === 'update'
      ? { row: who.id, created: false, changed: makesContact && updateContact(taking, who.id) }
      : makesContact || decision.action === 'create'
        ? { row: createContact(taking), created: true, changed: true }
        : null;
  const makesLead = definition.mode !== 'contactsOnly' && definition.mode !== 'interactionOnly';
  const lead = makesLead ? findOrMakeLead(taking, contact?.row ?? null) : null;
  logInteraction(taking, contact?.row ?? null, lead?.row ?? null);
  const consented = contact !== null && agree(taking, contact.row);
  const { store } = taking.write;
  return {
    outcome:
      (contact?.created ?? lead?.created ?? false)
        ? 'created'
        : contact?.changed || lead?.created || lead?.changed || consented
          ? 'updated'
          : 'unchanged',
    contactId: contact === null ? null : uuidOf(store, 'contact', contact.row),
    leadId: lead === null ? null : uuidOf(store, 'lead', lead.row),
    newLead: lead?.created ?? false,
    reviewItemId: null,
  };
}

function decidePerson(
  { write: w, form, definition, contactValues, isFirst }: Taking,
  decision: CaptureDecision,
): Decision<number> {
  if (decision.action === 'use') return { action: 'update', id: decision.contactRow };
  if (decision.action === 'create') return { action: 'create', because: 'noMatch' };
  const strategy = standingStrategy(w.store, definition.contactStrategyId, 'contact');
  const candidates = findCandidates(w.store, 'contact', strategy.definition, contactValues);
  if (isFirst) countOutcome(w, strategy.uid, form.uid, lookupResultOf(candidates));
  return decide(strategy.definition, candidates);
}

const reviewMessages = {
  blankKey: 'Nothing was entered by which the matching strategy finds people, such as an email, or nobody known fits.',
  severalMatches: 'Several contacts match.',
} as const;

/** Everything that was entered is kept, with who it could be. */
function wait(taking: Taking, why: Extract<Decision<number>, { action: 'review' }>): Written {
  const { write: w, form, definition, entered } = taking;
  const candidates =
    why.because === 'severalMatches'
      ? candidatesOf(w.store, 'contact', why.candidates, entered.values)
      : likely(taking);
  const about = {
    reason: why.because,
    message: reviewMessages[why.because],
    values: { ...entered.values, ...ownTexts(w.store, entered.own) },
    candidates,
  };
  const known = reviewItemOfCapture(w.store, entered.captureKey);
  if (known !== null) updateReviewItem(w.store, known.item.id, about);
  const id =
    known?.item.id ??
    addReviewItem(
      w.store,
      {
        ...about,
        source: 'capture',
        sourceName: form.values.name,
        importRunRow: null,
        line: null,
        kind: definition.mode === 'contactsOnly' || definition.mode === 'interactionOnly' ? 'contacts' : 'leads',
        context: entered,
        captureKey: entered.captureKey,
      },
      w.atMs,
    );
  return { ...nothing, outcome: 'pending', reviewItemId: id };
}

/** Somebody with the same phone, or of the same name, for a person to choose from. */
function likely({ write: w, contactValues, entered }: Taking): ReturnType<typeof candidatesOf> {
  const ids = new Set<number>();
  for (const attributes of [['phone'], ['givenName', 'familyName']] as const) {
    const found = findCandidates(
      w.store,
      'contact',
      {
        version: 1,
        attributes: attributes.map((attribute) => ({ attribute })),
        onBlankKey: 'review',
        onSeveralMatches: 'review',
        onHit: 'keep',
      },
      contactValues,
    );
    for (const { id } of found ?? []) ids.add(id);
  }
  return candidatesOf(w.store, 'contact', [...ids].slice(0, 10), entered.values);
}
