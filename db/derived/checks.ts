/**
 * Everything that follows from records and can be made again from them. `check` and `maintenance.rebuild` go through
 * this list; a new kind of derived data is a line here.
 */
import type { Write } from '../records/write.ts';
import { checkCustody, rebuildCustody } from '../hq/custody.ts';
import type { ReadableStore } from '../store.ts';
import { rebuildAccountContacts, wrongContactCounts } from './account-contacts.ts';
import { rebuildCallQueue, rebuildScores, wrongQueueItems, wrongScores } from './lead-checks.ts';
import { rebuildMemberships, wrongMemberships } from './list-membership.ts';
import { rebuildSegmentMembers, wrongSegmentMembers } from './segment-members.ts';

export type DerivedData = {
  /** As reports name it. */
  readonly name: string;
  /** What differs from a rebuild, in a sentence without personal data; null when nothing does. */
  check(store: ReadableStore): string | null;
  /** Makes it again; runs inside a write. */
  rebuild(write: Write): void;
};

const accountContacts: DerivedData = {
  name: 'contacts of accounts',
  check(store) {
    const wrong = store.sql(wrongContactCounts).all().length;
    return wrong === 0 ? null : `${wrong} accounts count their contacts wrongly.`;
  },
  rebuild: rebuildAccountContacts,
};

const memberships: DerivedData = {
  name: 'memberships of lists',
  check: wrongMemberships,
  rebuild: rebuildMemberships,
};

const segmentMembers: DerivedData = {
  name: 'members of live segments',
  check: wrongSegmentMembers,
  rebuild: rebuildSegmentMembers,
};

const scores: DerivedData = { name: 'scores of leads', check: wrongScores, rebuild: rebuildScores };

const callQueue: DerivedData = { name: 'call queue', check: wrongQueueItems, rebuild: rebuildCallQueue };

const custody: DerivedData = {
  name: 'changes for HQ',
  check(store) {
    const { kept, counted } = checkCustody(store);
    return kept === counted ? null : `${kept} changes are counted for HQ, ${counted} were made.`;
  },
  rebuild: ({ store }) => rebuildCustody(store),
};

// in this order: what comes later reads what comes before
export const derivedData: readonly DerivedData[] = [
  accountContacts,
  memberships,
  scores,
  callQueue,
  segmentMembers,
  custody,
];
