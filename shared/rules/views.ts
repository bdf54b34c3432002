/**
 * Which views of the lead list a role is offered, the one it starts with first (domain.md section 5): marketers see
 * everything, teleprospectors what waits for their call, sellers what is sales ready.
 *
 * Example: `leadViewsOf('seller')[0]` is 'salesReady'.
 */
import type { ListViewId } from '../contract/records.ts';
import type { UserRole } from '../model/picklists.ts';

export const leadViews = [
  'all',
  'open',
  'salesReady',
  'teleprospecting',
  'unlinked',
  'mine',
  'bin',
] as const satisfies readonly ListViewId[];
export type LeadView = (typeof leadViews)[number];

export const isLeadView = (name: string): name is LeadView => (leadViews as readonly string[]).includes(name);

const startOf: Readonly<Record<UserRole, LeadView>> = {
  marketer: 'all',
  manager: 'all',
  teleprospector: 'teleprospecting',
  seller: 'salesReady',
};

export function leadViewsOf(role: UserRole): readonly LeadView[] {
  const start = startOf[role];
  return [start, ...leadViews.filter((view) => view !== start)];
}
