/**
 * Makes what the first search and the first drag of the scrollbar would have to wait for: the texts of contacts and
 * leads, and their order by name. In parts, with room for questions between them.
 */
import type { EntityName } from '../../shared/model/entities.ts';
import type { ReadableStore } from '../store.ts';
import { keptOrder } from './kept-order.ts';
import { orderOf } from './orders.ts';
import { inSnapshot } from './remembered.ts';
import { readTextsAhead } from './search-texts.ts';
import { selectionOf } from './selection.ts';
import { viewOf } from './views.ts';

const soonAsked: readonly EntityName[] = ['contact', 'lead'];

export async function makeAhead(store: ReadableStore, pause: () => Promise<void>): Promise<void> {
  for (const entity of soonAsked) {
    const order = orderOf(entity, { field: 'label', direction: 'asc' });
    const view = viewOf(entity, 'all', null);
    if (!store.connection.open) return;
    if (order && view) inSnapshot(store, () => keptOrder(store, selectionOf(entity, view, [], []), order));
    await pause();
    await readTextsAhead(store, entity, pause);
    await pause();
  }
}
