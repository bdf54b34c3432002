/**
 * How many contacts an account has (column `contactCount`). An account should have at least one: one without is
 * allowed, marked and listed, because no segment can reach it (domain.md section 1). Contacts in the bin do not count.
 *
 * Example: moving the only contact of Contoso to another account puts Contoso into the view of accounts without one.
 */
import { countIn, revisionCounter } from '../records/counters.ts';
import type { Write } from '../records/write.ts';

export function keepAccountContacts(write: Write): void {
  const contacts = write.touched.get('contact');
  if (!contacts) return;
  const { store } = write;
  const deltas = new Map<number, number>();
  const add = (accountId: number | null, delta: number): void => {
    if (accountId !== null) deltas.set(accountId, (deltas.get(accountId) ?? 0) + delta);
  };
  for (const [id, { created, fields }] of contacts) {
    const account = fields.get('accountId') as readonly [number | null, number | null] | undefined;
    const bin = fields.get('deletedAtMs') as readonly [number | null, number | null] | undefined;
    if (!account && !bin) continue;
    const now = store.sql('SELECT accountId, deletedAtMs FROM contact WHERE id = ?').get(id) as {
      accountId: number | null;
      deletedAtMs: number | null;
    };
    const wasAlive = !created && (bin ? bin[0] : now.deletedAtMs) === null;
    if (wasAlive) add(account ? account[0] : now.accountId, -1);
    if (now.deletedAtMs === null) add(now.accountId, 1);
  }
  const change = store.sql('UPDATE account SET contactCount = contactCount + ? WHERE id = ?');
  for (const [accountId, delta] of deltas) {
    if (delta === 0) continue;
    change.run(delta, accountId);
    countIn(write, [revisionCounter('account')], 1);
  }
}

/** SQL that finds accounts whose count is not what their contacts say. */
export const wrongContactCounts = `
  SELECT account.id AS id FROM account
  LEFT JOIN (SELECT accountId, count(*) AS n FROM contact WHERE accountId IS NOT NULL AND deletedAtMs IS NULL GROUP BY accountId) AS found
    ON found.accountId = account.id
  WHERE account.contactCount <> coalesce(found.n, 0)`;

/** Counts all again. */
export function rebuildAccountContacts(write: Write): void {
  const { store } = write;
  const wrong = store.sql(wrongContactCounts).pluck().all() as number[];
  const fix = store.sql(
    `UPDATE account SET contactCount =
       (SELECT count(*) FROM contact WHERE contact.accountId = account.id AND contact.deletedAtMs IS NULL) WHERE id = ?`,
  );
  for (const id of wrong) fix.run(id);
  if (wrong.length > 0) countIn(write, [revisionCounter('account')], wrong.length);
}
