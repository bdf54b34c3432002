/**
 * What a field holds, given every logged change of it: the same on every laptop that has the same changes, in whatever
 * order they came (domain.md section 8).
 *
 * - Most fields: the last writer by (clock, device) wins.
 * - Consent, permissions to contact and the child flag: a change that knew the value it replaced stands; of two that did
 *   not know of each other the stricter wins.
 * - Tags are a set: each change adds what it added and takes off what it took off, tag by tag.
 * - Lists of emails and phones: the last writer's list, but "opted out" and "do not call" of the other one are kept.
 * - Custom fields: the last writer whose value fits the field's kind; what was written while it was of another kind
 *   stands in the log only.
 * - Shipped configuration (cause 'system') is older than anything a person did.
 *
 * Example: Ann withdraws consent at 10:00, Bo's laptop, which has not heard, raises it at 11:00: it stays withdrawn.
 */
import type { EntityName } from '../../shared/model/entities.ts';
import { consentLevels, consentRank, type ConsentLevel } from '../../shared/model/picklists.ts';
import { withTagChange } from '../../shared/rules/tags.ts';
import { tagged } from '../records/tag-rows.ts';
import { sameValue } from '../records/touched.ts';

export type LogEntry = {
  readonly writeId: number;
  /** True for cause 'system'. */
  readonly base: boolean;
  readonly clock: number;
  /** Hex of the device's uid. */
  readonly device: string;
  readonly originNumber: number;
  readonly atMs: number;
  readonly created: boolean;
  readonly fields: Readonly<Record<string, readonly [unknown, unknown]>>;
};

export function compareEntries(a: LogEntry, b: LogEntry): number {
  if (a.base !== b.base) return a.base ? -1 : 1;
  if (a.clock !== b.clock) return a.clock - b.clock;
  if (a.device !== b.device) return a.device < b.device ? -1 : 1;
  return a.originNumber - b.originNumber;
}

type Combine = (known: unknown, incoming: unknown) => unknown;

const lower: Combine = (known, incoming) => (rankOf(incoming) < rankOf(known) ? incoming : known);
const rankOf = (value: unknown): number =>
  consentLevels.includes(value as ConsentLevel) ? consentRank(value as ConsentLevel) : 0;
const bothAllow: Combine = (known, incoming) => known === true && incoming === true;
const eitherSays: Combine = (known, incoming) => known === true || incoming === true;

type Keyed = Readonly<Record<string, unknown>>;

/** Sets: what one laptop added and another took off both holds, whether or not they knew of each other. */
export const isSet = (entity: EntityName, field: string): boolean =>
  field === 'tags' && tagged.some((each) => each === entity);

/** The incoming list with the refusals that the known one has for the same address or number. */
const withRefusals =
  (key: string, flags: readonly string[]): Combine =>
  (known, incoming) => {
    if (!Array.isArray(known) || !Array.isArray(incoming)) return incoming;
    const refusals = new Map((known as Keyed[]).map((part) => [String(part[key]).toLowerCase(), part]));
    return (incoming as Keyed[]).map((part) => {
      const other = refusals.get(String(part[key]).toLowerCase());
      const refused = flags.filter((flag) => other?.[flag] === true && part[flag] !== true);
      return refused.length === 0 ? part : { ...part, ...Object.fromEntries(refused.map((flag) => [flag, true])) };
    });
  };

const emailLists = withRefusals('address', ['optedOut', 'bounced']);
const phoneLists = withRefusals('number', ['doNotCall']);

const combinedFields: { readonly [E in EntityName]?: Readonly<Record<string, Combine>> } = {
  contact: {
    consentLevel: lower,
    allowBulkEmail: bothAllow,
    allowEmail: bothAllow,
    allowPhone: bothAllow,
    allowPost: bothAllow,
    allowPrefill: bothAllow,
    child: eitherSays,
    emails: emailLists,
    phones: phoneLists,
  },
  lead: { emails: emailLists, phones: phoneLists },
};

export type Settled = { readonly value: unknown; readonly entry: LogEntry | null };

/** `entries` in order (`compareEntries`); `initial` is what the field holds before anything is said. */
export function settleField(
  entity: EntityName,
  field: string,
  initial: unknown,
  entries: readonly LogEntry[],
  /** False for values of a time when the field was of another kind: they stand in the log only. */
  fits: (value: unknown) => boolean = () => true,
): Settled {
  const combine = combinedFields[entity]?.[field];
  const set = isSet(entity, field);
  let value: unknown = initial ?? null;
  let from: LogEntry | null = null;
  for (const entry of entries) {
    const change = entry.fields[field];
    if (change === undefined) continue;
    const [before, after] = change;
    if (!fits(after)) continue;
    if (set) {
      // a change that knew the list gave it as it is to be read, in its order and spelling
      const next = sameValue(before, value) ? after : withTagChange(value, before, after);
      if (sameValue(next, value)) continue;
      value = next;
      from = entry;
      continue;
    }
    const knew = combine === undefined || from === null || from.base || from.device === entry.device;
    if (knew || sameValue(before, value)) {
      value = after;
      from = entry;
      continue;
    }
    const combined = combine(value, after);
    if (sameValue(combined, value)) continue;
    value = combined;
    from = entry;
  }
  return { value, entry: from };
}

/**
 * Whether two laptops set the field to different values without knowing of each other: `entry` and its neighbours in
 * order. Returns the neighbour, null for none. A laptop that received half a set may see one too many.
 */
export function conflictOf(field: string, entry: LogEntry, entries: readonly LogEntry[]): LogEntry | null {
  const own = entry.fields[field];
  if (own === undefined || entry.base) return null;
  const ofField = entries.filter((each) => field in each.fields && !each.base);
  const at = ofField.indexOf(entry);
  const clashes = (earlier: LogEntry | undefined, later: LogEntry | undefined): boolean => {
    if (!earlier || !later || earlier.device === later.device) return false;
    const [, first] = earlier.fields[field] ?? [];
    const [seen, second] = later.fields[field] ?? [];
    return !sameValue(seen, first) && !sameValue(second, first);
  };
  const before = ofField[at - 1];
  if (clashes(before, entry)) return before ?? null;
  const after = ofField[at + 1];
  return clashes(entry, after) ? (after ?? null) : null;
}
