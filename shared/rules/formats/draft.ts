/**
 * Values by import field → the values of a record, read and normalised. An optional value that cannot be read is kept
 * as it came in `flaggedValues` and left out; it never refuses the row (domain.md section 2).
 *
 * Example: `{ fullName: 'Ada Lovelace', birthDate: 'circa 1815' }` gives the two names, no birth date, and one flag.
 */
import type { ImportField } from '../../contract/import-fields.ts';
import type { ImportKind } from '../../contract/imports.ts';
import type { FlaggedValue } from '../../model/parts.ts';
import { countryCode } from '../normalise/country.ts';
import { splitFullName } from '../normalise/name.ts';
import { isRegion } from '../normalise/phone.ts';
import {
  type DateOrder,
  type DecimalSign,
  parseDate,
  parseInstant,
  parseNumber,
  parseYesNo,
} from '../normalise/values.ts';
import { type CustomColumn, readCell } from '../custom-fields/import.ts';
import { type ChoiceMaps, toldOption } from './column-rules.ts';
import { address, type Collector, emails, flag, phones, tags, text } from './draft-parts.ts';
import { checkInValues, interactionValues, membershipValues } from './happening-draft.ts';
import { type ChoiceName, optionOfLabel } from './option-labels.ts';
import type { MappedRow } from './row.ts';

export type DraftSettings = {
  readonly kind: ImportKind;
  /** Of phone numbers without a country code, where the row names no country. */
  readonly region: string;
  /** Per column, decided from the data. */
  readonly dateOrders: Readonly<Record<string, DateOrder>>;
  readonly decimalSign: DecimalSign;
  readonly latestYear: number;
  readonly timeZone: string;
  /** Custom fields that columns fill. */
  readonly custom?: readonly CustomColumn[];
  /** What values of choices were said to become. */
  readonly choices?: ChoiceMaps;
};

/** Values of one record, by field of the model; absent where the row says nothing. */
export type DraftValues = Record<string, unknown>;

export type Draft = {
  /** Of the contact, lead or account; of a registration's contact. */
  readonly values: DraftValues;
  /** Of the registration itself. */
  readonly registration: DraftValues | null;
  /** Records that the row names by what they are called, by field: found in the database, which this knows nothing of. */
  readonly references: References | null;
  readonly flagged: readonly FlaggedValue[];
};

/** Field of the record → name, email address or id of the record that it is to point at. */
export type References = Readonly<Record<string, string>>;

function choice(to: Collector, row: MappedRow, field: ImportField & ChoiceName, { choices }: DraftSettings): void {
  const raw = row[field];
  if (raw === undefined) return;
  const told = toldOption(choices, field, raw);
  // left out
  if (told === null) return;
  const option = told ?? optionOfLabel(field, raw);
  if (option === null) flag(to, field, raw, 'notAChoice');
  else to.values[field] = option;
}

function number(to: Collector, row: MappedRow, field: ImportField, sign: DecimalSign, whole = false): void {
  const raw = row[field];
  if (raw === undefined) return;
  const value = parseNumber(raw, sign);
  if (value === null || (whole && (value < 0 || !Number.isSafeInteger(Math.round(value))))) {
    flag(to, field, raw, 'notANumber');
  } else to.values[field] = whole ? Math.round(value) : value;
}

function yesNo(to: Collector, row: MappedRow, field: ImportField): void {
  const raw = row[field];
  if (raw === undefined) return;
  const value = parseYesNo(raw);
  if (value === null) flag(to, field, raw, 'notYesOrNo');
  else to.values[field] = value;
}

function names(to: Collector, row: MappedRow): void {
  const whole = row.fullName === undefined ? null : splitFullName(row.fullName);
  const apart = row.givenName !== undefined || row.familyName !== undefined;
  text(to, 'salutation', row.salutation ?? (apart ? null : whole?.salutation));
  text(to, 'givenName', apart ? row.givenName : whole?.givenName);
  text(to, 'middleName', row.middleName ?? (apart ? null : whole?.middleName));
  text(to, 'familyName', apart ? row.familyName : whole?.familyName);
}

