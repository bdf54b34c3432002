/**
 * What people decided about records that looked like one (domain.md section 2): which id leads to which after a merge,
 * and which two are one or never were. Kept and synced like any record; made by `duplicates.*` alone.
 */
import { z } from 'zod';
import { entity, instant, json, ref, setChoice, text } from './field.ts';

const kind = () => setChoice(['contact', 'account', 'lead'], 'contact', { computed: true });

/** `fromId` was merged into `toId`. Its own id follows from `fromId` (db/merge/redirects.ts). */
export const redirect = entity({
  name: 'redirect',
  area: 'redirects',
  searchable: false,
  sortable: [],
  fields: {
    entity: kind(),
    fromId: text({ max: 36, computed: true }),
    toId: text({ max: 36, computed: true }),
  },
});

/** Two records are one, or two. `firstId` is the smaller id; the record's own id follows from both. */
export const duplicateDecision = entity({
  name: 'duplicateDecision',
  area: 'duplicateDecisions',
  searchable: false,
  sortable: [],
  fields: {
    entity: kind(),
    firstId: text({ max: 36, computed: true }),
    secondId: text({ max: 36, computed: true }),
    decision: setChoice(['same', 'different'], 'different', { computed: true }),
    userId: ref('user', { computed: true }),
    decidedAtMs: instant({ computed: true }),
    /** How their fields compared when it was decided, field → level: what the finder learns from. */
    comparison: json(z.record(z.string().max(40), z.string().max(40)), {}, { computed: true }),
  },
});
