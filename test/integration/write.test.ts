import { describe, expect, it } from 'vitest';
import { listRecords } from '../../db/query/list.ts';
import { undoWrite } from '../../db/change-log/undo.ts';
import { readStored, readWire, rowIdOf, uuidOf } from '../../db/records/read.ts';
import { asRule, createRecord, setDeleted, updateRecord, write } from '../../db/records/write.ts';
import { databaseKeyOf, newSecret, recoveryCodeOf, secretOfRecoveryCode } from '../../db/keys.ts';
import { openConnection } from '../../db/connection.ts';
import { entityOf } from '../../shared/model/entities.ts';
import { freshStore, readerOf } from '../helpers/store.ts';

const email = (address: string) => ({
  address,
  kind: 'work' as const,
  primary: true,
  optedOut: false,
  bounced: false,
  valid: true,
});

const counterOf = (store: ReturnType<typeof freshStore>['store'], name: string): number =>
  (store.connection.prepare('SELECT value FROM counter WHERE name = ?').get(name) as { value: number } | undefined)
    ?.value ?? 0;

describe('the write path', () => {
  it('keeps record, search index, child rows, counter and log together', () => {
    const test = freshStore();
    const { store } = test;
    const made = write(store, { cause: 'edit' }, (w) =>
      createRecord(w, 'contact', { givenName: 'José', familyName: 'Østergaard', emails: [email('Jose@Example.com')] }),
    );
    const reader = readerOf(test);
    expect(readWire(reader, 'contact', made.value.uuid)).toMatchObject({
      label: 'José Østergaard',
      email: 'Jose@Example.com',
    });
    expect(reader.sql('SELECT rowid AS id FROM contact_search WHERE contact_search MATCH \'"ost"\'').all()).toEqual([
      { id: made.value.id },
    ]);
    expect(reader.sql('SELECT addressKey FROM contact_email').all()).toEqual([{ addressKey: 'jose@example.com' }]);
    expect(counterOf(store, 'contact')).toBe(1);
    expect(reader.sql("SELECT created, json_extract(fields, '$.givenName[1]') AS given FROM change").all()).toEqual([
      { created: 1, given: 'José' },
    ]);
  });

  it('stores and logs the same whichever fields are given, in whatever order and however many combinations', () => {
    const { store } = freshStore();
    const all = {
      givenName: 'O’Brien "B"\n',
      company: "L'Étoile \\ Co",
      jobTitle: 'Buyer',
      emails: [email('a@b.example')],
      ownerId: 1,
      marketingOnly: true,
      consentLevel: 'explicit' as const,
      birthDate: null,
      child: false,
    };
    const names = Object.keys(all) as (keyof typeof all)[];
    // what was changed later comes last
    const inOrder = [
      ...Object.keys(entityOf('contact').fields).filter((name) => name !== 'description'),
      'description',
    ];
    write(store, { cause: 'edit' }, (w) => {
      const owner = createRecord(w, 'user', { name: 'Kim' });
      expect(owner.id).toBe(1);
      for (let combination = 0; combination < 2 ** names.length; combination += 1) {
        const given = names.filter((_, index) => (combination >> index) & 1);
        if (combination % 2 === 0) given.reverse();
        const values = Object.fromEntries(given.map((name) => [name, all[name]]));
        const { id } = createRecord(w, 'contact', values);
        const stored = readStored(store, 'contact', id)?.values as Record<string, unknown>;
        const initial = Object.fromEntries(
          Object.entries(entityOf('contact').fields).map(([name, field]) => [name, field.initial ?? null]),
        );
        expect(stored).toEqual({ ...initial, ...values, email: given.includes('emails') ? 'a@b.example' : null });
        // a second look at the same record makes its entry by the other way: both are the same
        if (combination % 3 === 0) updateRecord(w, 'contact', id, { description: 'x' });
      }
      return owner;
    });
    const owner = uuidOf(store, 'user', 1);
    const logged = store.sql('SELECT recordId, fields FROM change WHERE entity = 1 ORDER BY recordId').all();
    expect(logged).toHaveLength(2 ** names.length);
    for (const row of logged as { recordId: number; fields: string }[]) {
      const fields = JSON.parse(row.fields) as Record<string, readonly [unknown, unknown]>;
      const stored = readStored(store, 'contact', row.recordId)?.values as Record<string, unknown>;
      const expected = inOrder.flatMap((name) => {
        const field = entityOf('contact').fields[name as 'company'] as { initial?: unknown; derived?: boolean };
        const before = field.initial ?? null;
        if (name === 'email' || field.derived || JSON.stringify(stored[name]) === JSON.stringify(before)) return [];
        return [[name, [before, name === 'ownerId' ? owner : stored[name]]]];
      });
      expect(row.fields).toBe(JSON.stringify(Object.fromEntries(expected)));
      expect(Object.keys(fields)).not.toContain('birthDate');
    }
  });

  it('logs an update once a record and write, with the first old and the last new value', () => {
    const { store } = freshStore();
    const { value: contact } = write(store, { cause: 'edit' }, (w) => createRecord(w, 'contact', { givenName: 'Ann' }));
    write(store, { cause: 'edit' }, (w) => {
      updateRecord(w, 'contact', contact.id, { jobTitle: 'Buyer' });
      updateRecord(w, 'contact', contact.id, { jobTitle: 'Chief buyer', role: 'decisionMaker' });
    });
    const rows = store.sql('SELECT fields FROM change WHERE created = 0').all() as { fields: string }[];
    expect(rows.map((row) => JSON.parse(row.fields))).toEqual([
      { jobTitle: [null, 'Chief buyer'], role: [null, 'decisionMaker'] },
    ]);
  });

  it('logs what a rule does under the rule, apart from the edit that made it fire, and undoes both', () => {
    const { store } = freshStore();
    const made = write(store, { cause: 'edit' }, (w) => {
      const contact = createRecord(w, 'contact', { givenName: 'Ann' });
      asRule(w, 'someRule', () => updateRecord(w, 'contact', contact.id, { jobTitle: 'Buyer' }));
      expect([...(w.touched.get('contact')?.get(contact.id)?.fields.keys() ?? [])]).toEqual(['givenName', 'jobTitle']);
      return contact;
    });
    const rows = store
      .sql(
        'SELECT cause, causeLabel, parentWriteId, fields FROM change JOIN write ON write.id = writeId ORDER BY write.id',
      )
      .all();
    expect(rows).toEqual([
      { cause: 'edit', causeLabel: null, parentWriteId: null, fields: '{"givenName":[null,"Ann"]}' },
      { cause: 'rule', causeLabel: 'someRule', parentWriteId: made.writeId, fields: '{"jobTitle":[null,"Buyer"]}' },
    ]);
    undoWrite(store, made.writeId ?? 0);
    expect(readWire(store, 'contact', made.value.uuid)).toMatchObject({ jobTitle: null });
  });

  it('writes nothing when nothing differs', () => {
    const { store } = freshStore();
    const { value: contact } = write(store, { cause: 'edit' }, (w) => createRecord(w, 'contact', { givenName: 'Ann' }));
    const result = write(store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', contact.id, { givenName: 'Ann' }));
    expect(result).toEqual({ value: false, writeId: null });
  });

  it('rolls everything back when the work throws', () => {
    const { store } = freshStore();
    expect(() =>
      write(store, { cause: 'edit' }, (w) => {
        createRecord(w, 'contact', { givenName: 'Ann' });
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(store.sql('SELECT count(*) AS n FROM contact').get()).toEqual({ n: 0 });
    expect(store.sql('SELECT count(*) AS n FROM contact_search').get()).toEqual({ n: 0 });
  });

  it('undoes creation, edit, link and deletion, and undoes the undo', () => {
    const { store } = freshStore();
    const made = write(store, { cause: 'edit' }, (w) => {
      const account = createRecord(w, 'account', { name: 'Contoso' });
      const contact = createRecord(w, 'contact', { givenName: 'Ann', accountId: account.id });
      return { account, contact };
    });
    const { contact } = made.value;
    const edit = write(store, { cause: 'edit' }, (w) =>
      updateRecord(w, 'contact', contact.id, { accountId: null, jobTitle: 'Buyer' }),
    );
    const undone = undoWrite(store, edit.writeId ?? 0);
    expect(undone).toMatchObject({ ok: true, value: { undone: 1, kept: 0 } });
    expect(readWire(store, 'contact', contact.uuid)).toMatchObject({
      jobTitle: null,
      accountId: made.value.account.uuid,
    });
    expect(undoWrite(store, edit.writeId ?? 0)).toMatchObject({ ok: false, error: { code: 'alreadyUndone' } });

    const removal = write(store, { cause: 'edit' }, (w) => setDeleted(w, 'contact', contact.id, true));
    expect(counterOf(store, 'contact')).toBe(0);
    const search = (view: 'all' | 'bin') =>
      listRecords(store, 'contact', { limit: 9, search: 'ann', view }, { userRow: null, filters: [] });
    expect(search('all')).toMatchObject({ ok: true, value: { total: 0 } });
    expect(search('bin')).toMatchObject({ ok: true, value: { total: 1 } });
    undoWrite(store, removal.writeId ?? 0);
    expect(counterOf(store, 'contact')).toBe(1);
    expect(readWire(store, 'contact', contact.uuid)?.deletedAtMs).toBeNull();

    const creationUndone = undoWrite(store, made.writeId ?? 0);
    expect(creationUndone.ok).toBe(true);
    expect(readWire(store, 'contact', contact.uuid)?.deletedAtMs).not.toBeNull();
    if (creationUndone.ok) undoWrite(store, creationUndone.value.writeId);
    expect(readWire(store, 'contact', contact.uuid)?.deletedAtMs).toBeNull();
  });

  it('leaves alone what changed since, and says so', () => {
    const { store } = freshStore();
    const { value: contact } = write(store, { cause: 'edit' }, (w) => createRecord(w, 'contact', { givenName: 'Ann' }));
    const first = write(store, { cause: 'edit' }, (w) =>
      updateRecord(w, 'contact', contact.id, { jobTitle: 'Buyer', company: 'A' }),
    );
    write(store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', contact.id, { jobTitle: 'Director' }));
    expect(undoWrite(store, first.writeId ?? 0)).toMatchObject({ ok: true, value: { undone: 1, kept: 1 } });
    expect(readWire(store, 'contact', contact.uuid)).toMatchObject({ jobTitle: 'Director', company: null });
  });
});

describe('the key', () => {
  it('opens the database by its recovery code alone, however it is typed', () => {
    const secret = newSecret();
    const code = recoveryCodeOf(secret);
    expect(secretOfRecoveryCode(code.toLowerCase().replaceAll('-', ' '))).toEqual({ ok: true, value: secret });
    const wrong = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`;
    expect(secretOfRecoveryCode(wrong)).toMatchObject({ ok: false, error: { code: 'wrongRecoveryCode' } });
  });

  it('refuses another key', () => {
    const { path } = freshStore();
    const opened = openConnection({ path, key: databaseKeyOf(newSecret()), access: 'write' });
    expect(opened).toMatchObject({ ok: false, error: { code: 'wrongPassphrase' } });
  });
});

it('finds no row for an id that is not here', () => {
  const { store } = freshStore();
  expect(rowIdOf(store, 'contact', '01900000-0000-7000-8000-000000000000')).toBeNull();
});

it('writes a Chinese, Japanese or Korean name family name first, and finds it by either part', () => {
  const { store } = freshStore();
  write(store, { cause: 'edit' }, (w) => {
    createRecord(w, 'contact', { givenName: '芳', familyName: '王' });
    createRecord(w, 'contact', { givenName: '太郎', familyName: '鈴木' });
    createRecord(w, 'contact', { givenName: 'Ann', familyName: '王' });
  });
  expect(store.sql('SELECT label FROM contact ORDER BY id').pluck().all()).toEqual(['王芳', '鈴木太郎', 'Ann 王']);
  const found = (trigram: string) =>
    store.sql('SELECT rowid FROM contact_search WHERE contact_search MATCH ?').pluck().all(`"${trigram}"`);
  expect(found('  芳')).toEqual([1]);
  expect(found(' 太郎')).toEqual([2]);
});

it('keeps the shapes of a shared statement apart', () => {
  const { store } = freshStore();
  const text = 'SELECT 1 AS one';
  const rows = store.sql(text);
  expect(store.sql(text).pluck().get()).toBe(1);
  expect(store.sql(text).raw().get()).toEqual([1]);
  expect(rows.get()).toEqual({ one: 1 });
  expect(store.sql(text).get()).toEqual({ one: 1 });
});
