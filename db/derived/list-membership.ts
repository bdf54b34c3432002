/**
 * A contact is on a subscription list once (domain.md section 1: membership is the contact's). Two laptops that put the
 * same contact on a list without knowing of each other made two memberships, and so may a merge of two contacts: the one
 * with the smallest id stays and the others go to the bin, on every laptop alike.
 *
 * Joining and leaving are interactions of the contact, *subscribed* and *unsubscribed*: each has an id and an event key
 * made of list, contact and how often it was, so that two laptops that saw the same make one of it. What undo, merges,
 * other laptops and the emptying of the bin do is not something that the contact did.
 *
 * Example: Ann and Bo both put Cy on "News" offline. After their bundles met, Cy is on it once and subscribed once.
 */
import { purgeLabel } from '../bin/purge-label.ts';
import { uidOfText } from '../merge/redirects.ts';
import { uuidOf } from '../records/read.ts';
import { applyPatch, asRule, createRecord, type Write } from '../records/write.ts';
import type { ReadableStore } from '../store.ts';

type Member = { id: number; uid: Buffer; listId: number; contactId: number; createdAtMs: number };
type Pair = Pick<Member, 'listId' | 'contactId'>;

/** As writes of it are called in history. */
const rule = 'oneMembership';

export function keepListMemberships(write: Write): void {
  const touched = write.touched.get('listMember');
  if (!touched) return;
  const before = new Map<string, Pair & { wasOn: boolean }>();
  const read = write.store.sql('SELECT listId, contactId, deletedAtMs FROM list_member WHERE id = ?');
  for (const [id, { created, fields }] of touched) {
    const now = read.get(id) as Pair & { deletedAtMs: number | null };
    const bin = fields.get('deletedAtMs');
    const pair = { listId: now.listId, contactId: now.contactId };
    const key = `${pair.listId} ${pair.contactId}`;
    const wasOn =
      !created && (bin ? bin[0] : now.deletedAtMs) === null && !fields.has('contactId') && !fields.has('listId');
    before.set(key, { ...pair, wasOn: wasOn || (before.get(key)?.wasOn ?? false) });
  }
  const surplus = [...before.values()].flatMap((pair) => surplusOf(write.store, pair));
  if (surplus.length > 0) {
    asRule(write, rule, () => {
      for (const { id, atMs } of surplus) applyPatch(write, 'listMember', id, {}, atMs);
    });
  }
  const cause = write.open[0]?.cause;
  if (cause?.cause === 'undo' || cause?.cause === 'receive' || cause?.cause === 'merge') return;
  if (cause?.label === purgeLabel) return;
  const isOn = write.store.sql(
    'SELECT 1 FROM list_member WHERE listId = ? AND contactId = ? AND deletedAtMs IS NULL LIMIT 1',
  );
  const moved = [...before.values()].flatMap(({ wasOn, ...pair }) => {
    // others that were not touched kept the contact on the list all the while
    const others = activeOf(write.store, pair).some(({ id }) => !touched.has(id));
    const is = isOn.get(pair.listId, pair.contactId) !== undefined;
    return is === (wasOn || others) ? [] : [{ ...pair, joined: is }];
  });
  const unsaid = moved.filter((move) => !isSaid(write, move));
  if (unsaid.length === 0) return;
  asRule(write, rule, () => unsaid.forEach((each) => record(write, { ...each, atMs: write.atMs })));
}

/** Whether this very write holds the interaction already. */
function isSaid(write: Write, { listId, contactId, joined }: Pair & { joined: boolean }): boolean {
  const made = write.touched.get('interaction');
  if (!made) return false;
  const [from, to] = membershipKeys(write.store, { listId, contactId });
  const ids = write.store
    .sql('SELECT id FROM interaction WHERE eventKey >= ? AND eventKey < ? AND kind = ? AND deletedAtMs IS NULL')
    .pluck()
    .all(from, to, joined ? 'subscribed' : 'unsubscribed') as number[];
  return ids.some((id) => made.get(id)?.created === true);
}

