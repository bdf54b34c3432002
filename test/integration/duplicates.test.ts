import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { undoWrite } from '../../db/change-log/undo.ts';
import { createRecord, setDeleted, updateRecord, write } from '../../db/records/write.ts';
import { duplicatesHandlers } from '../../electron/features/duplicates/duplicates.handlers.ts';
import type { Job } from '../../electron/features/handler.ts';
import { workspaceWith } from '../helpers/calls.ts';
import { outpost, outpostJson } from '../helpers/outpost.ts';
import { temporaryFolder } from '../helpers/store.ts';

const emails = (address: string) => [
  { address, kind: 'work', primary: true, optedOut: false, bounced: false, valid: true } as const,
];

function filled(job?: Job) {
  const made = workspaceWith(duplicatesHandlers, job);
  const { store } = made.test;
  const person = (givenName: string, familyName: string, address: string) => ({
    givenName,
    familyName,
    birthDate: '1980-02-03',
    emails: emails(address),
    externalId: `${givenName}-1`,
    externalSource: 'crm',
  });
  const ids = write(store, { cause: 'edit' }, (w) => [
    createRecord(w, 'contact', person('Jörg', 'Müllner', 'j.muellner@x.example')).id,
    createRecord(w, 'contact', person('Joerg', 'Mullner', 'j.muellner@x.example')).id,
    ...Array.from({ length: 60 }, (_, at) =>
      createRecord(w, 'contact', {
        givenName: `Name${at}`,
        familyName: `Other${at * 7}`,
        company: 'Acme',
        emails: emails('info@x.example'),
        birthDate: `19${10 + at}-06-11`,
      }),
    ).map(({ id }) => id),
  ]).value;
  return { ...made, ids };
}

describe('duplicates.find', () => {
  it('gives the pair with what speaks for it in words, and those who share a mailbox not', async () => {
    const { get } = filled();
    const found = await get('duplicates.find', { of: 'contact' });
    expect(found).toMatchObject({ total: 1, records: 62, bulkMergeProbability: 0.99 });
    const [pair] = found.pairs;
    expect(pair).toMatchObject({ externalIds: ['Jörg-1', 'Joerg-1'], labels: ['Jörg Müllner', 'Joerg Mullner'] });
    expect(pair?.probability).toBeGreaterThan(0.99);
    expect(pair?.evidence.map(({ field, level }) => `${field} ${level}`)).toEqual(
      expect.arrayContaining(['givenName variant', 'familyName same', 'birthDate same', 'email same']),
    );
    expect(pair?.evidence.find(({ field }) => field === 'familyName')?.words).toBe(
      'Family name: the same (Müllner; Mullner)',
    );
  });

  it('leaves those in the bin out, and answers an empty database with nothing', async () => {
    const { get, test, ids } = filled();
    write(test.store, { cause: 'edit' }, (w) => setDeleted(w, 'contact', ids[1] ?? 0, true));
    expect((await get('duplicates.find', { of: 'contact' })).pairs).toEqual([]);
    for (const of of ['account', 'lead'] as const) expect((await get('duplicates.find', { of })).pairs).toEqual([]);
  });

  it('finds leads of one interest, and lets those of two interests be two', async () => {
    const { get, test } = workspaceWith(duplicatesHandlers);
    write(test.store, { cause: 'edit' }, (w) => {
      const lead = (topic: string, name: string) =>
        createRecord(w, 'lead', { topic, givenName: 'Ida', familyName: name, emails: emails(`ida.${name}@x.example`) });
      lead('Fair', 'Okonkwo');
      lead('Fair', 'Okonkwo');
      lead('Fair', 'Brandstrup');
      lead('Newsletter', 'Brandstrup');
      for (let at = 0; at < 40; at += 1) lead(at % 2 ? 'Fair' : 'Newsletter', `Person${at}`);
    });
    const { pairs } = await get('duplicates.find', { of: 'lead' });
    expect(pairs[0]?.labels).toEqual(['Ida Okonkwo · Fair', 'Ida Okonkwo · Fair']);
    const other = pairs.find(({ labels }) => labels[0].startsWith('Ida Brandstrup'));
    expect(other?.probability ?? 0).toBeLessThan(pairs[0]?.probability ?? 0);
  });

  it('stops when it is asked to', async () => {
    const job = { jobId: 'j', report: () => {}, isCancelled: () => true, breathe: () => Promise.resolve() };
    expect(await filled(job).call('duplicates.find', { of: 'contact' })).toMatchObject({
      error: { code: 'cancelled' },
    });
  });
});

