import { describe, expect, it } from 'vitest';
import { createRecord, write } from '../../db/records/write.ts';
import { findCandidates, findCandidatesInSteps } from '../../db/query/match-candidates.ts';
import { readStoredWhere } from '../../db/records/read.ts';
import { writeSetting } from '../../db/store.ts';
import { uidToUuid } from '../../db/uuid.ts';
import { importOptionsSchema } from '../../shared/contract/imports.ts';
import { matchingDefinitionSchema, readsAllRecords } from '../../shared/rules/matching/definition.ts';
import { importHandlers } from '../../electron/features/imports/imports.handlers.ts';
import { linkAll } from '../../electron/features/leads/link.service.ts';
import { reviewHandlers } from '../../electron/features/review/review.handlers.ts';
import { shippedIds, writeShippedConfiguration } from '../../electron/features/setup/shipped.ts';
import { booth, type Submit, submit } from '../helpers/booth.ts';
import { contextOf } from '../helpers/context.ts';
import { freshStore, temporaryFolder } from '../helpers/store.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const email = (address: string) => [
  { kind: 'work' as const, address, primary: true, optedOut: false, bounced: false, valid: true },
];

function people() {
  const test = freshStore();
  write(test.store, { cause: 'system' }, (w) => {
    writeSetting(test.store.connection, 'region', 'BE');
    writeShippedConfiguration(w);
    createRecord(w, 'contact', {
      givenName: 'Martha',
      familyName: 'Johnson',
      company: 'Acme Ltd',
      emails: email('m@x.example'),
    });
    createRecord(w, 'contact', {
      givenName: 'Marhta',
      familyName: 'Jonson',
      company: 'Acme',
      emails: email('m@x.example'),
    });
    createRecord(w, 'contact', { givenName: 'Bob', familyName: 'Ruiz', company: 'Beta' });
  });
  return test;
}

const names = (attributes: readonly object[]) => matchingDefinitionSchema.parse({ attributes });

describe('matching by similarity', () => {
  const find = (attributes: readonly object[], values: object) => {
    const { store } = people();
    return findCandidates(store, 'contact', names(attributes), values)?.map(({ id }) => id) ?? null;
  };

  it('finds names that are alike from the level up, through the index of family names', () => {
    const similar = { attribute: 'familyName', compare: 'similar', level: 0.9 };
    expect(find([{ attribute: 'familyName' }], { familyName: 'Johnson' })).toEqual([1]);
    expect(find([similar], { familyName: 'Johnson' })).toEqual([1, 2]);
    expect(find([{ ...similar, level: 0.99 }], { familyName: 'Johnson' })).toEqual([1]);
    expect(find([similar], { familyName: 'Smith' })).toEqual([]);
    expect(find([similar], {})).toBeNull();
  });

  it('holds a record to every attribute: those that are to be the same, and those that may differ', () => {
    const both = [{ attribute: 'email' }, { attribute: 'givenName', compare: 'similar', level: 0.9 }];
    expect(find(both, { emails: email('m@x.example'), givenName: 'Martha' })).toEqual([1, 2]);
    expect(find(both, { emails: email('m@x.example'), givenName: 'Bob' })).toEqual([]);
    const company = [{ attribute: 'company', compare: 'similar', level: 0.85 }];
    expect(find(company, { company: 'Acmee' })?.toSorted()).toEqual([1, 2]);
  });

  it('is refused for what is the same or another: an address, a number, an id', () => {
    expect(
      matchingDefinitionSchema.safeParse({ attributes: [{ attribute: 'email', compare: 'similar' }] }).success,
    ).toBe(false);
  });
});

