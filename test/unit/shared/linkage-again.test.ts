/** A search after changes, against a search of everything. */
import { describe, expect, it } from 'vitest';
import { pairsOf } from '../../../shared/rules/linkage/blocking.ts';
import { createCounts, hashOf } from '../../../shared/rules/linkage/counts.ts';
import { type FindOptions, findDuplicates } from '../../../shared/rules/linkage/find.ts';
import type { Table } from '../../../shared/rules/linkage/kind.ts';
import { type PreparedPerson, personKind, preparePerson } from '../../../shared/rules/linkage/person.ts';
import { sortInSteps } from '../../../shared/rules/linkage/sort.ts';
import { chance } from '../../../db/seed/random.ts';
import { blankPerson } from '../../helpers/linkage.ts';
import { sharedPlaces } from '../../helpers/shared-places.ts';

const people = sharedPlaces({ seed: 31, companies: 12, families: 8, duplicates: 0.25, ownMailboxes: true }).people.map(
  preparePerson,
);

function search(table: Table<PreparedPerson>, since?: FindOptions['since']) {
  const options = { minProbability: 0.5, random: chance(5).next };
  const steps = findDuplicates(personKind, table, since ? { ...options, since } : options);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

function filled(records: readonly PreparedPerson[]): Table<PreparedPerson> {
  const table = personKind.createTable();
  for (const record of records) table.add(record);
  return table;
}

describe('a search after changes', () => {
  it('finds what a search of everything finds, whatever was added, changed and removed', { timeout: 120_000 }, () => {
    for (let seed = 1; seed <= 4; seed += 1) {
      const { below, pick, is } = chance(seed);
      const some = people.filter(() => is(0.7));
      const table = filled(some);
      let { candidates } = search(table);
      for (let round = 0; round < 2; round += 1) {
        const fresh = new Set<number>();
        for (let edit = 0; edit < 1 + below(8); edit += 1) {
          const place = below(table.length());
          const isThere = table.has(place);
          if (isThere) table.remove(place);
          fresh.delete(place);
          if (!isThere || is(0.7)) fresh.add(table.add(is(0.5) ? pick(people) : (some[place] ?? pick(people))));
        }
        const again = search(table, { candidates, fresh });
        const whole = search(table);
        expect(again.pairs.map(({ a, b }) => [a, b])).toEqual(whole.pairs.map(({ a, b }) => [a, b]));
        again.pairs.forEach(({ probability }, at) => {
          expect(probability).toBeCloseTo(whole.pairs[at]?.probability ?? -1, 4);
        });
        expect(again.compared).toBeLessThan(whole.compared);
        expect(again.records).toBe(whole.records);
        candidates = again.candidates;
      }
    }
  });

  it('counts values as if what was removed had never been there', () => {
    const table = filled(people);
    people.forEach((_, at) => at % 3 === 0 && table.remove(at));
    const rest = filled(people.filter((_, at) => at % 3 !== 0));
    table.counts.forEach(({ counts, records }, field) => {
      expect(records).toBe(rest.counts[field]?.records);
      for (const { given, family, company } of people) {
        for (const value of [given, family, company].map(hashOf)) {
          expect(counts.of(value)).toBe(rest.counts[field]?.counts.of(value));
        }
      }
    });
  });

  it('compares nothing where nothing changed', () => {
    const table = filled(people);
    const first = search(table);
    const again = search(table, { candidates: first.candidates, fresh: new Set() });
    expect(again.compared).toBe(0);
    expect(again.pairs).toEqual(first.pairs);
  });
});

describe('the work', () => {
  it('keeps of all pairs that it looked at only those worth a second look', () => {
    const { candidates, compared } = search(filled(people));
    expect(candidates.length).toBeLessThan(compared / 5);
    expect(new Set(candidates).size).toBe(candidates.length);
  });

  it('is small where thousands have one name, and still finds those of one employer', () => {
    const jane = { ...blankPerson, givenName: 'Jane', familyName: 'Smith' };
    const table = filled(
      Array.from({ length: 3000 }, (_, at) => preparePerson({ ...jane, company: `Firm ${Math.floor(at / 2)} Works` })),
    );
    const met = new Set<string>();
    for (const _ of pairsOf(table, 0, null, (a, b) => met.add(`${a} ${b}`)));
    expect(met.size).toBeLessThan(3000 * 12);
    expect(met.has('0 1') && met.has('2998 2999')).toBe(true);
  });

  it('rests between steps', () => {
    const steps = findDuplicates(personKind, filled(people), { minProbability: 0.5, random: chance(5).next });
    let count = 0;
    for (const { done, total } of steps) {
      expect(done).toBeLessThanOrEqual(total);
      count += 1;
    }
    expect(count).toBeGreaterThan(40);
  });
});

it('numbers are sorted in steps as they are at once', () => {
  const { next, below } = chance(3);
  for (const make of [next, () => below(3), () => Math.floor(next() * 2 ** 52)]) {
    const numbers = Float64Array.from({ length: 50_000 }, make);
    const sorted = numbers.toSorted();
    for (const _ of sortInSteps(numbers));
    expect(numbers).toEqual(sorted);
  }
});

it('values are counted beyond the room there was for them', () => {
  const counts = createCounts(4);
  for (let at = 0; at < 5000; at += 1) for (let time = 0; time <= at % 3; time += 1) counts.add(hashOf(`v${at}`), 1);
  for (let at = 0; at < 5000; at += 1) expect(counts.of(hashOf(`v${at}`))).toBe((at % 3) + 1);
  counts.add(hashOf('v2'), -1);
  expect(counts.of(hashOf('v2'))).toBe(2);
  expect(counts.of(hashOf('nobody'))).toBe(0);
});
