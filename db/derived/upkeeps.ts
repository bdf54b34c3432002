/**
 * What follows from records, kept up inside the write that changes them. Each looks at `write.touched`, reads what it
 * needs and changes only what differs, so that a rebuild gives the same. They run in this order, once a write.
 */
import type { Write } from '../records/write.ts';
import { keepRedirects } from '../merge/keep-redirects.ts';
import { keepAccountContacts } from './account-contacts.ts';
import { keepListMemberships } from './list-membership.ts';
import { keepCustomValues } from './custom-values.ts';
import { keepLeads } from './leads.ts';
import { keepSegmentMembers } from './segment-members.ts';

export type Upkeep = (write: Write) => void;

export const upkeeps: readonly Upkeep[] = [
  // first: all others may read the values
  keepCustomValues,
  // first: what it moves concerns the others
  keepRedirects,
  keepAccountContacts,
  // before scores: joining a list is an interaction
  keepListMemberships,
  keepLeads,
  // last: questions may read what the others derive
  keepSegmentMembers,
];
