/**
 * Rows about what people did: an interaction with its kind and moment, a check-in with its session and times, or joining
 * or leaving a subscription list. Whom they are about is read as in any file of people (draft.ts).
 *
 * Example: `{ interactionKind: 'Email opened', occurredAt: '2026-03-04 10:15' }` is an `emailOpened` of that moment; a
 * row without a known kind or moment is none.
 */
import { longestText } from '../../model/field.ts';
import type { FlaggedValue } from '../../model/parts.ts';
import { parseInstant, parseYesNo } from '../normalise/values.ts';
import { toldOption } from './column-rules.ts';
import type { DraftSettings, DraftValues } from './draft.ts';
import { fitted } from './draft-parts.ts';
import { optionOfLabel } from './option-labels.ts';
import type { MappedRow } from './row.ts';

type Collected = { readonly values: DraftValues; readonly flagged: FlaggedValue[] };

const longest = { session: 300, subject: 500, detail: longestText, externalId: 200 } as const;

function text(to: Collected, field: keyof typeof longest, value: string | undefined): void {
  if (value === undefined) return;
  const { text: kept, flag: lost } = fitted(field, value, longest[field]);
  if (lost !== null) to.flagged.push(lost);
  to.values[field] = kept;
}

function moment(
  to: Collected,
  row: MappedRow,
  field: 'occurredAt' | 'checkedInAt' | 'checkedOutAt' | 'subscribedAt' | 'unsubscribedAt',
  as: string,
  { dateOrders, latestYear, timeZone }: DraftSettings,
): void {
  const raw = row[field];
  if (raw === undefined) return;
  const at = parseInstant(raw, { order: dateOrders[field] ?? 'dmy', latestYear, timeZone });
  if (at === null) to.flagged.push({ field, value: raw.slice(0, 4000), reason: 'notADate' });
  else to.values[as] = at;
}

export function interactionValues(row: MappedRow, settings: DraftSettings): Collected {
  const to: Collected = { values: {}, flagged: [] };
  const raw = row.interactionKind;
  const told = raw === undefined ? undefined : toldOption(settings.choices, 'interactionKind', raw);
  const kind = told !== undefined || raw === undefined ? told : optionOfLabel('interactionKind', raw);
  if (kind) to.values.kind = kind;
  else if (told === null) to.values.isLeftOut = true;
  else if (raw !== undefined && told === undefined)
    to.flagged.push({ field: 'interactionKind', value: raw.slice(0, 4000), reason: 'notAChoice' });
  moment(to, row, 'occurredAt', 'occurredAtMs', settings);
  text(to, 'subject', row.subject);
  text(to, 'detail', row.detail);
  text(to, 'externalId', row.externalId);
  return to;
}

export function checkInValues(row: MappedRow, settings: DraftSettings): Collected {
  const to: Collected = { values: {}, flagged: [] };
  text(to, 'session', row.session);
  moment(to, row, 'checkedInAt', 'inAtMs', settings);
  moment(to, row, 'checkedOutAt', 'outAtMs', settings);
  text(to, 'externalId', row.externalId);
  return to;
}

/**
 * Whether somebody is on the list, and since when. A row of a list without a word about it is a member; a word that
 * nobody knows is no yes, and a moment of leaving is a no whatever else the row says.
 */
export function membershipValues(row: MappedRow, settings: DraftSettings): Collected {
  const to: Collected = { values: {}, flagged: [] };
  const { subscriptionStatus: raw, unsubscribedAt: left } = row;
  const told = raw === undefined ? undefined : toldOption(settings.choices, 'subscriptionStatus', raw);
  const status = told !== undefined || raw === undefined ? told : optionOfLabel('subscriptionStatus', raw);
  if (raw !== undefined && told === undefined && status === null) {
    to.flagged.push({ field: 'subscriptionStatus', value: raw.slice(0, 4000), reason: 'notAChoice' });
  }
  to.values.status = raw === undefined ? 'subscribed' : (status ?? 'notSubscribed');
  moment(to, row, 'subscribedAt', 'atMs', settings);
  if (left === undefined || parseYesNo(left) === false) return to;
  to.values.status = 'unsubscribed';
  delete to.values.atMs;
  if (parseYesNo(left) === null) moment(to, row, 'unsubscribedAt', 'atMs', settings);
  return to;
}
