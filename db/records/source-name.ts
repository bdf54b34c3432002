/**
 * What a source is called. Captures name theirs by id, so that captures of laptops that call a form differently still
 * match (`captureSourceOf`); a person reads the form's or event's name. Any other source is its own name.
 *
 * Example: 'event:01a20d00-…' is 'Contoso conference'; 'Newsletter tool' stays as it is.
 */
import { uuidSchema } from '../../shared/model/ids.ts';
import type { ReadableStore } from '../store.ts';
import { uuidToUid } from '../uuid.ts';

/** Null for a form or an event that is not here. */
export function sourceName(store: ReadableStore, source: string): string | null {
  const [, kind, id] = /^(form|event):(.+)$/.exec(source) ?? [];
  if (id === undefined || !uuidSchema.safeParse(id).success) return source;
  const table = kind === 'form' ? 'capture_form' : 'event';
  const name = store.sql(`SELECT name FROM ${table} WHERE uid = ?`).pluck().get(uuidToUid(id)) as string | undefined;
  return name ?? null;
}
