import { describe, expect, it } from 'vitest';
import { isSameSetup, moved, viewOf } from '../../../../renderer/ui/list-setup.ts';
import type { ViewDefinition } from '../../../../shared/model/configuration.ts';

const setup: ViewDefinition = {
  view: 'mine',
  search: 'contoso',
  filters: [{ kind: 'row', field: 'role', operator: 'is', values: ['decisionMaker'] }],
  sort: { field: 'company', direction: 'asc' },
  columns: ['label', 'company'],
};

describe('a saved view', () => {
  it('is as it was saved when it says the same, whatever the order of its properties', () => {
    const again = {
      ...setup,
      search: ' contoso ',
      filters: setup.filters.map(({ kind, values, operator, field }) => ({ values, operator, field, kind })),
    };
    expect(isSameSetup(setup, again)).toBe(true);
  });

  it('is changed by another filter, order or column', () => {
    expect(isSameSetup(setup, { ...setup, filters: [] })).toBe(false);
    expect(isSameSetup(setup, { ...setup, sort: { field: 'company', direction: 'desc' } })).toBe(false);
    expect(isSameSetup(setup, { ...setup, columns: ['company', 'label'] })).toBe(false);
  });

  it('starts from a built-in view only where that is offered', () => {
    expect(viewOf(setup, ['all', 'mine'])).toBe('mine');
    expect(viewOf(setup, ['salesReady', 'all'])).toBe('salesReady');
    expect(viewOf({ ...setup, view: null }, ['all', 'mine'])).toBe('all');
  });
});

describe('the order of columns', () => {
  it('changes by moving one of them', () => {
    expect(moved(['a', 'b', 'c'], 'c', 0)).toEqual(['c', 'a', 'b']);
    expect(moved(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c']);
  });

  it('stays as it is at its ends and for a column that is not there', () => {
    const ids = ['a', 'b'];
    expect([moved(ids, 'a', -1), moved(ids, 'b', 2), moved(ids, 'x', 0), moved(ids, 'a', 0)]).toEqual([
      ids,
      ids,
      ids,
      ids,
    ]);
  });
});
