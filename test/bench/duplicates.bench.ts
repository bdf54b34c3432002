/**
 * The duplicate finder as it ships, without labels: precision, recall and F1 at 0.5, precision at the level of bulk
 * merging, pairs a second, for every labelled set beside the repository and for made-up people who share mailboxes,
 * switchboards and addresses. It measures quality; a floor of its time there is not yet, and its ratio says nothing.
 */
import { bulkMergeProbability } from '../../shared/contract/duplicates.ts';
import { accountKind, prepareAccount } from '../../shared/rules/linkage/account.ts';
import { type PersonSource, personKind, preparePerson } from '../../shared/rules/linkage/person.ts';
import { blankAccount, blankPerson } from '../helpers/linkage.ts';
import { sharedPlaces } from '../helpers/shared-places.ts';
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

const people = (sources: readonly PersonSource[]) => find(personKind, sources.map(preparePerson));

export async function bench({ log }: BenchOptions): Promise<BenchResult[]> {
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
  return results;
}