describe('duplicates.results', () => {
  /** Three records of one person, two of another, and sixty who are not. */
  function searched() {
    const made = filled();
    const { store } = made.test;
    const { uuids } = write(store, { cause: 'edit' }, (w) => {
      const again = (givenName: string, familyName: string, address: string, birthDate: string) =>
        createRecord(w, 'contact', { givenName, familyName, birthDate, emails: emails(address) }).uuid;
      return {
        uuids: [
          again('Jørg', 'Müllner', 'j.muellner@x.example', '1980-02-03'),
          again('Ida', 'Quackenbush', 'ida@q.example', '1971-05-06'),
          again('Ida', 'Quackenbusch', 'ida@q.example', '1971-05-06'),
        ],
      };
    }).value;
    return { ...made, uuids };
  }

  it('keeps what the search found, groups what hangs together, and drops what was decided, until that is taken back', async () => {
    const { get, uuids, test } = searched();
    expect(await get('duplicates.results', { of: 'contact' })).toMatchObject({ search: null, rows: [] });
    expect((await get('duplicates.search', { of: 'contact' })).pairs).toBe(4);
    const first = await get('duplicates.results', { of: 'contact' });
    expect(first).toMatchObject({ search: { records: 65, stale: false }, total: 2, pairs: 4 });
    expect(first.rows.map(({ members }) => members.length).toSorted()).toEqual([2, 3]);
    const [, ida = '', idaToo = ''] = uuids;
    test.clock.nowMs += 1000;
    await get('duplicates.decide', { of: 'contact', pairs: [[idaToo, ida]], decision: 'different' });
    expect((await get('duplicates.results', { of: 'contact' })).total).toBe(1);
    // and a new search does not propose them again
    expect((await get('duplicates.search', { of: 'contact' })).pairs).toBe(3);
    expect((await get('duplicates.find', { of: 'contact' })).total).toBe(3);
    await get('duplicates.decide', { of: 'contact', pairs: [[ida, idaToo]], decision: 'same' });
    // it comes back as it was found before, also without another search
    expect((await get('duplicates.results', { of: 'contact' })).total).toBe(2);
    expect((await get('duplicates.search', { of: 'contact' })).pairs).toBe(4);
    expect(test.store.sql('SELECT count(*) FROM duplicate_decision').pluck().get()).toBe(1);
  });

  it('is stale once records changed, other than by merging what it found', async () => {
    const { get, test, ids } = searched();
    await get('duplicates.search', { of: 'contact' });
    const { rows } = await get('duplicates.results', { of: 'contact' });
    test.clock.nowMs += 1000;
    const [keep = '', ...others] = rows.find(({ members }) => members.length === 3)?.members.map(({ id }) => id) ?? [];
    const { writeId } = await get('duplicates.merge', { of: 'contact', keep, others });
    expect(await get('duplicates.results', { of: 'contact' })).toMatchObject({ total: 1, search: { stale: false } });
    test.clock.nowMs += 1000;
    expect(undoWrite(test.store, writeId)).toMatchObject({ ok: true });
    expect(await get('duplicates.results', { of: 'contact' })).toMatchObject({ total: 2, search: { stale: false } });
    test.clock.nowMs += 1000;
    write(test.store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', ids[5] ?? 0, { nickname: 'x' }));
    expect(await get('duplicates.results', { of: 'contact' })).toMatchObject({ search: { stale: true } });
  });

  it('is what a merge in bulk and its sample are taken from', async () => {
    const { get } = searched();
    await get('duplicates.search', { of: 'contact' });
    const groups = await get('duplicates.groups', { of: 'contact', level: 0.5 });
    expect(groups).toMatchObject({ pairs: 4, records: 5, leftOut: 0 });
    expect(groups.expected).toBeGreaterThan(0.9);
    const drawn = await get('duplicates.sample', { of: 'contact', level: 0.5, size: 3 });
    expect(drawn.pairs).toHaveLength(3);
    expect(await get('duplicates.sample', { of: 'contact', level: 0.5, size: 3 })).toEqual(drawn);
    const [pair] = drawn.pairs;
    if (!pair) throw new Error('there are pairs');
    await get('duplicates.decide', { of: 'contact', pairs: [pair.ids], decision: 'different' });
    const after = await get('duplicates.sample', { of: 'contact', level: 0.5, size: 3 });
    expect(after.pairs.map(({ decision }) => decision)).toEqual(['different', null, null]);
    // a group of which two are known to be different waits for a person
    const left = await get('duplicates.groups', { of: 'contact', level: 0.5 });
    expect(left.records + left.leftOut * 3).toBe(pair.labels[0].includes('M') ? 5 : 3);
  });

  it('is not needed to look for those of one record', async () => {
    const { get, uuids } = searched();
    const { pairs } = await get('duplicates.ofRecord', { of: 'contact', id: uuids[0] ?? '' });
    expect(pairs.map(({ labels }) => labels[1]).toSorted()).toEqual(['Joerg Mullner', 'Jörg Müllner']);
  });
});

describe('duplicates.explain', () => {
  it('explains any two by what was learned of all, so that the bits add up to the odds', async () => {
    const { get } = filled();
    const [pair] = (await get('duplicates.find', { of: 'contact' })).pairs;
    if (!pair) throw new Error('there is a pair');
    const [a, b] = pair.ids;
    const explained = await get('duplicates.explain', { of: 'contact', a, b });
    expect(explained).toMatchObject({ probability: pair.probability, evidence: pair.evidence });
    const bits = explained.evidence.reduce((sum, each) => sum + each.bits, explained.priorBits);
    expect(1 / (1 + 2 ** -bits)).toBeCloseTo(explained.probability, 2);
  });

  it('refuses a record with itself and one that is not there', async () => {
    const { call } = filled();
    const id = '01890000-0000-7000-8000-000000000000';
    const other = '01890000-0000-7000-8000-000000000001';
    expect(await call('duplicates.explain', { of: 'contact', a: id, b: id })).toMatchObject({
      error: { code: 'badInput' },
    });
    expect(await call('duplicates.explain', { of: 'contact', a: id, b: other })).toMatchObject({
      error: { code: 'notFound' },
    });
  });
});

// (five processes, each some seconds where many others want the processor: a minute was too little once)
it('is there for a shell', { timeout: 240_000 }, async () => {
  const folder = temporaryFolder();
  const db = join(folder, 'd.outpost');
  await outpostJson(['init', '--db', db, '--plain']);
  const file = join(folder, 'people.csv');
  const others = Array.from({ length: 30 }, (_, at) => `x${at},Name${at},Other${at},19${20 + at}-03-04`);
  writeFileSync(
    file,
    ['ref,First Name,Last Name,DOB', 'a1,Ann,Quackenbush,1980-02-03', 'a2,Anne,Quackenbush,1980-02-03', ...others].join(
      '\n',
    ),
  );
  await outpostJson(['import', file, '--as', 'contacts', '--key', 'ref', '--db', db]);
  type Pairs = { pairs: { ids: [string, string]; externalIds: string[]; probability: number; evidence: unknown[] }[] };
  const { pairs } = await outpostJson<Pairs>([
    'duplicates',
    '--of',
    'contacts',
    '--db',
    db,
    '--min-probability',
    '0.5',
  ]);
  expect(pairs).toMatchObject([{ externalIds: ['a1', 'a2'] }]);
  const [a = '', b = ''] = pairs[0]?.ids ?? [];
  const told = await outpost(['explain-match', a, b, '--db', db]);
  expect(told.status, told.err).toBe(0);
  expect(told.out).toContain('Family name: the same (Quackenbush)');
  const nobody = '00000000-0000-7000-8000-000000000000';
  const lost = await outpost(['merge', a, nobody, '--db', db]);
  expect([lost.status, lost.err]).toEqual([1, expect.stringContaining(`with the id ${nobody}`)]);
  expect((await outpost(['duplicates', '--of', 'contacts', '--db', db, '--min-probability', '2'])).status).toBe(2);
});
