/**
 * Makes what a search and a drag of the scrollbar would have to wait for: the words of contacts and leads, and their
 * order by name. In parts, with room for questions between them; again when an import has changed too much.
 */
import type { EntityName } from '../../shared/model/entities.ts';
import type { ReadableStore } from '../store.ts';
import { keepOrderAhead } from './kept-order.ts';
import { orderOf } from './orders.ts';
import { revisionOf } from './remembered.ts';
import { readWordsAhead } from './search-words.ts';
import { selectionOf } from './selection.ts';
import { viewOf } from './views.ts';

const soonAsked: readonly EntityName[] = ['contact', 'lead'];

export async function makeAhead(store: ReadableStore, pause: () => Promise<void>): Promise<void> {
  for (const entity of soonAsked) {
    const order = orderOf(store, entity, { field: 'label', direction: 'asc' });
    const view = viewOf(entity, 'all', null);
    if (!store.connection.open) return;
    if (order && view) await keepOrderAhead(store, selectionOf(entity, view, [], []), order, pause);
    if (!store.connection.open) return;
    await readWordsAhead(store, entity, pause);
    await pause();
  }
}

const lookEveryMs = 5000;

/** Makes it now and again whenever changes have come to rest, until the store is closed. */
export async function keepAhead(store: ReadableStore, pause: () => Promise<void>): Promise<void> {
  const revisions = (): string => soonAsked.map((entity) => revisionOf(store, entity)).join();
  let made: string | null = null;
  for (let seen: string | null = null; store.connection.open;) {
    const now = revisions();
    if (now !== made && (made === null || now === seen)) {
      await makeAhead(store, pause);
      made = now;
    }
    seen = now;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs).unref());
  }
}
