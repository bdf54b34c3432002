import { describe, expect, it } from 'vitest';
import type { RowNode } from '../../../../shared/rules/segment/schema.ts';
import { joinQuick, type QuickFilter, splitQuick } from '../../../../renderer/ui/quick-filter.ts';

const row = (field: string, operator: RowNode['operator'] = 'hasNoData'): RowNode => ({
  kind: 'row',
  field,
  operator,
  values: [],
});
const quick: QuickFilter = { isQuick: ({ field }) => field === 'doneAtMs', render: () => null };

describe('a filter with a control of its own', () => {
  it('is told from those that a person added, which stay as they are', () => {
    const filters = [row('kind'), row('doneAtMs'), row('ownerId')];
    const { row: found, others } = splitQuick(filters, quick);
    expect(found).toBe(filters[1]);
    expect(others).toEqual([row('kind'), row('ownerId')]);
    expect(joinQuick(row('doneAtMs', 'hasData'), others)).toEqual([row('doneAtMs', 'hasData'), ...others]);
    expect(joinQuick(null, others)).toBe(others);
  });

  it('shows a second row of its field as a filter like any other', () => {
    const { others } = splitQuick([row('doneAtMs'), row('doneAtMs', 'hasData')], quick);
    expect(others).toEqual([row('doneAtMs', 'hasData')]);
  });

  it('is nothing where the list has none', () => {
    const filters = [row('doneAtMs')];
    expect(splitQuick(filters, undefined)).toEqual({ row: null, others: filters });
  });
});
