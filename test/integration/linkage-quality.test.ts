import { describe, expect, it } from 'vitest';
import { bulkMergeProbability } from '../../shared/contract/duplicates.ts';
import { accountKind, prepareAccount } from '../../shared/rules/linkage/account.ts';
import { personKind, preparePerson } from '../../shared/rules/linkage/person.ts';
import { labelledSets } from '../bench/linkage/labelled-sets.ts';
import { find, qualityAt } from '../bench/linkage/score.ts';
import { blankAccount, blankPerson } from '../helpers/linkage.ts';

const leastF1: Readonly<Record<string, number>> = {
  'Febrl dataset1': 0.99,
  'Febrl dataset2': 0.99,
  'Febrl sample of Zingg': 0.99,
  RLdata500: 0.98,
  fake_1000: 0.88,
  'Fodors–Zagats': 0.97,
  'restaurants-dirty': 0.93,
};

describe.each(labelledSets())('$name', ({ name, set }) => {
  it.skipIf(set === null)('is found without labels, as shipped', { timeout: 120_000 }, () => {
    if (set === null) return;
    const { pairs } =
      set.of === 'contact'
        ? find(
            personKind,
            set.records.map((values) => preparePerson({ ...blankPerson, ...values })),
          )
        : find(
            accountKind,
            set.records.map((values) => prepareAccount({ ...blankAccount, ...values })),
          );
    expect(qualityAt(0.5, pairs, set).f1).toBeGreaterThanOrEqual(leastF1[name] ?? 1);
    expect(qualityAt(bulkMergeProbability, pairs, set).precision).toBeGreaterThanOrEqual(0.99);
  });
});
