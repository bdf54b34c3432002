/**
 * The labelled sets in `../shared/data/linkage`, read into records by the same rules as an import with a mapping. The
 * folder lies beside the repository and may be absent; its INDEX.md says where each set is from and how its truth is
 * written. Social security numbers are left out: no CRM has them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { ImportField } from '../../../shared/contract/import-fields.ts';
import { draftOf, type DraftSettings, type DraftValues } from '../../../shared/rules/formats/draft.ts';
import type { MappedRow } from '../../../shared/rules/formats/row.ts';

export type LabelledSet = {
  readonly name: string;
  readonly of: 'contact' | 'account';
  readonly records: readonly DraftValues[];
  /** Who each record really is. */
  readonly entities: readonly string[];
  /** The table each is from: only pairs of different ones count. Null where all are from one. */
  readonly tables: readonly string[] | null;
};

type Source = {
  readonly name: string;
  readonly of: 'contact' | 'account';
  readonly files: readonly string[];
  readonly map: Readonly<Record<string, ImportField>>;
  /** Values that the file has in parts, by field. */
  readonly join?: (row: Readonly<Record<string, string>>) => MappedRow;
  readonly entity: (row: Readonly<Record<string, string>>, folder: string) => string;
  readonly acrossFiles?: boolean;
};

const folder = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'linkage');

const febrl: Readonly<Record<string, ImportField>> = {
  given_name: 'givenName',
  surname: 'familyName',
  street_number: 'streetNumber',
  address_1: 'street',
  address_2: 'street2',
  suburb: 'city',
  postcode: 'postalCode',
  state: 'region',
  date_of_birth: 'birthDate',
};
const restaurant: Readonly<Record<string, ImportField>> = {
  name: 'accountName',
  addr: 'street',
  city: 'city',
  phone: 'phone',
  type: 'industry',
};
const febrlEntity = (row: Readonly<Record<string, string>>): string =>
  row.rec_id?.replace(/^rec-?(\d+)-.*$/, '$1') ?? '';

function fodorsEntity(row: Readonly<Record<string, string>>): string {
  matches ??= new Map(
    rowsOf('fodors-zagats/matches_fodors_zagats.csv').map((match) => [match.zagats_id ?? '', match.fodors_id ?? '']),
  );
  return row.file === 'fodors-zagats/zagats.csv' ? (matches.get(row.id ?? '') ?? `z${row.id}`) : (row.id ?? '');
}
let matches: Map<string, string> | undefined;

const sources: readonly Source[] = [
  { name: 'Febrl dataset1', of: 'contact', files: ['febrl/dataset1.csv'], map: febrl, entity: febrlEntity },
  { name: 'Febrl dataset2', of: 'contact', files: ['febrl/dataset2.csv'], map: febrl, entity: febrlEntity },
  {
    name: 'Febrl sample of Zingg',
    of: 'contact',
    files: ['zingg/febrl_testWithHeader.csv'],
    map: {
      fName: 'givenName',
      lName: 'familyName',
      streetId: 'streetNumber',
      street: 'street',
      locality: 'street2',
      area: 'city',
      areaCode: 'postalCode',
      state: 'region',
      dob: 'birthDate',
    },
    entity: (row) => /-(\d+)-/.exec(`-${row.recId}`)?.[1] ?? '',
  },
  {
    name: 'RLdata500',
    of: 'contact',
    files: ['rldata/RLdata500.csv'],
    map: { fname_c1: 'givenName', fname_c2: 'middleName', lname_c1: 'familyName' },
    join: ({ by = '', bm = '', bd = '' }) => ({ birthDate: `${by}-${bm.padStart(2, '0')}-${bd.padStart(2, '0')}` }),
    entity: (row) => row.ent_id ?? '',
  },
  {
    name: 'fake_1000',
    of: 'contact',
    files: ['splink/fake_1000.csv'],
    map: { first_name: 'givenName', surname: 'familyName', dob: 'birthDate', city: 'city', email: 'email' },
    entity: (row) => row.cluster ?? '',
  },
  {
    name: 'Fodors–Zagats',
    of: 'account',
    files: ['fodors-zagats/fodors.csv', 'fodors-zagats/zagats.csv'],
    map: restaurant,
    entity: fodorsEntity,
    acrossFiles: true,
  },
  {
    name: 'restaurants-dirty',
    of: 'account',
    files: ['restaurants-dirty/restaurant.csv'],
    map: restaurant,
    entity: (row) => row.cluster ?? '',
  },
];

function rowsOf(file: string): Record<string, string>[] {
  const rows = parse(readFileSync(join(folder, file)), {
    columns: (header: string[]) => header.map((name) => name.trim()),
    trim: true,
    bom: true,
    relax_column_count: true,
  });
  return (rows as Record<string, string>[]).map((row) => ({ ...row, file }));
}

/** Null where the set is not there. */
function read({ name, of, files, map, join: joined, entity, acrossFiles }: Source): LabelledSet | null {
  if (!files.every((file) => existsSync(join(folder, file)))) return null;
  const rows = files.flatMap(rowsOf);
  const settings: DraftSettings = {
    kind: of === 'contact' ? 'contacts' : 'accounts',
    region: 'US',
    dateOrders: { birthDate: 'ymd' },
    decimalSign: 'point',
    latestYear: 2030,
    timeZone: 'UTC',
  };
  const records = rows.map((row) => {
    const mapped: MappedRow = { ...joined?.(row) };
    for (const [column, field] of Object.entries(map)) {
      const cell = row[column];
      if (cell !== undefined && cell !== '' && cell !== 'NA') mapped[field] = cell;
    }
    return draftOf(mapped, settings).values;
  });
  return {
    name,
    of,
    records,
    entities: rows.map((row) => entity(row, folder)),
    tables: acrossFiles === true ? rows.map((row) => row.file ?? '') : null,
  };
}

export const labelledSets = (): { readonly name: string; readonly set: LabelledSet | null }[] =>
  sources.map((source) => ({ name: source.name, set: read(source) }));
