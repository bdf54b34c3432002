/** Whatever a file holds: twice is once, halves in any order are the whole, and taking it back leaves what was there. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkStore } from '../../db/check.ts';
import { derivedData } from '../../db/derived/checks.ts';
import type { InputOf } from '../../shared/contract/index.ts';
import { importHandlers } from '../../electron/features/imports/imports.handlers.ts';
import { recordsHandlers } from '../../electron/features/records/records.handlers.ts';
import { workspaceWith } from '../helpers/calls.ts';
import { temporaryFolder } from '../helpers/store.ts';

type Kind = 'contacts' | 'leads' | 'accounts' | 'members';

function workspace() {
  const made = workspaceWith({ ...importHandlers, ...recordsHandlers });
  const { get, test } = made;
  const run = (kind: Kind, rows: readonly (readonly string[])[], options: Partial<InputOf<'imports.run'>> = {}) => {
    const file = join(temporaryFolder(), 'people.csv');
    writeFileSync(file, [heads[kind], ...rows.map((cells) => cells.join(','))].join('\n'));
    test.clock.nowMs += 60_000;
    const list = kind === 'members' ? { list: 'News' } : {};
    return get('imports.run', { file, kind, createContacts: kind === 'leads', ...list, ...options });
  };
  /** What people see: records with their links and scores, and what a search finds; not by which write they came to be. */
  const seen = async () => {
    const rows = (sql: string): unknown => test.store.sql(sql).raw().all();
    const found = await Promise.all(
      ['ann', 'bo', 'acme', 'note'].map(async (search) => {
        const { rows: contacts } = await get('contacts.list', { search, limit: 50 });
        return contacts.map(({ label }) => label).toSorted();
      }),
    );
    return {
      contacts: rows(
        `SELECT contact.label, contact.emails, contact.phones, contact.description, contact.tags, role, marketingOnly,
           contact.flaggedValues, account.label
         FROM contact LEFT JOIN account ON account.id = accountId WHERE contact.deletedAtMs IS NULL ORDER BY 1, 2, 3, 4`,
      ),
      leads: rows(
        `SELECT lead.label, topic, contact.label, score, grade, stage FROM lead LEFT JOIN contact ON contact.id = contactId
         WHERE lead.deletedAtMs IS NULL ORDER BY 1, 2, 3`,
      ),
      accounts: rows(
        `SELECT account.label, account.industry, parent.label FROM account
         LEFT JOIN account AS parent ON parent.id = account.parentAccountId
         WHERE account.deletedAtMs IS NULL ORDER BY 1, 2`,
      ),
      members: rows(
        `SELECT contact.label FROM list_member JOIN contact ON contact.id = contactId
         WHERE list_member.deletedAtMs IS NULL ORDER BY 1`,
      ),
      happened: rows(
        `SELECT contact.label, kind FROM interaction JOIN contact ON contact.id = contactId
         WHERE interaction.deletedAtMs IS NULL ORDER BY 1, 2`,
      ),
      found,
    };
  };
  const expectSound = (): void => {
    const steps = checkStore(test.store);
    let step = steps.next();
    while (!step.done) step = steps.next();
    expect(step.value.filter(({ ok }) => !ok)).toEqual([]);
    expect(derivedData.flatMap((each) => each.check(test.store) ?? [])).toEqual([]);
  };
  return { ...made, run, seen, expectSound };
}

const heads: Readonly<Record<Kind, string>> = {
  contacts: 'First Name,Email,Phone,Company,Notes,Tags,Role',
  leads: 'First Name,Email,Phone,Company,Notes,Tags,Topic',
  accounts: 'Account Name,Website,Phone,Parent Account,Notes,Tags,Industry',
  members: 'First Name,Email,Phone,Company,Notes,Tags,Status',
};
const pick = (...values: readonly string[]) => fc.constantFrom(...values);
const cells = fc.record({
  name: pick('Ann', 'Bo', 'Åsa', '王'),
  phone: pick('', '0475123456', 'reception'),
  company: pick('', 'Acme', 'Beta Ltd', 'Gamma'),
  note: pick('', 'note one', 'note two'),
  tag: pick('', 'vip', 'VIP'),
  last: pick('', 'Influencer', 'Unsubscribed', 'Pumps'),
});
/** Rows of different people: each has an email of its own, or is told from the others by a name that nobody else has. */
const peopleOf = (rows: readonly (typeof cells extends fc.Arbitrary<infer T> ? T : never)[], kind: Kind) =>
  rows.map(({ name, phone, company, note, tag, last }, at) => {
    const own = at % 3 === 2 ? '' : `p${at}@x.example`;
    const first =
      kind === 'accounts' ? `${['Acme', 'Beta Ltd'][at] ?? name} ${at > 1 ? at : ''}`.trim() : `${name}${at}`;
    const second = kind === 'accounts' ? (own === '' ? '' : `https://x${at}.example`) : own;
    // of two that each call the other one their parent, the first to come is believed
    const parent = kind === 'accounts' && at === 1 && company === 'Acme' ? '' : company;
    return [first, second, phone, parent, note, tag, last];
  });
const kinds = fc.constantFrom<Kind>('contacts', 'leads', 'accounts', 'members');
const onHit = fc.constantFrom('fillEmpty', 'overwrite', 'keep', undefined);
const files = fc.array(cells, { minLength: 2, maxLength: 9 });
const given = (action: 'fillEmpty' | 'overwrite' | 'keep' | undefined) =>
  action === undefined ? {} : { onHit: action };

it('imported twice is imported once, and in two halves in any order too', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(kinds, files, fc.nat(20), fc.boolean(), onHit, async (kind, rows, cut, swapped, action) => {
      const people = peopleOf(rows, kind);
      const whole = workspace();
      await whole.run(kind, people, given(action));
      const once = await whole.seen();
      expect(await whole.run(kind, people, given(action))).toMatchObject({ created: 0, updated: 0 });
      expect(await whole.seen()).toEqual(once);

      const at = 1 + (cut % (people.length - 1));
      const halves = [people.slice(0, at), people.slice(at)];
      const parts = workspace();
      for (const half of swapped ? halves.toReversed() : halves) await parts.run(kind, half, given(action));
      expect(await parts.seen()).toEqual(once);
      parts.expectSound();
    }),
    { numRuns: 12 },
  );
});

it('taken back leaves records, links, scores and what a search finds as they were', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(kinds, kinds, files, files, onHit, async (first, second, before, after, action) => {
      const { run, seen, get, expectSound } = workspace();
      await run(first, peopleOf(before, first));
      const was = await seen();
      // others of the same people, with other values
      const { importId } = await run(second, peopleOf(after, second), given(action));
      await get('imports.undo', { importId });
      expect(await seen()).toEqual(was);
      expectSound();
    }),
    { numRuns: 12 },
  );
});
