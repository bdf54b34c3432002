/** One row a tag, by which records are found and existing tags are offered. */
import { tagKey } from '../../shared/rules/tags.ts';
import type { ChildTable } from './entity-storage.ts';

export const tagged = ['contact', 'account', 'lead'] as const;
export type Tagged = (typeof tagged)[number];

export const tagRows = <E extends Tagged>(entity: E): ChildTable<E> => ({
  from: 'tags',
  clear: `DELETE FROM ${entity}_tag WHERE ${entity}Id = ?`,
  insert: `INSERT INTO ${entity}_tag (${entity}Id, position, tag, tagKey) VALUES (?, ?, ?, ?)`,
  select: `SELECT position, tag, tagKey FROM ${entity}_tag WHERE ${entity}Id = ? ORDER BY position`,
  rows: ({ tags }) => tags.map((tag, position) => [position, tag, tagKey(tag)]),
});
