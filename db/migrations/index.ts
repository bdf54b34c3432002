/** Every migration, in order of version. */
import type { Migration } from './migration.ts';
import { createChangeLog } from './0010-create-change-log.ts';
import { createConfiguration } from './0020-create-configuration.ts';
import { createPeople } from './0030-create-people.ts';
import { createHappenings } from './0040-create-happenings.ts';
import { createImports } from './0110-create-imports.ts';
import { createSegmentMembers } from './0120-create-segment-members.ts';
import { createScoresAndQueue } from './0130-create-scores-and-queue.ts';
import { createCustody } from './0140-create-custody.ts';
import { addListIndexes } from './0150-add-list-indexes.ts';
import { createSavedViews } from './0160-create-saved-views.ts';
import { indexTheBin } from './0170-index-the-bin.ts';
import { indexOpportunities } from './0180-index-opportunities.ts';
import { createCustomFields } from './0190-create-custom-fields.ts';
import { addTags } from './0200-add-tags.ts';
import { oneListMembership } from './0205-one-list-membership.ts';
import { createTombstones } from './0206-create-tombstones.ts';
import { createNotes } from './0210-create-notes.ts';
import { createMerging } from './0220-create-merging.ts';
import { continueImports } from './0230-continue-imports.ts';
import { countStrategyOutcomes } from './0250-count-strategy-outcomes.ts';

export const migrations: readonly Migration[] = [
  createChangeLog,
  createConfiguration,
  createPeople,
  createHappenings,
  createImports,
  createSegmentMembers,
  createScoresAndQueue,
  createCustody,
  addListIndexes,
  createSavedViews,
  indexTheBin,
  indexOpportunities,
  createCustomFields,
  addTags,
  oneListMembership,
  createTombstones,
  createNotes,
  createMerging,
  continueImports,
  countStrategyOutcomes,
].toSorted((a, b) => a.version - b.version);
