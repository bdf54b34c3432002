/** What a file says beside names and addresses: other records by name, consent, preferences. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { z } from 'zod';
import { createRecord, write } from '../../db/records/write.ts';
import { readStored } from '../../db/records/read.ts';
import { writeSetting } from '../../db/store.ts';
import { importHandlers } from '../../electron/features/imports/imports.handlers.ts';
import { writeShippedConfiguration } from '../../electron/features/setup/shipped.ts';
import { importOptionsSchema } from '../../shared/contract/imports.ts';
import { contextOf } from '../helpers/context.ts';
import { freshStore, temporaryFolder, type TestStore } from '../helpers/store.ts';

function workspace() {
  const test = freshStore();
  const { value: rows } = write(test.store, { cause: 'system' }, (w) => {
    writeSetting(test.store.connection, 'region', 'BE');
    writeShippedConfiguration(w);
    return {
      owner: createRecord(w, 'user', { name: 'Bo Seller', email: 'bo@hq.example', role: 'seller' }).id,
      event: createRecord(w, 'event', { name: 'Contoso conference' }).id,
      campaign: createRecord(w, 'campaign', { name: 'Spring fairs' }).id,
      products: ['Pumps', 'Valves, large'].map((name) => createRecord(w, 'product', { name }).uuid),
    };
  });
  return { test, rows };
}

async function run(test: TestStore, text: string, options: Partial<z.input<typeof importOptionsSchema>> = {}) {
  const file = join(temporaryFolder(), 'file.csv');
  writeFileSync(file, text);
  const result = await importHandlers['imports.run'](importOptionsSchema.parse({ file, ...options }), contextOf(test));
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const valuesOf = <E extends 'contact' | 'lead' | 'account'>(test: TestStore, entity: E, label: string) => {
  const name = entity === 'lead' ? 'familyName' : 'label';
  const id = test.store.sql(`SELECT id FROM ${entity} WHERE ${name} = ?`).pluck().get(label) as number;
  return readStored(test.store, entity, id)?.values;
};

it('links contacts to the records that the file names, and keeps the names that it does not find', async () => {
  const { test, rows } = workspace();
  const result = await run(
    test,
    [
      'First Name,Last Name,Email,Owner,Event,Campaign,Guardian,Preferred From,Preferred Method,Child',
      'Ada,Byron,ada@example.com,bo@hq.example,contoso CONFERENCE,Spring fairs,,9:30 am,Phone,no',
      'Eve,Byron,eve@example.com,Bo Seller,,Autumn fairs,ada@example.com,25:00,,yes',
    ].join('\n'),
  );
  expect(result).toMatchObject({ created: 2, failed: 0 });
  const ada = test.store.sql("SELECT id FROM contact WHERE givenName = 'Ada'").pluck().get();
  expect(valuesOf(test, 'contact', 'Ada Byron')).toMatchObject({
    ownerId: rows.owner,
    sourceEventId: rows.event,
    sourceCampaignId: rows.campaign,
    preferredFrom: '09:30',
    preferredMethod: 'phone',
    flaggedValues: [],
  });
  expect(valuesOf(test, 'contact', 'Eve Byron')).toMatchObject({
    ownerId: rows.owner,
    guardianId: ada,
    child: true,
    sourceCampaignId: null,
    flaggedValues: [
      { field: 'preferredFrom', value: '25:00', reason: 'notATime' },
      { field: 'sourceCampaignId', value: 'Autumn fairs', reason: 'notFound' },
    ],
  });
});

it('takes products and campaign of a lead, and kind and parent of an account', async () => {
  const { test, rows } = workspace();
  await run(
    test,
    'Topic,Last Name,Email,Campaign,Products\nPumps,Byron,ada@example.com,Spring fairs,"Valves, large; Pumps; Hoses"',
    { kind: 'leads' },
  );
  const [pumps, valves] = rows.products;
  expect(valuesOf(test, 'lead', 'Byron')).toMatchObject({
    campaignId: rows.campaign,
    productIds: [pumps],
    flaggedValues: [
      { field: 'productIds', value: 'Valves', reason: 'notFound' },
      { field: 'productIds', value: 'large', reason: 'notFound' },
      { field: 'productIds', value: 'Hoses', reason: 'notFound' },
    ],
  });
  await run(test, 'Topic,Last Name,Email,Products\nValves,Gray,dorian@example.com,"Valves, large"', { kind: 'leads' });
  expect(valuesOf(test, 'lead', 'Gray')?.productIds).toEqual([valves]);

  await run(
    test,
    'Account Name,Kind,Parent Account,Currency\nAcme,Partner,,eur\nAcme Nord,Customer,ACME,\nLoop,,Loop,',
    {
      kind: 'accounts',
    },
  );
  const acme = test.store.sql("SELECT id FROM account WHERE name = 'Acme'").pluck().get();
  expect(valuesOf(test, 'account', 'Acme')).toMatchObject({ kind: 'partner', currency: 'EUR' });
  expect(valuesOf(test, 'account', 'Acme Nord')).toMatchObject({ kind: 'customer', parentAccountId: acme });
  // the second time the account that the file puts above itself is there, and still does not stand above itself
  await run(test, 'Account Name,Parent Account\nLoop,Loop', { kind: 'accounts' });
  expect(valuesOf(test, 'account', 'Loop')?.parentAccountId).toBeNull();
});

it('keeps an audit row of consent, takes a no from any file, and never profiles a child', async () => {
  const { test } = workspace();
  const head = 'Last Name,Email,Consent Level,Child,Do not allow Bulk Emails,Allow Phone';
  await run(test, `${head}\nByron,ada@example.com,(3) Subscriptions,,,\nKid,kid@example.com,5,yes,,`);
  expect(valuesOf(test, 'contact', 'Byron')).toMatchObject({ consentLevel: 'subscriptions', allowBulkEmail: true });
  expect(valuesOf(test, 'contact', 'Kid')).toMatchObject({ consentLevel: 'marketing', child: true });
  const changes = () => test.store.sql('SELECT "before", "after", source FROM consent_change ORDER BY id').all();
  expect(changes()).toEqual([
    { before: 'none', after: 'subscriptions', source: 'import' },
    { before: 'none', after: 'marketing', source: 'import' },
  ]);

  // a known person's consent is not raised by filling what is empty; a refusal counts, and a later yes does not lift it
  await run(test, `${head}\nByron,ada@example.com,Profiling,,Do Not Allow,no`);
  await run(test, `${head}\nByron,ada@example.com,,,Allow,yes`);
  expect(valuesOf(test, 'contact', 'Byron')).toMatchObject({
    consentLevel: 'subscriptions',
    allowBulkEmail: false,
    allowPhone: false,
  });
  expect(changes()).toHaveLength(2);
});
