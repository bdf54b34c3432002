/** A workspace as shipped, and people and leads in it, for tests of scores, process and call queue. */
import { onTestFinished } from 'vitest';
import { derivedData } from '../../db/derived/checks.ts';
import type { StoredPatch } from '../../db/records/entity-storage.ts';
import { readStored, type StoredRecord } from '../../db/records/read.ts';
import { createRecord, write } from '../../db/records/write.ts';
import { writeSetting } from '../../db/store.ts';
import { writeShippedConfiguration } from '../../electron/features/setup/shipped.ts';
import type { UserRole } from '../../shared/model/picklists.ts';
import type { InteractionKind } from '../../shared/model/picklists.ts';
import { freshStore } from './store.ts';

export type Made = { readonly id: number; readonly uuid: string };

export const email = (address: string) => ({
  address,
  kind: 'work' as const,
  primary: true,
  optedOut: false,
  bounced: false,
  valid: true,
});
export const phone = (e164: string, more: object = {}) => ({
  number: e164,
  e164,
  extension: null,
  kind: 'work' as const,
  primary: true,
  doNotCall: false,
  valid: true,
  ...more,
});

/** A Belgian workspace with the shipped configuration; whatever a test does, derived data must equal its rebuild. */
export function shippedStore() {
  const test = freshStore();
  const { store } = test;
  // a Monday at noon in Brussels
  test.clock.nowMs = Date.UTC(2026, 0, 5, 11);
  writeSetting(store.connection, 'region', 'BE');
  write(store, { cause: 'system' }, writeShippedConfiguration);
  onTestFinished(() => {
    if (!store.connection.open) return;
    for (const each of derivedData) {
      const wrong = each.check(store);
      if (wrong !== null) throw new Error(`${each.name}: ${wrong}`);
    }
  });
  let count = 0;
  const next = () => (count += 1);
  const helpers = {
    ...test,
    user(role: UserRole): Made {
      const made = write(store, { cause: 'system' }, (w) => createRecord(w, 'user', { name: role, role })).value;
      store.userRow = made.id;
      return made;
    },
    contact(more: StoredPatch<'contact'> = {}): Made {
      return write(store, { cause: 'edit' }, (w) =>
        createRecord(w, 'contact', { givenName: `Ann ${next()}`, consentLevel: 'consent', ...more }),
      ).value;
    },
    lead(more: StoredPatch<'lead'> = {}): Made {
      return write(store, { cause: 'capture' }, (w) => createRecord(w, 'lead', { topic: `Pumps ${next()}`, ...more }))
        .value;
    },
    interaction(contactId: number | null, kind: InteractionKind, more: StoredPatch<'interaction'> = {}) {
      return write(store, { cause: 'capture' }, (w) =>
        createRecord(w, 'interaction', {
          kind,
          occurredAtMs: w.atMs,
          eventKey: `${kind}:${next()}`,
          contactId,
          ...more,
        }),
      );
    },
    leadOf(id: number): StoredRecord<'lead'>['values'] {
      const lead = readStored(store, 'lead', id);
      if (!lead) throw new Error('no lead');
      return lead.values;
    },
    wait(ms: number): void {
      test.clock.nowMs += ms;
    },
  };
  return helpers;
}