function person(to: Collector, row: MappedRow, settings: DraftSettings): void {
  names(to, row);
  text(to, 'company', row.company ?? row.accountName);
  if (row.company !== undefined) reference(to, row, 'accountName', 'accountId');
  text(to, 'jobTitle', row.jobTitle);
  emails(to, row);
  contactDetails(to, row, settings);
}

function contactDetails(to: Collector, row: MappedRow, settings: DraftSettings): void {
  const country = row.country === undefined ? null : countryCode(row.country);
  phones(to, row, country !== null && isRegion(country) ? country : settings.region);
  address(to, row, country);
  text(to, 'website', row.website);
  text(to, 'description', row.description);
  if (row.tags !== undefined) tags(to, row.tags);
  text(to, 'externalId', row.externalId);
  reference(to, row, 'owner', 'ownerId');
}

/** Another record, by its name: who looks for it says where there is none. */
function reference(to: Collector, row: MappedRow, from: ImportField, field: string): void {
  const name = row[from];
  if (name !== undefined) (to.references ??= {})[field] = name.slice(0, 400);
}

const clockTime = /^(\d{1,2})[:.h](\d{2})(?::\d{2})?\s*([ap])?\.?m?\.?$/i;

/** '9:30 am' → '09:30'. */
function timeOfDay(to: Collector, row: MappedRow, field: ImportField): void {
  const raw = row[field];
  if (raw === undefined) return;
  const [, hours = '', minutes = '', half] = clockTime.exec(raw.trim()) ?? [];
  let hour = Number(hours);
  if (half !== undefined && hour <= 12) hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  if (hours === '' || hour > 23 || Number(minutes) > 59) flag(to, field, raw, 'notATime');
  else to.values[field] = `${String(hour).padStart(2, '0')}:${minutes}`;
}

function date(to: Collector, row: MappedRow, field: ImportField, settings: DraftSettings): void {
  const raw = row[field];
  if (raw === undefined) return;
  const order = settings.dateOrders[field] ?? 'dmy';
  const value = parseDate(raw, { order, latestYear: settings.latestYear });
  if (value === null) flag(to, field, raw, 'notADate');
  else if (Number(value.slice(0, 4)) > settings.latestYear) flag(to, field, raw, 'inTheFuture');
  else to.values[field] = value;
}

const contactFlags = [
  'allowEmail',
  'allowBulkEmail',
  'allowPhone',
  'allowPost',
  'allowPrefill',
  'followEmail',
  'marketingOnly',
  'child',
] as const;

function contactValues(to: Collector, row: MappedRow, settings: DraftSettings): void {
  person(to, row, settings);
  text(to, 'nickname', row.nickname);
  choice(to, row, 'role', settings);
  date(to, row, 'birthDate', settings);
  for (const field of contactFlags) yesNo(to, row, field);
  choice(to, row, 'preferredMethod', settings);
  text(to, 'preferredLanguage', row.preferredLanguage);
  timeOfDay(to, row, 'preferredFrom');
  timeOfDay(to, row, 'preferredTo');
  text(to, 'timeZone', row.timeZone);
  choice(to, row, 'consentLevel', settings);
  text(to, 'sourceDetail', row.sourceDetail);
  reference(to, row, 'event', 'sourceEventId');
  reference(to, row, 'campaign', 'sourceCampaignId');
  reference(to, row, 'form', 'sourceFormId');
  reference(to, row, 'guardian', 'guardianId');
}

function leadValues(to: Collector, row: MappedRow, settings: DraftSettings): void {
  person(to, row, settings);
  text(to, 'topic', row.topic);
  text(to, 'industry', row.industry);
  if (row.source !== undefined) {
    // a source in the file's own words is kept beside the choice that it comes nearest to
    const told = toldOption(settings.choices, 'source', row.source);
    const option = told === undefined ? optionOfLabel('leadSource', row.source) : told;
    if (option !== null) to.values.source = option;
    if (told !== null) text(to, 'sourceDetail', row.source);
  }
  text(to, 'sourceDetail', row.sourceDetail);
  yesNo(to, row, 'minimumCriteriaMet');
  reference(to, row, 'event', 'eventId');
  reference(to, row, 'campaign', 'campaignId');
  reference(to, row, 'form', 'formId');
  reference(to, row, 'products', 'productIds');
  reference(to, row, 'contact', 'contactId');
  for (const field of ['rating', 'purchaseNeed', 'purchaseTimeFrame', 'purchaseProcess', 'budgetStatus'] as const) {
    choice(to, row, field, settings);
  }
  number(to, row, 'budgetAmount', settings.decimalSign);
  yesNo(to, row, 'decisionMaker');
  text(to, 'qualificationComments', row.qualificationComments);
}

