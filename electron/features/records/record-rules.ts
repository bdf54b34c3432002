/**
 * What a record must be beside what its fields' schemas say: contact points in their normal form, no rings, children
 * protected, one default of each kind, names of live segments locked (domain.md sections 1 to 3).
 *
 * Example: a contact's email ` J.Doe@Example.com ` rests as `J.Doe@Example.com`, valid; `call me` is kept as it came
 * and marked invalid, never refused.
 */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import { type RefusalCode, refusalCodes } from '../../../shared/contract/records.ts';
import { type EntityName, entityOf } from '../../../shared/model/entities.ts';
import { holderField, holders } from '../../../shared/model/notes.ts';
import { type EmailPart, emailPartSchema, type PhonePart, phonePartSchema } from '../../../shared/model/parts.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { cleanEmail, emailKey } from '../../../shared/rules/normalise/email.ts';
import { parsePhone } from '../../../shared/rules/normalise/phone.ts';
import { tableOf } from '../../../db/records/entity-storage.ts';
import { isCircular } from '../../../db/records/wire.ts';
import type { ReadableStore } from '../../../db/store.ts';

type Values = Readonly<Record<string, unknown>>;

/** Exactly one primary where there is any. */
function withOnePrimary<T extends { primary: boolean }>(parts: readonly T[]): T[] {
  const primary = Math.max(
    0,
    parts.findIndex((part) => part.primary),
  );
  return parts.map((part, index) => ({ ...part, primary: index === primary }));
}

function normalEmail(part: EmailPart): EmailPart {
  const address = cleanEmail(part.address).slice(0, 320) || part.address;
  return { ...part, address, valid: emailKey(address) !== null };
}

function normalPhone(part: PhonePart, region: string): PhonePart {
  const parsed = parsePhone(part.number, region);
  return {
    ...part,
    e164: parsed?.e164 ?? null,
    extension: part.extension ?? parsed?.extension ?? null,
    valid: parsed?.valid ?? false,
  };
}

/** Emails and phones in their normal form; `region`: where numbers without a country code belong. */
export function withNormalParts(values: Values, region: string): Record<string, unknown> {
  const normal: Record<string, unknown> = { ...values };
  if (Array.isArray(values.emails)) {
    const emails = values.emails.map((part) => normalEmail(emailPartSchema.parse(part)));
    normal.emails = withOnePrimary(emails);
  }
  if (Array.isArray(values.phones)) {
    const phones = values.phones.map((part) => normalPhone(phonePartSchema.parse(part), region));
    normal.phones = withOnePrimary(phones);
  }
  return normal;
}

const invalid = (issues: readonly { path: string; message: string }[]): Result<never, CallError> =>
  err({
    ...callError('invalidValue', `Not saved: ${issues.map((each) => `${each.path} ${each.message}`).join('; ')}.`),
    issues: [...issues],
  });

/** `reason`: what a bulk change says of the record that it left as it is. */
export function refusal(field: string, message: string, reason: RefusalCode = 'invalid'): Result<never, CallError> {
  const refused = invalid([{ path: `values.${field}`, message }]);
  return refused.ok ? refused : err({ ...refused.error, details: { field, reason } });
}

/** The reason and field of a refusal. */
export function reasonOf({ code, details }: CallError): { code: RefusalCode; field: string | null } {
  const reason = refusalCodes.find((each) => each === details?.reason || each === code);
  return { code: reason ?? 'invalid', field: typeof details?.field === 'string' ? details.field : null };
}

/** Every required field given. */
export function checkRequired(entity: EntityName, values: Values): Result<null, CallError> {
  const missing = Object.entries(entityOf(entity).fields)
    .filter(([name, field]) => field.required && !field.computed && (values[name] ?? field.initial ?? null) === null)
    .map(([name]) => ({ path: `values.${name}`, message: 'is required' }));
  return missing.length > 0 ? invalid(missing) : ok(null);
}

const parents: Partial<Record<EntityName, readonly string[]>> = {
  contact: ['guardianId'],
  account: ['parentAccountId'],
};

/** Whether a value of the field is right or wrong by what else the record holds, or has consequences of its own. */
export const dependsOnRecord = (entity: EntityName, field: string): boolean =>
  ['segment', 'process', 'matchingStrategy'].includes(entity) ||
  (parents[entity]?.includes(field) ?? false) ||
  ['consentLevel', 'child', 'startsOn', 'endsOn'].includes(field);

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Tomorrow somewhere on earth: a birth date is a day without a time zone. */
export const latestDay = (nowMs: number): string => dayOf(nowMs + 14 * 3_600_000);

/** `values`: what changes, stored form. `id`: the record's row, null for a new one. `after`: the record as it will be. */
export function checkRecord(
  store: ReadableStore,
  entity: EntityName,
  id: number | null,
  values: Values,
  after: Values,
  today: string,
): Result<null, CallError> {
  for (const field of parents[entity] ?? []) {
    const parent = values[field];
    if (id === null || typeof parent !== 'number') continue;
    if (isCircular(store, tableOf(entity), field, id, parent)) {
      return err({
        ...callError('circular', `A record cannot stand above itself: choose another ${field}.`, { field }),
        issues: [{ path: `values.${field}`, message: 'stands below this record already: choose another one' }],
      });
    }
  }
  if (entity === 'note' || entity === 'attachment') return checkHolder(after);
  if (entity === 'contact') return checkContact(values, after, today);
  if (entity === 'segment') return checkSegment(values, after);
  if (entity === 'event' || entity === 'campaign') return checkDates(after);
  return ok(null);
}

/** What is kept nowhere would never be seen. */
function checkHolder(after: Values): Result<null, CallError> {
  const isHeld = holders.some((holder) => typeof after[holderField(holder)] === 'number');
  return isHeld ? ok(null) : refusal('contactId', 'or another record that it belongs to is required', 'holderRequired');
}

function checkContact(values: Values, after: Values, today: string): Result<null, CallError> {
  if (typeof values.birthDate === 'string' && values.birthDate > today) {
    return refusal('birthDate', 'lies in the future', 'inFuture');
  }
  // a child is never profiled (domain.md section 1)
  if (after.child === true && after.consentLevel === 'profiling') {
    return refusal('consentLevel', 'cannot be Profiling for a child', 'notForChild');
  }
  for (const field of ['preferredFrom', 'preferredTo']) {
    const time = values[field];
    if (typeof time === 'string' && !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) {
      return refusal(field, 'must be a time such as 09:30', 'notATime');
    }
  }
  return ok(null);
}

function checkSegment(values: Values, after: Values): Result<null, CallError> {
  const isLocked = after.wentLiveAtMs !== null && after.wentLiveAtMs !== undefined;
  if (isLocked && ('name' in values || 'kind' in values)) {
    return err(callError('nameLocked', 'Name and kind of a segment that went live cannot change. Copy it instead.'));
  }
  return ok(null);
}

function checkDates({ startsOn, endsOn }: Values): Result<null, CallError> {
  if (typeof startsOn === 'string' && typeof endsOn === 'string' && endsOn < startsOn) {
    return refusal('endsOn', 'lies before the first day', 'endsBeforeStart');
  }
  return ok(null);
}
