/** Custom fields in files, in and out. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { customFieldName } from '../../shared/model/custom-field.ts';
import { guessField } from '../../shared/rules/custom-fields/import.ts';
import { readWire } from '../../db/records/read.ts';
import { hqHandlers } from '../../electron/features/hq/hq.handlers.ts';
import { importHandlers } from '../../electron/features/imports/imports.handlers.ts';
import { recordsHandlers } from '../../electron/features/records/records.handlers.ts';
import { reviewHandlers } from '../../electron/features/review/review.handlers.ts';
import { workspaceWith } from '../helpers/calls.ts';
import { temporaryFolder } from '../helpers/store.ts';

type Wire = Readonly<Record<string, unknown>>;

function workspace() {
  const space = workspaceWith({ ...recordsHandlers, ...importHandlers, ...reviewHandlers, ...hqHandlers });
  const { get, test } = space;
  const fileOf = (text: string, name = 'people.csv'): string => {
    const path = join(temporaryFolder(), name);
    writeFileSync(path, text);
    return path;
  };
  const field = async (values: { name: string } & Record<string, unknown>) => {
    const { id } = await get('customFields.create', { values: values as never });
    return customFieldName(id);
  };
  const contacts = async (): Promise<readonly Wire[]> =>
    (await get('contacts.list', { sort: { field: 'label', direction: 'asc' } })).rows as unknown as Wire[];
  const fields = async () =>
    (await get('customFields.list', { sort: { field: 'label', direction: 'asc' } })).rows.map((each) => ({
      ...each,
      x: customFieldName(each.id),
    }));
  const wireOf = (id: string) => readWire(test.store, 'contact', id) as unknown as Wire;
  return { ...space, fileOf, field, contacts, fields, wireOf };
}

describe('columns of a file', () => {
  it('fill custom fields of their name, read by their kind; what cannot be read is flagged and kept', async () => {
    const { get, fileOf, field, contacts } = workspace();
    const badge = await field({ name: 'Badge colour', kind: 'choice', options: ['Red', 'Blue'] });
    const size = await field({ name: 'Size', kind: 'number' });
    const until = await field({ name: 'Valid until', kind: 'date' });
    const vip = await field({ name: 'VIP', kind: 'yesNo' });
    const topics = await field({ name: 'Topics', kind: 'multiChoice', options: ['Pumps', 'Valves'] });
    const site = await field({ name: 'Profile', kind: 'link' });
    const file = fileOf(
      [
        'First name;Email;BADGE  COLOUR;size;Valid-until;vip;Topics;Profile',
        'Ann;ann@a.example;red;4,5;24.12.2026;ja;valves, pumps;example.org/ann',
        'Bo;bo@a.example;green;many;soon;perhaps;Pumps;not a link',
      ].join('\n'),
    );
    const inspection = await get('imports.inspect', { file, kind: 'contacts' });
    expect(inspection.columns.map((each) => each.field)).toEqual([
      'givenName',
      'email',
      badge,
      size,
      until,
      vip,
      topics,
      site,
    ]);
    expect(await get('imports.run', { file, kind: 'contacts' })).toMatchObject({ created: 2, failed: 0 });
    const [ann, bo] = await contacts();
    expect(ann).toMatchObject({
      [badge]: 'Red',
      [size]: 4.5,
      [until]: '2026-12-24',
      [vip]: true,
      [topics]: ['Pumps', 'Valves'],
      [site]: 'https://example.org/ann',
      flaggedValues: [],
    });
    expect(bo).toMatchObject({
      [badge]: null,
      [size]: null,
      [until]: null,
      [vip]: null,
      [topics]: ['Pumps'],
      [site]: null,
    });
    const flagged = bo?.['flaggedValues'] as readonly { field: string; value: string }[];
    expect(flagged.map((each) => [each.field, each.value])).toEqual([
      [badge, 'green'],
      [size, 'many'],
      [until, 'soon'],
      [vip, 'perhaps'],
      [site, 'not a link'],
    ]);
  });

  it('fill what is blank and overwrite nothing when the row is known', async () => {
    const { get, fileOf, field, contacts } = workspace();
    const badge = await field({ name: 'Badge' });
    const run = (text: string) => get('imports.run', { file: fileOf(`Email,Badge\n${text}`), kind: 'contacts' });
    await run('ann@a.example,\nbo@a.example,blue');
    expect(await run('ann@a.example,red\nbo@a.example,green')).toMatchObject({ updated: 1, unchanged: 1 });
    expect((await contacts()).map((each) => each[badge])).toEqual(['red', 'blue']);
  });

  it('that wait in Review bring their custom values when they are decided', async () => {
    const { get, fileOf, field, wireOf } = workspace();
    const badge = await field({ name: 'Badge', kind: 'number' });
    const file = fileOf('First name,Badge,Email\nAnn,7,a@a.example\nBo,7,b@a.example,too,many');
    expect(await get('imports.run', { file, kind: 'contacts' })).toMatchObject({ created: 1, failed: 1 });
    const { rows } = await get('reviewQueue.list', {});
    expect(rows[0]?.values).toMatchObject({ [badge]: '7' });
    const done = await get('reviewQueue.resolve', {
      id: rows[0]?.id ?? '',
      action: 'retry',
      values: { ...rows[0]?.values, [badge]: '8' },
    });
    expect(wireOf(done.recordId ?? '')[badge]).toBe(8);
  });
});

describe('custom fields that an import makes', () => {
  const rows = Array.from(
    { length: 12 },
    (_, at) => `a${at}@a.example,${at % 3},2026-01-0${(at % 9) + 1},T${at},${at % 2 ? 'Red' : 'blue'},yes`,
  );
  const text = ['Email,Lane,Since,Note to self,Colour,Member', ...rows].join('\n');

  it('are of the kind that their values are, filled at once, and taken back with the import', async () => {
    const { get, fileOf, contacts, fields } = workspace();
    const file = fileOf(text);
    const result = await get('imports.run', { file, kind: 'contacts', leftoverFields: true });
    expect(result).toMatchObject({ created: 12, flagged: 0 });
    const made = await fields();
    expect(made.map(({ name, kind, options }) => [name, kind, options])).toEqual([
      ['Colour', 'choice', ['Red', 'blue']],
      ['Lane', 'number', []],
      ['Member', 'yesNo', []],
      ['Note to self', 'text', []],
      ['Since', 'date', []],
    ]);
    const [first] = await contacts();
    expect(made.map(({ x }) => first?.[x])).toEqual(['blue', 0, true, 'T0', '2026-01-01']);
    // once more: the same fields, nothing new
    expect(await get('imports.run', { file, kind: 'contacts', leftoverFields: true })).toMatchObject({ unchanged: 12 });
    expect(await fields()).toHaveLength(5);
    await get('imports.undo', { importId: result.importId });
    expect(await fields()).toHaveLength(0);
    expect(await contacts()).toHaveLength(0);
  });

  it('are rehearsed without a trace', async () => {
    const { get, fileOf, fields } = workspace();
    const file = fileOf(text);
    const rehearsed = await get('imports.rehearse', { file, kind: 'contacts', leftoverFields: true });
    expect(rehearsed.counts).toMatchObject({ created: 12, flagged: 0 });
    expect(await fields()).toHaveLength(0);
  });

  it('may be named, and take the next file of the same columns too', async () => {
    const { get, call, fileOf, fields, contacts } = workspace();
    const newFields = [{ column: 'Lane', name: 'Booth lane', kind: 'text' as const }];
    const file = fileOf(text);
    const { columns } = await get('imports.inspect', { file, kind: 'contacts' });
    const asked = Object.fromEntries(columns.map(({ header, field }) => [header, field]));
    await get('imports.run', { file, kind: 'contacts', columns: asked, newFields });
    const [lane] = await fields();
    expect(lane).toMatchObject({ name: 'Booth lane', kind: 'text', entity: 'contact' });
    expect((await contacts())[1]?.[lane?.x ?? '']).toBe('1');
    const again = await get('imports.inspect', { file: fileOf(text), kind: 'contacts' });
    expect(again.columns[1]?.field).toBe(lane?.x);
    const missing = await call('imports.run', {
      file: fileOf(text),
      kind: 'contacts',
      newFields: [{ column: 'Nowhere', name: 'Nowhere' }],
    });
    expect(missing).toMatchObject({ ok: false, error: { code: 'notFound' } });
  });

  it.each([
    [['1', '2.5', '-3'], 'number'],
    [['007', '008'], 'text'],
    [['yes', 'No'], 'yesNo'],
    [['0', '1'], 'number'],
    [['2026-01-31', '2025-12-01'], 'date'],
    [['https://a.example', 'www.b.example'], 'link'],
    [['a', 'b', ''], 'text'],
  ])('of %j are guessed to be a %s', (values, kind) => {
    expect(guessField(values, { dateOrder: 'dmy', isAll: true }).kind).toBe(kind);
  });
});

describe('custom fields in a file of everything', () => {
  it('have a column each, and come back into the same fields in another workspace', async () => {
    const { get, field, contacts } = workspace();
    const definitions = [
      { name: 'Notes', kind: 'text' },
      { name: 'City', kind: 'text' },
      { name: 'Size', kind: 'number' },
      { name: 'Until', kind: 'date' },
      { name: 'VIP', kind: 'yesNo' },
      { name: 'Topics', kind: 'multiChoice', options: ['Pumps', 'Valves, big'] },
      { name: 'Colour', kind: 'choice', options: ['Red; dark', 'Blue'] },
      { name: 'Site', kind: 'link' },
    ];
    const values = [
      '=1+1',
      'Own town',
      -4.5,
      '2026-03-01',
      false,
      ['Pumps', 'Valves, big'],
      'Red; dark',
      'https://a.example/?q=1',
    ];
    const names: string[] = [];
    for (const each of definitions) names.push(await field(each));
    const own = Object.fromEntries(names.map((name, at) => [name, values[at]]));
    await get('contacts.create', {
      values: {
        givenName: 'Ann',
        emails: [{ address: 'ann@a.example' }],
        addresses: [
          { kind: 'work', street: null, street2: null, city: 'Ghent', region: null, postalCode: null, country: 'BE' },
        ],
        ...own,
      } as never,
    });
    const folder = temporaryFolder();
    const { files } = await get('exports.run', { format: 'csv', folder, entity: 'contacts' });
    const text = readFileSync(join(folder, files[0]?.name ?? ''), 'utf8');
    expect(text.split('\n')[0]).toContain('City (custom field)');
    const [ann] = await contacts();

    const other = workspace();
    const theirs: string[] = [];
    for (const each of definitions) theirs.push(await other.field(each));
    await other.get('imports.run', { file: other.fileOf(text), kind: 'contacts' });
    const [back] = await other.contacts();
    expect(theirs.map((name) => back?.[name])).toEqual(names.map((name) => ann?.[name]));
    expect(back?.['addresses']).toMatchObject([{ city: 'Ghent' }]);
    expect(back?.['description']).toBeNull();
  });

  it('are left out where the file is for a program with columns of its own', async () => {
    const { get, field } = workspace();
    const badge = await field({ name: 'Badge' });
    await get('contacts.create', { values: { familyName: 'Martin', [badge]: 'red' } as never });
    for (const format of ['dynamics365', 'hubspot', 'vcard'] as const) {
      const folder = temporaryFolder();
      const { files } = await get('exports.run', { format, folder, entity: 'contacts' });
      expect(readFileSync(join(folder, files[0]?.name ?? ''), 'utf8')).not.toContain('Badge');
    }
  });
});
