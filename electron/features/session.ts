/** Who uses this laptop. */
import { rowIdOf } from '../../db/records/read.ts';
import { readSetting, type ReadableStore } from '../../db/store.ts';

/** Their row; null before anybody is entered. */
export function userRowOf(store: ReadableStore): number | null {
  const uuid = readSetting(store.connection, 'userId');
  return uuid === null ? null : rowIdOf(store, 'user', uuid);
}
