import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRecord, setDeleted, write } from '../../db/records/write.ts';
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

it('is there for a shell', { timeout: 60_000 }, async () => {
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
  expect((await outpost(['explain-match', a, b, '--db', db])).out).toContain('Family name: the same (Quackenbush)');
  expect((await outpost(['duplicates', '--of', 'contacts', '--db', db, '--min-probability', '2'])).status).toBe(2);
});