const activeOf = (store: ReadableStore, { listId, contactId }: Pair): Member[] =>
  store
    .sql(
      `SELECT id, uid, listId, contactId, createdAtMs FROM list_member
       WHERE listId = ? AND contactId = ? AND deletedAtMs IS NULL ORDER BY uid`,
    )
    .all(listId, contactId) as Member[];

/** All but the first, with the moment from which there were two: the same on every laptop. */
function surplusOf(store: ReadableStore, pair: Pair): { id: number; atMs: number }[] {
  const [first, ...others] = activeOf(store, pair);
  if (!first) return [];
  return others.map(({ id, createdAtMs }) => ({ id, atMs: Math.max(createdAtMs, first.createdAtMs) }));
}

/** What the event keys of a contact's joinings and leavings of a list stand between. */
export function membershipKeys(store: ReadableStore, { listId, contactId }: Pair): readonly [from: string, to: string] {
  const start = `list:${uuidOf(store, 'subscriptionList', listId)}:${uuidOf(store, 'contact', contactId)}`;
  return [`${start}:`, `${start};`];
}

/**
 * Whether the contact ever left the list, by a word of their own or of a file. A membership in the bin alone does not say
 * so: taking an import back, or one who was put on by mistake, is nobody's leaving. By contact and not by event key alone:
 * one who left under a record that was merged into this one left too.
 */
export const hasLeftList = (store: ReadableStore, pair: Pair): boolean => leavingsOf(store, pair).length > 0;

/** Row ids of the interactions that say that the contact left the list. */
export function leavingsOf(store: ReadableStore, { listId, contactId }: Pair): number[] {
  const start = `list:${uuidOf(store, 'subscriptionList', listId)}`;
  return store
    .sql(
      // few are of one contact, and many of one list
      `SELECT id FROM interaction WHERE contactId = ? AND kind = 'unsubscribed' AND deletedAtMs IS NULL
       AND +eventKey >= ? AND +eventKey < ?`,
    )
    .pluck()
    .all(contactId, `${start}:`, `${start};`) as number[];
}

/**
 * Says that a contact joined or left a list, for a writer that knows when it was; the rule above then adds nothing. In
 * the write that changes the membership.
 */
export const recordMembershipMove = (
  write: Write,
  move: Pair & { readonly joined: boolean; readonly atMs: number },
): void => record(write, move);

function record(
  write: Write,
  { listId, contactId, joined, atMs }: Pair & { readonly joined: boolean; readonly atMs: number },
): void {
  const { store } = write;
  const prefix = `${membershipKeys(store, { listId, contactId })[0]}${joined ? 'joined' : 'left'}:`;
  const times = store
    .sql('SELECT count(*) FROM interaction WHERE eventKey >= ? AND eventKey < ?')
    .pluck()
    .get(prefix, `${prefix.slice(0, -1)};`) as number;
  const eventKey = `${prefix}${times + 1}`;
  const name = store.sql('SELECT label FROM subscription_list WHERE id = ?').pluck().get(listId) as string;
  createRecord(
    write,
    'interaction',
    {
      kind: joined ? 'subscribed' : 'unsubscribed',
      occurredAtMs: atMs,
      eventKey,
      contactId,
      subject: name,
    },
    uidOfText(eventKey),
  );
}

/** How many contacts are on a list more than once; null for none. */
export function wrongMemberships(store: ReadableStore): string | null {
  const wrong = store
    .sql(
      `SELECT count(*) FROM (SELECT 1 FROM list_member WHERE deletedAtMs IS NULL
       GROUP BY listId, contactId HAVING count(*) > 1)`,
    )
    .pluck()
    .get() as number;
  return wrong === 0 ? null : `${wrong} contacts are on a list more than once.`;
}

/** Leaves each contact on a list once. */
export function rebuildMemberships(write: Write): void {
  const pairs = write.store
    .sql(
      `SELECT listId, contactId FROM list_member WHERE deletedAtMs IS NULL
       GROUP BY listId, contactId HAVING count(*) > 1`,
    )
    .all() as Pair[];
  for (const { id, atMs } of pairs.flatMap((pair) => surplusOf(write.store, pair))) {
    applyPatch(write, 'listMember', id, {}, atMs);
  }
}
