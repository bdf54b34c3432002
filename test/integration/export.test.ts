/** Files for other systems, from the store to the disk. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { InputOf, OutputOf } from '../../shared/contract/index.ts';
import { contract } from '../../shared/contract/index.ts';
import { createRecord, setDeleted, updateRecord, type Write, write } from '../../db/records/write.ts';
import { hqHandlers } from '../../electron/features/hq/hq.handlers.ts';
import { contextOf } from '../helpers/context.ts';
import { freshStore, temporaryFolder, type TestStore } from '../helpers/store.ts';

async function run(test: TestStore, input: Omit<InputOf<'exports.run'>, 'folder'>, folder = temporaryFolder()) {
  const parsed = contract['exports.run'].input.parse({ ...input, folder });
  const result = await hqHandlers['exports.run'](parsed, contextOf(test));
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  expect(contract['exports.run'].output.safeParse(result.value).success).toBe(true);
  const texts = result.value.files.map(({ name }) => readFileSync(join(folder, name), 'utf8'));
  return { value: result.value, texts, folder, rows: parse(texts[0] ?? '', { bom: true, relaxColumnCount: false }) };
}

const preflight = async (
  test: TestStore,
  input: InputOf<'exports.preflight'>,
): Promise<OutputOf<'exports.preflight'>> => {
  const result = await hqHandlers['exports.preflight'](
    contract['exports.preflight'].input.parse(input),
    contextOf(test),
  );
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

const email = (address: string) => ({
  address,
  kind: 'work' as const,
  primary: true,
  optedOut: false,
  bounced: false,
  valid: true,
});

const fill = (test: TestStore, work: (w: Write) => void) => write(test.store, { cause: 'edit' }, work);

describe('a Dynamics 365 lead file', () => {
  it('has one unquoted header row, CRLF, and each open record once', async () => {
    const test = freshStore();
    fill(test, (w) => {
      const event = createRecord(w, 'event', { name: 'Contoso conference' });
      const contact = createRecord(w, 'contact', {
        givenName: 'Eva',
        familyName: 'Maes, "de"',
        company: 'Contoso',
        emails: [email('eva@contoso.example')],
      });
      createRecord(w, 'lead', {
        topic: 'Fair\nsecond line',
        contactId: contact.id,
        eventId: event.id,
        source: 'tradeShow',
      });
      const gone = createRecord(w, 'lead', { topic: 'In the bin', familyName: 'X', company: 'Y' });
      setDeleted(w, 'lead', gone.id, true);
    });
    const { value, texts, rows } = await run(test, { format: 'dynamics365' });
    expect(value).toMatchObject({ changes: 0, records: 1, files: [{ bytes: Buffer.byteLength(texts[0] ?? '') }] });
    const header = texts[0]?.split('\r\n')[0] ?? '';
    expect(header.startsWith('Topic,Salutation,First Name,Middle Name,Last Name,Job Title,Company Name,')).toBe(true);
    expect(header).not.toContain('"');
    expect(rows).toHaveLength(2);
    expect(rows[1]?.slice(0, 7)).toEqual(['Fair\nsecond line', '', 'Eva', '', 'Maes, "de"', '', 'Contoso']);
    expect(rows[1]?.at(-1)).toBe('Contoso conference');
  });

  it('leaves out what the program refuses, and says which and how many', async () => {
    const test = freshStore();
    fill(test, (w) => {
      createRecord(w, 'lead', { topic: 'Fair', familyName: 'Maes', company: 'Contoso' });
      createRecord(w, 'lead', { topic: 'Fair', familyName: 'Claes' });
      createRecord(w, 'lead', { topic: 'Fair', company: 'Contoso' });
    });
    const { value, rows } = await run(test, { format: 'dynamics365' });
    expect(value.records).toBe(1);
    expect(rows).toHaveLength(2);
    expect(value.preflight.filter((issue) => issue.level === 'error' && issue.recordId !== null)).toHaveLength(2);
    expect(value.preflight.filter((issue) => issue.recordId === null).map((issue) => issue.message)).toEqual([
      '1 lead is left out: the target refuses rows without company.',
      '1 lead is left out: the target refuses rows without family name.',
    ]);
    const before = await preflight(test, { format: 'dynamics365' });
    expect(before).toEqual({ records: 1, issues: value.preflight });
  });

  it('stays under 8 MB a file, each with its header', { timeout: 60_000 }, async () => {
    const test = freshStore();
    const description = 'é'.repeat(1900);
    fill(test, (w) => {
      for (let n = 0; n < 2500; n += 1)
        createRecord(w, 'lead', { topic: `Fair ${n}`, familyName: 'Maes', company: 'Contoso', description });
    });
    const { value, texts, folder } = await run(test, { format: 'dynamics365' });
    expect(value.files.length).toBeGreaterThan(1);
    expect(
      value.files.every(({ bytes, name }) => bytes <= 8_000_000 && statSync(join(folder, name)).size === bytes),
    ).toBe(true);
    expect(texts.every((text) => text.startsWith('Topic,'))).toBe(true);
    const topics = texts.flatMap((text) =>
      (parse(text, { columns: true }) as { Topic: string }[]).map((row) => row.Topic),
    );
    expect(topics).toEqual(Array.from({ length: 2500 }, (_each, n) => `Fair ${n}`));
  });
});

describe('other formats', () => {
  it('write formulas harmlessly to CSV and exactly as they are to programs', async () => {
    const test = freshStore();
    fill(test, (w) => {
      createRecord(w, 'lead', {
        topic: '=cmd|calc',
        familyName: '+Maes',
        company: '@Contoso',
        phones: [
          {
            number: '+32 475 12 34 56',
            e164: '+32475123456',
            extension: null,
            kind: 'work',
            primary: true,
            doNotCall: false,
            valid: true,
          },
        ],
      });
    });
    const csv = await run(test, { format: 'csv', entity: 'leads', excelBom: true });
    expect(csv.texts[0]?.codePointAt(0)).toBe(0xfeff);
    const [header, row] = csv.rows;
    const cell = (name: string) => row?.[header?.indexOf(name) ?? -1];
    expect([cell('Topic'), cell('Last Name'), cell('Business Phone')]).toEqual([
      "'=cmd|calc",
      "'+Maes",
      '+32475123456',
    ]);
    const dynamics = await run(test, { format: 'dynamics365' });
    expect(dynamics.rows[1]?.[0]).toBe('=cmd|calc');
    const salesforce = await run(test, { format: 'salesforce' });
    expect(salesforce.rows[1]?.slice(2, 4)).toEqual(['+Maes', '@Contoso']);
  });

  it('write contacts for HubSpot with how far each came', async () => {
    const test = freshStore();
    fill(test, (w) => {
      const owner = createRecord(w, 'user', { name: 'Ann', email: 'ann@example.com' });
      const one = createRecord(w, 'contact', { givenName: 'Eva', ownerId: owner.id, allowBulkEmail: false });
      const two = createRecord(w, 'contact', { givenName: 'Bart', consentLevel: 'marketing' });
      createRecord(w, 'opportunity', { name: 'Deal', contactId: one.id, status: 'won' });
      createRecord(w, 'lead', { topic: 'Fair', contactId: two.id });
    });
    const { rows, value } = await run(test, { format: 'hubspot' });
    const stage = rows[0]?.indexOf('Lifecycle stage') ?? -1;
    expect(rows.slice(1).map((row) => [row[0], row[stage], row.at(-1)])).toEqual([
      ['Eva', 'Customer', 'ann@example.com'],
      ['Bart', 'Lead', ''],
    ]);
    expect(value.preflight.map((issue) => issue.field)).toEqual(['allowBulkEmail', 'consentLevel']);
    expect(value.preflight[0]?.message).toContain('This format has no column that says so');
  });

  it('write vCards of the version asked for', async () => {
    const test = freshStore();
    fill(test, (w) => {
      createRecord(w, 'contact', { givenName: 'Eva', familyName: 'Maes' });
      createRecord(w, 'contact', { givenName: 'สมชาย' });
    });
    const { texts, value } = await run(test, { format: 'vcard', vcardVersion: '4.0' });
    expect(value.records).toBe(2);
    expect(texts[0]?.match(/BEGIN:VCARD\r\nVERSION:4\.0/g)).toHaveLength(2);
    expect(value.files[0]?.name).toMatch(/\.vcf$/);
  });

  it('take only the members of a segment, or their leads', async () => {
    const test = freshStore();
    const segmentId = write(test.store, { cause: 'edit' }, (w) => {
      const ann = createRecord(w, 'contact', { givenName: 'Ann', role: 'decisionMaker' });
      const bo = createRecord(w, 'contact', { givenName: 'Bo' });
      for (const contact of [ann, bo]) createRecord(w, 'lead', { topic: `Of ${contact.id}`, contactId: contact.id });
      return createRecord(w, 'segment', {
        name: 'Decision makers',
        query: {
          version: 1,
          where: {
            kind: 'group',
            match: 'all',
            nodes: [{ kind: 'row', field: 'role', operator: 'is', values: ['decisionMaker'] }],
          },
        },
      }).uuid;
    }).value;
    expect((await run(test, { format: 'csv', entity: 'contacts', segmentId })).value.records).toBe(1);
    expect((await run(test, { format: 'csv', entity: 'leads', segmentId })).value.records).toBe(1);
  });

  it('refuse what they do not have, and a segment that is not there', async () => {
    const test = freshStore();
    const ask = (input: Omit<InputOf<'exports.run'>, 'folder'>) =>
      hqHandlers['exports.run'](
        contract['exports.run'].input.parse({ ...input, folder: temporaryFolder() }),
        contextOf(test),
      );
    expect(await ask({ format: 'salesforce', entity: 'accounts' })).toMatchObject({
      ok: false,
      error: { code: 'badInput' },
    });
    expect(
      await ask({ format: 'csv', segmentId: '01900000-0000-7000-8000-00000000000a', entity: 'contacts' }),
    ).toMatchObject({
      ok: false,
      error: { code: 'notFound' },
    });
  });

  it('leave no file when stopped, and never write over an earlier one', async () => {
    const test = freshStore();
    fill(test, (w) => createRecord(w, 'contact', { givenName: 'Eva' }));
    const folder = temporaryFolder();
    const parsed = contract['exports.run'].input.parse({ format: 'csv', entity: 'contacts', folder });
    const stopped = await hqHandlers['exports.run'](
      parsed,
      contextOf(test, () => true),
    );
    expect(stopped).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(readdirSync(folder)).toEqual([]);
    await run(test, { format: 'csv', entity: 'contacts' }, folder);
    fill(test, (w) => updateRecord(w, 'contact', 1, { jobTitle: 'CEO' }));
    await run(test, { format: 'csv', entity: 'contacts' }, folder);
    expect(readdirSync(folder)).toEqual(['contacts csv 2026-01-01 (2).csv', 'contacts csv 2026-01-01.csv']);
  });
});
