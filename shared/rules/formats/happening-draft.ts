/**
 * Rows about what people did: an interaction with its kind and moment, or a check-in with its session and times. Whom
 * they are about is read as in any file of people (draft.ts).
 *
 * Example: `{ interactionKind: 'Email opened', occurredAt: '2026-03-04 10:15' }` is an `emailOpened` of that moment; a
 * row without a known kind or moment is none.
 */
import type { FlaggedValue } from '../../model/parts.ts';
import { parseInstant } from '../normalise/values.ts';
import type { DraftSettings, DraftValues } from './draft.ts';
import { optionOfLabel } from './option-labels.ts';
import type { MappedRow } from './row.ts';

type Collected = { readonly values: DraftValues; readonly flagged: FlaggedValue[] };

const longest = { session: 300, subject: 500, detail: 100_000, externalId: 200 } as const;

function text(to: Collected, field: keyof typeof longest, value: string | undefined): void {
  if (value === undefined) return;
  if (value.length > longest[field]) to.flagged.push({ field, value: value.slice(0, 4000), reason: 'tooLong' });
  to.values[field] = value.slice(0, longest[field]);
}

function moment(
  to: Collected,
  row: MappedRow,
  field: 'occurredAt' | 'checkedInAt' | 'checkedOutAt',
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
  const kind = raw === undefined ? null : optionOfLabel('interactionKind', raw);
  if (kind !== null) to.values.kind = kind;
  else if (raw !== undefined)
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
