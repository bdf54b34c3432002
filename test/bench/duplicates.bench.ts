/**
 * The duplicate finder as it ships, without labels: precision, recall and F1 at 0.5, precision at the level of bulk
 * merging, pairs a second, for every labelled set beside the repository and for made-up people who share mailboxes,
 * switchboards and addresses: quality, where a floor of time would say nothing. Then the search of a whole database
 * against its floor: every record read once and taken apart, and one join of the contacts with themselves by email.
 */
import { bulkMergeProbability } from '../../shared/contract/duplicates.ts';
import { readSome, subjectOf } from '../../db/duplicates/records.ts';
import { searchRecords } from '../../db/duplicates/search.ts';
import { accountKind, prepareAccount } from '../../shared/rules/linkage/account.ts';
import { type PersonSource, personKind, preparePerson } from '../../shared/rules/linkage/person.ts';
import { blankAccount, blankPerson } from '../helpers/linkage.ts';
import { sharedPlaces } from '../helpers/shared-places.ts';
import { seededReader } from './database.ts';
import type { BenchOptions, BenchResult } from './harness.ts';
import { resultOf } from './harness.ts';
import { labelledSets } from './linkage/labelled-sets.ts';
import { find, type Labels, qualityAt } from './linkage/score.ts';

const figure = (value: number): string => value.toFixed(4);

function report(name: string, labels: Labels, searched: ReturnType<typeof find>, log: (line: string) => void) {
  const { pairs, compared, ms } = searched;
  const half = qualityAt(0.5, pairs, labels);
  const bulk = qualityAt(bulkMergeProbability, pairs, labels);
  const note = [
    `precision ${figure(half.precision)}`,
    `recall ${figure(half.recall)}`,
    `F1 ${figure(half.f1)}`,
    `at ${bulkMergeProbability}: precision ${figure(bulk.precision)}, recall ${figure(bulk.recall)}`,
    `${Math.round((compared / ms) * 1000)} pairs/s`,
  ].join(', ');
  log(`${name}: ${note}`);
  return resultOf(`duplicates: ${name}`, [ms], [ms], false, note);
}

/** The seeded contacts, all and then again after a few changed; the rest of them are not looked at anew. */
async function wholeSearch(options: BenchOptions): Promise<BenchResult[]> {
  const store = await seededReader(options);
  const subject = subjectOf('contact');

  const floorBegin = performance.now();
  const read = store.sql(`SELECT id, ${subject.columns} FROM contact WHERE deletedAtMs IS NULL ORDER BY id`).raw();
  let records = 0;
  for (const [, ...columns] of read.iterate() as IterableIterator<unknown[]>) {
    subject.sourceOf(columns);
    records += 1;
  }
  const join = `SELECT count(*) FROM contact_email AS a JOIN contact_email AS b
    ON b.addressKey = a.addressKey AND b.contactId > a.contactId`;
  store.sql(join).pluck().get();
  const floorMs = performance.now() - floorBegin;

  let longestMs = 0;
  const run = <T>(
    steps: Generator<unknown, T>,
  ): { readonly value: T; readonly ms: number; readonly userMs: number } => {
    const cpu = process.cpuUsage();
    const begin = performance.now();
    for (;;) {
      const stepBegin = performance.now();
      const step = steps.next();
      longestMs = Math.max(longestMs, performance.now() - stepBegin);
      if (step.done === true) {
        return { value: step.value, ms: performance.now() - begin, userMs: process.cpuUsage(cpu).user / 1000 };
      }
    }
  };
  const heldBefore = held();
  const first = run(searchRecords(store, 'contact', 0.5));
  const { state, compared, pairs } = first.value;
  const heldMb = Math.round((held() - heldBefore) / 1e6);
  const note = [
    `${records} records, ${compared} compared, ${pairs.length} found`,
    `${Math.round((compared / first.ms) * 1000)} pairs/s`,
    `${Math.round(first.userMs / 1000)} s of CPU`,
    `longest step ${Math.round(longestMs)} ms`,
    `${heldMb} MB held`,
  ].join(', ');
  options.log(`duplicates of ${records} contacts: ${Math.round(first.ms / 1000)} s, ${note}`);

  // as if a thousand had been edited: taken out and put back at the end, as a change does
  const changed = state.rows.slice(0, 1000);
  for (const { row, record } of readSome(store, 'contact', subject, changed)) {
    state.table.remove(state.rows.indexOf(row));
    const place = state.table.add(record);
    state.rows[place] = row;
    state.later.set(row, place);
    state.fresh.add(place);
  }
  const again = run(searchRecords(store, 'contact', 0.5, { before: state }));
  return [
    resultOf(`duplicates of ${records} contacts`, [first.ms], [floorMs], false, note),
    resultOf(`duplicates after 1000 changes`, [again.ms], [floorMs], false, `${again.value.compared} compared`),
  ];
}

function held(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const people = (sources: readonly PersonSource[]) => find(personKind, sources.map(preparePerson));

export async function bench(options: BenchOptions): Promise<BenchResult[]> {
  const { log } = options;
  const results: BenchResult[] = [];
  for (const { name, set } of labelledSets()) {
    if (set === null) {
      log(`${name}: skipped, ../shared/data/linkage does not have it`);
      continue;
    }
    const { of, records } = set;
    const searched =
      of === 'contact'
        ? people(records.map((values) => ({ ...blankPerson, ...values })))
        : find(
            accountKind,
            records.map((values) => prepareAccount({ ...blankAccount, ...values })),
          );
    results.push(report(name, set, searched, log));
  }
  for (const [name, duplicates, ownMailboxes] of [
    ['colleagues and families', 0, false],
    ['colleagues and families, some twice', 0.2, false],
    ['the same with mailboxes of their own', 0.2, true],
  ] as const) {
    const made = sharedPlaces({ seed: 7, companies: 80, families: 80, duplicates, ownMailboxes });
    results.push(report(name, { ...made, tables: null }, people(made.people), log));
  }
  results.push(...(await wholeSearch(options)));
  return results;
}
