import { describe, expect, it } from 'vitest';
import { isLeadView, leadViewsOf, leadViews } from '../../../../shared/rules/views.ts';
import { userRoles } from '../../../../shared/model/picklists.ts';
import { listViewIds } from '../../../../shared/contract/records.ts';

describe('the views of a role', () => {
  it('starts each role with what it works on and offers every view once', () => {
    expect(userRoles.map((role) => leadViewsOf(role)[0])).toEqual(['all', 'teleprospecting', 'salesReady', 'all']);
    for (const role of userRoles) expect([...leadViewsOf(role)].sort()).toEqual([...leadViews].sort());
  });
  it('names only views that lists have', () => {
    expect(leadViews.every((view) => (listViewIds as readonly string[]).includes(view))).toBe(true);
    expect(isLeadView('unlinked')).toBe(true);
    expect(isLeadView('01900000')).toBe(false);
  });
});
