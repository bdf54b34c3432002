/**
 * What searches learned of the records of a kind (shared/rules/linkage/model.ts), kept in this file from one run of the
 * program to the next. Not synced: it follows from the records, and from decisions, which are. It tells nobody apart:
 * shares of how often fields agree, and no value of any of them.
 *
 * Example: after `keepLearned(store, 'contact', parameters)`, `keptLearned(store, 'contact')` gives them to the next search.
 */
import { fitsFields, type Parameters } from '../../shared/rules/linkage/model.ts';
import { learnedSchema } from '../../shared/contract/duplicates.ts';
import { type ReadableStore, readSetting, type WritableStore, writeSetting } from '../store.ts';
import { type DuplicateEntity, subjectOf } from './records.ts';

const keyOf = (of: DuplicateEntity): string => `learned.${of}`;

/** Levels by which fields compare: what was learned of others says nothing about these. */
const levelsOf = (of: DuplicateEntity): string =>
  subjectOf(of)
    .kind.fields.map(({ key, levels }) => `${key} ${levels.join(' ')}`)
    .join('|');

export function keepLearned(store: WritableStore, of: DuplicateEntity, learned: Parameters): void {
  if (!fitsFields(subjectOf(of).kind.fields, learned)) return;
  writeSetting(store.connection, keyOf(of), JSON.stringify({ levels: levelsOf(of), learned }));
}

/** Null where nothing was learned yet, or by other rules than today's. */
export function keptLearned(store: ReadableStore, of: DuplicateEntity): Parameters | null {
  const kept = readSetting(store.connection, keyOf(of));
  if (kept === null) return null;
  const { levels, learned } = JSON.parse(kept) as { levels: unknown; learned: unknown };
  const parsed = learnedSchema.safeParse(learned);
  if (levels !== levelsOf(of) || !parsed.success) return null;
  return fitsFields(subjectOf(of).kind.fields, parsed.data) ? parsed.data : null;
}