describe('a strategy tried on all records', () => {
  it('counts who is told apart, who is not, and who has no key, with examples', async () => {
    const context = contextOf(people());
    const told = await importHandlers['strategies.rehearse'](
      { target: 'contact', definition: names([{ attribute: 'email' }]) },
      context,
    );
    expect(told).toMatchObject({
      ok: true,
      value: {
        records: 3,
        alone: 0,
        ambiguous: 2,
        blankKey: 1,
        cancelled: false,
        samples: [{ label: 'Martha Johnson', others: ['Marhta Jonson'], count: 1 }, {}],
      },
    });
  });

  it('reads all records where no index helps, in steps, and can be stopped within any of them', async () => {
    const made = people();
    const definition = names([{ attribute: 'givenName', compare: 'similar', level: 0.9 }]);
    expect(readsAllRecords(definition)).toBe(true);
    expect(readsAllRecords(names([{ attribute: 'givenName' }, { attribute: 'company' }]))).toBe(false);
    const rehearse = importHandlers['strategies.rehearse'];
    const told = await rehearse({ target: 'contact', definition }, contextOf(made));
    expect(told).toMatchObject({ value: { records: 3, alone: 1, ambiguous: 2, cancelled: false } });
    write(made.store, { cause: 'edit' }, (w) => {
      for (let at = 0; at < 600; at += 1) createRecord(w, 'contact', { givenName: `Name${at}` });
    });
    const found = findCandidatesInSteps(made.store, 'contact', definition, { givenName: 'Martha' });
    expect(found.next()).toMatchObject({ done: false });
    expect(found.next()).toMatchObject({ done: true, value: [{ id: 1 }, { id: 2 }] });
    let asked = 0;
    const stopped = await rehearse(
      { target: 'contact', definition },
      contextOf(made, () => (asked += 1) > 2),
    );
    expect(stopped).toMatchObject({ value: { cancelled: true } });
  });

  it('knows what came of files that named none, as the default', async () => {
    const test = people();
    const [standing] = readStoredWhere(test.store, 'matchingStrategy', "target = 'contact' AND isDefault = 1");
    const id = uidToUuid(standing!.uid);
    const file = join(temporaryFolder(), 'b.csv');
    writeFileSync(file, 'First Name,Last Name,Email\nAnn,New,ann@x.example\n');
    await importHandlers['imports.run'](importOptionsSchema.parse({ file, kind: 'contacts' }), contextOf(test));
    const used = importHandlers['strategies.usedBy']({ id }, contextOf(test));
    expect(used).toMatchObject({ value: { imports: [{ fileName: 'b.csv', created: 1 }] } });
  });

  it('knows the imports that named it and what they came to', async () => {
    const test = people();
    const id = write(test.store, { cause: 'edit' }, (w) =>
      createRecord(w, 'matchingStrategy', {
        name: 'Names',
        target: 'contact',
        isDefault: false,
        definition: names([{ attribute: 'familyName' }]),
      }),
    ).value.uuid;
    const file = join(temporaryFolder(), 'a.csv');
    writeFileSync(file, 'First Name,Last Name\nBob,Ruiz\nNew,Person\n');
    await importHandlers['imports.run'](importOptionsSchema.parse({ file, strategy: id }), contextOf(test));
    expect(importHandlers['strategies.usedBy']({ id }, contextOf(test))).toMatchObject({
      value: { forms: [], imports: [{ fileName: 'a.csv', created: 1, unchanged: 1 }] },
    });
  });

  it('counts what it found for captures, by form and day: one, several, none, or no key; Review does not count again', () => {
    const { test, formId } = booth();
    const foundFor = (id: string) => {
      const used = importHandlers['strategies.usedBy']({ id }, contextOf(test));
      return used.ok ? used.value.captures : [];
    };
    const who = (captureKey: string, values: Submit['values']) => submit(test, { formId, captureKey, values });
    who('a', { givenName: 'Ada', email: 'ada@x.example' });
    who('b', { givenName: 'Ada', email: 'ADA@x.example' });
    who('b', { givenName: 'Ada', email: 'ADA@x.example' });
    who('c', { givenName: 'Bo' });
    write(test.store, { cause: 'edit' }, (w) => {
      for (const givenName of ['Cy', 'Cyd']) createRecord(w, 'contact', { givenName, emails: email('cy@x.example') });
    });
    const several = who('d', { givenName: 'Cy', email: 'cy@x.example' });
    const day = '2026-01-01';
    const row = { formId, label: 'Booth', day };
    expect(foundFor(shippedIds.contactStrategy)).toEqual([{ ...row, one: 1, several: 1, none: 1, blankKey: 1 }]);
    expect(foundFor(shippedIds.leadStrategy)).toEqual([{ ...row, one: 1, several: 0, none: 1, blankKey: 0 }]);
    reviewHandlers['reviewQueue.resolve']({ id: several.reviewItemId ?? '', action: 'retry' }, contextOf(test));
    expect(foundFor(shippedIds.contactStrategy)[0]).toMatchObject({ several: 1 });
    reviewHandlers['reviewQueue.resolve']({ id: several.reviewItemId ?? '', action: 'create' }, contextOf(test));
    expect(foundFor(shippedIds.contactStrategy)[0]).toMatchObject({ one: 1, several: 1, none: 1, blankKey: 1 });
    expect(foundFor(shippedIds.leadStrategy)[0]).toMatchObject({ one: 1, none: 2 });
  });

  it('counts what the rule over unlinked leads found, apart from forms', async () => {
    const test = people();
    write(test.store, { cause: 'edit' }, (w) => {
      for (const address of ['m@x.example', 'new@x.example', 'new@x.example']) {
        createRecord(w, 'lead', { topic: 'Looms', givenName: 'Ann', emails: email(address) });
      }
      createRecord(w, 'lead', { topic: 'Looms', givenName: 'Nobody' });
    });
    await linkAll(test.store, undefined, null);
    const used = importHandlers['strategies.usedBy']({ id: shippedIds.contactStrategy }, contextOf(test));
    expect(used).toMatchObject({ value: { captures: [{ formId: null, one: 1, several: 1, none: 1, blankKey: 1 }] } });
  });
});
