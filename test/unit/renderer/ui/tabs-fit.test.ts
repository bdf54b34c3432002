import { describe, expect, it } from 'vitest';
import { fittingTabs } from '../../../../renderer/ui/tabs-fit.ts';

const tabs = ['timeline', 'notes', 'leads', 'opportunities', 'files', 'history'].map((id) => ({ id, label: id }));
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);

describe('tabs in a row', () => {
  it('all stand in the row while there is room, and before the room is known', () => {
    expect(fittingTabs(tabs, 0, 'timeline').folded).toEqual([]);
    expect(fittingTabs(tabs, 2000, 'timeline').folded).toEqual([]);
  });

  it('fold those that do not fit, in their order, and lose none', () => {
    const { shown, folded } = fittingTabs(tabs, 330, 'timeline');
    expect(ids(shown)).toContain('timeline');
    expect(folded.length).toBeGreaterThan(0);
    expect([...ids(shown), ...ids(folded)].toSorted()).toEqual(ids(tabs).toSorted());
  });

  it('always show the one in sight, even where it alone is too wide', () => {
    expect(ids(fittingTabs(tabs, 330, 'opportunities').shown)).toContain('opportunities');
    expect(ids(fittingTabs(tabs, 60, 'history').shown)).toEqual(['history']);
  });
});
