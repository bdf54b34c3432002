/** Decisions refine what the finder learns, and make nothing else worse. */
import { describe, expect, it } from 'vitest';
import { type Decided, findDuplicates } from '../../../shared/rules/linkage/find.ts';
import { personKind, preparePerson } from '../../../shared/rules/linkage/person.ts';
import { chance } from '../../../db/seed/random.ts';
import { sharedPlaces } from '../../helpers/shared-places.ts';

const { people, entities } = sharedPlaces({
  seed: 11,
  companies: 40,
  families: 30,
  duplicates: 0.2,
  ownMailboxes: true,
});
const table = personKind.createTable();
for (const person of people) table.add(preparePerson(person));
const isOne = (a: number, b: number): boolean => entities[a] === entities[b];
const key = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

function search(decided?: Decided) {
  const steps = findDuplicates(personKind, table, {
    minProbability: 0.5,
    random: chance(5).next,
    ...(decided ? { decided } : {}),
  });
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

const wrongOf = (pairs: readonly { a: number; b: number }[]) => pairs.filter(({ a, b }) => !isOne(a, b));
const rightOf = (pairs: readonly { a: number; b: number }[]) => pairs.filter(({ a, b }) => isOne(a, b));
const nobody: Decided = { same: [], isSame: () => false, isDifferent: () => false };

describe('decisions about pairs', () => {
  const before = search();

  it('change nothing while there are none', () => {
    expect(search(nobody).pairs).toEqual(before.pairs);
  });

  it('that two are different take just that pair away', () => {
    const [pair] = before.pairs;
    if (!pair) throw new Error('there are pairs');
    const { pairs } = search({ ...nobody, isDifferent: (a, b) => key(a, b) === key(pair.a, pair.b) });
    const left = new Set(pairs.map(({ a, b }) => key(a, b)));
    expect(left.has(key(pair.a, pair.b))).toBe(false);
    const gone = before.pairs.filter(({ a, b }) => !left.has(key(a, b)) && key(a, b) !== key(pair.a, pair.b));
    expect(gone.length).toBeLessThanOrEqual(1);
  });

  it('leave what is found among the others as good as it was, or better', () => {
    const decidedPairs = before.pairs.filter((_, at) => at % 3 === 0);
    const decided = new Set(decidedPairs.map(({ a, b }) => key(a, b)));
    const after = search({
      same: [],
      isSame: (a, b) => decided.has(key(a, b)) && isOne(a, b),
      isDifferent: (a, b) => decided.has(key(a, b)) && !isOne(a, b),
    });
    const others = (pairs: readonly { a: number; b: number }[]) => pairs.filter(({ a, b }) => !decided.has(key(a, b)));
    expect(wrongOf(others(after.pairs)).length).toBeLessThanOrEqual(wrongOf(others(before.pairs)).length);
    expect(rightOf(others(after.pairs)).length).toBeGreaterThanOrEqual(rightOf(others(before.pairs)).length);
  });

  it('about records merged since teach how records of one compare', () => {
    const levels = { familyName: 'different', givenName: 'same', email: 'same' };
    const { learned } = search({ ...nobody, same: Array.from({ length: 200 }, () => levels) });
    const field = personKind.fields.findIndex((each) => each.key === 'familyName');
    const level = personKind.fields[field]?.levels.indexOf('different') ?? 0;
    const share = (of: typeof before): number => of.learned.parameters.m[field]?.[level] ?? 0;
    expect(learned.parameters.m[field]?.[level]).toBeGreaterThan(share(before) * 2);
  });
});
