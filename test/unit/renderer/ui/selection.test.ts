import { describe, expect, it } from 'vitest';
import { bulkOf, countOf, everything, isSelected, nothing, withRows } from '../../../../renderer/ui/selection.ts';

describe('a selection', () => {
  it('holds rows one by one', () => {
    const two = withRows(nothing, ['a', 'b'], true);
    expect([isSelected(two, 'a'), isSelected(two, 'c'), countOf(two, 20_000)]).toEqual([true, false, 2]);
    expect(countOf(withRows(two, ['a'], false), 20_000)).toBe(1);
  });

  it('holds the whole list but for what is taken out, and takes it in again', () => {
    const but = withRows(everything, ['a', 'b'], false);
    expect([isSelected(but, 'a'), isSelected(but, 'c'), countOf(but, 20_000)]).toEqual([false, true, 19_998]);
    expect(countOf(withRows(but, ['a'], true), 20_000)).toBe(19_999);
    expect(countOf(withRows(everything, ['a'], false), 0)).toBe(0);
  });

  it('asks a bulk call for the rows, or for the list that is on the screen without its order', () => {
    const list = { search: 'contoso', view: 'mine', sort: { field: 'label', direction: 'asc' } } as const;
    expect(bulkOf(withRows(nothing, ['a'], true), list)).toEqual({ ids: ['a'] });
    expect(bulkOf(withRows(everything, ['b'], false), list)).toEqual({
      list: { search: 'contoso', view: 'mine' },
      except: ['b'],
    });
  });
});