function accountValues(to: Collector, row: MappedRow, settings: DraftSettings): void {
  text(to, 'accountName', row.accountName ?? row.company, 'name');
  text(to, 'industry', row.industry);
  number(to, row, 'employees', settings.decimalSign, true);
  number(to, row, 'annualRevenue', settings.decimalSign);
  choice(to, row, 'accountKind', settings);
  if (to.values.accountKind !== undefined) {
    to.values.kind = to.values.accountKind;
    delete to.values.accountKind;
  }
  text(to, 'currency', row.currency?.toUpperCase());
  reference(to, row, 'parentAccount', 'parentAccountId');
  contactDetails(to, row, settings);
}

function registrationValues(to: Collector, row: MappedRow, settings: DraftSettings): DraftValues {
  const values: DraftValues = {};
  const inner: Collector = { values, flagged: to.flagged, references: null };
  choice(inner, { registrationStatus: row.registrationStatus ?? 'Attending' }, 'registrationStatus', settings);
  values.status = values.registrationStatus ?? 'registered';
  delete values.registrationStatus;
  text(inner, 'ticketType', row.ticketType);
  if (row.registeredAt !== undefined) {
    const order = settings.dateOrders.registeredAt ?? 'dmy';
    const at = parseInstant(row.registeredAt, { order, latestYear: settings.latestYear, timeZone: settings.timeZone });
    if (at === null) flag(to, 'registeredAt', row.registeredAt, 'notADate');
    else values.registeredAtMs = at;
  }
  // the id in the file is the registration's, not the person's
  if (to.values.externalId !== undefined) {
    values.externalId = to.values.externalId;
    delete to.values.externalId;
  }
  return values;
}

function custom(to: Collector, row: MappedRow, column: CustomColumn, settings: DraftSettings): void {
  const raw = row[column.name as `x_${string}`];
  if (raw === undefined) return;
  const { value, unread } = readCell(column, raw, settings);
  if (value !== null) to.values[column.name] = value;
  for (const each of unread) flag(to, column.name, each.value, each.reason);
}

const happeningReaders = { checkins: checkInValues, interactions: interactionValues, members: membershipValues };

export function draftOf(row: MappedRow, settings: DraftSettings): Draft {
  const to: Collector = { values: {}, flagged: [], references: null };
  let registration: DraftValues | null = null;
  switch (settings.kind) {
    case 'contacts':
      contactValues(to, row, settings);
      break;
    case 'registrations':
      contactValues(to, row, settings);
      registration = registrationValues(to, row, settings);
      break;
    case 'checkins':
    case 'interactions':
    case 'members': {
      contactValues(to, row, settings);
      // the id in the file is of what happened, not the person's
      delete to.values.externalId;
      const happening = happeningReaders[settings.kind](row, settings);
      registration = happening.values;
      to.flagged.push(...happening.flagged);
      break;
    }
    case 'leads':
      leadValues(to, row, settings);
      break;
    case 'accounts':
      accountValues(to, row, settings);
      break;
  }
  for (const column of settings.custom ?? []) custom(to, row, column, settings);
  if (to.flagged.length > 0) to.values.flaggedValues = to.flagged;
  return { values: to.values, registration, references: to.references, flagged: to.flagged };
}

/** True where the row says nothing by which a record could be called: it cannot become one. */
export function isNobody(kind: ImportKind, values: DraftValues): boolean {
  if (kind === 'accounts') return values.name === undefined;
  return ['givenName', 'familyName', 'company', 'emails', 'phones', 'nickname'].every(
    (field) => values[field] === undefined,
  );
}
