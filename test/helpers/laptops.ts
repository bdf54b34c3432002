/** Laptops of one workspace, each with a store of its own. */
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EntityName, entityNames, entityOf } from '../../shared/model/entities.ts';
import { openConnection } from '../../db/connection.ts';
import { tableOf } from '../../db/records/entity-storage.ts';
import { readWire } from '../../db/records/read.ts';
import { writableStore } from '../../db/store.ts';
import { newUuid, uidToUuid } from '../../db/uuid.ts';
import { createReceiver, type ReceiverOptions, type Taken } from '../../db/change-log/apply.ts';
import { collectPeople, collectWrites } from '../../db/change-log/collect.ts';
import { exportBundle, receiveFile } from '../../electron/features/hq/bundles.service.ts';
import { setUpWorkspace } from '../../electron/features/workspace/setup.ts';
import { workspaceHandlers } from '../../electron/features/workspace/workspace.handlers.ts';
import { contextOf } from './context.ts';
import { freshStore, temporaryFolder, type TestStore } from './store.ts';

export type Laptop = TestStore & { readonly name: string };

export type Team = {
  readonly laptops: readonly Laptop[];
  readonly folder: string;
  /** Path of the HQ key file. */
  readonly hqKey: string;
  readonly invitation: string;
};

const names = ['Ann', 'Bo', 'Cem', 'Dao', 'Eva'];

/** The first made the workspace, the others joined it by its invitation. Their clocks differ by seconds. */
export async function team(size: number): Promise<Team> {
  const folder = temporaryFolder();
  const laptops: Laptop[] = [];
  let invitation: string | null = null;
  const hqKey = join(folder, 'hq.outposthqkey');
  for (let index = 0; index < size; index += 1) {
    const laptop: Laptop = { ...freshStore(), name: names[index] ?? `Laptop ${index}` };
    laptop.clock.nowMs += index * 7_000;
    const person = { name: laptop.name, role: 'marketer', region: 'BE' } as const;
    const made = await setUpWorkspace(laptop.store, { person, workspaceName: 'Fairs', demo: false, invitation });
    if (!made.ok) throw new Error(made.error.message);
    if (made.value.hqRecoveryFile !== null) {
      writeFileSync(hqKey, made.value.hqRecoveryFile);
      const invited = await workspaceHandlers['workspace.invite']({ folder }, contextOf(laptop));
      if (!invited.ok) throw new Error(invited.error.message);
      invitation = join(folder, invited.value.file);
    }
    laptops.push(laptop);
  }
  if (invitation === null) throw new Error('a team needs a laptop');
  return { laptops, folder, hqKey, invitation };
}

export const job = (isCancelled: () => boolean = () => false) => ({
  jobId: 'job',
  report: () => {},
  isCancelled,
  breathe: () => new Promise<void>((resolve) => setImmediate(resolve)),
});

/** Everything new of a laptop as a bundle; null when there is nothing. */
export async function bundleOf(laptop: Laptop, folder = temporaryFolder(), again = false): Promise<string | null> {
  const done = await exportBundle(laptop.store, folder, { again, now: laptop.clock.nowMs, job: job() });
  if (!done.ok) throw new Error(`${done.error.code}: ${done.error.message}`);
  return done.value.file === null ? null : join(folder, done.value.file.name);
}

export const receive = (laptop: Laptop, file: string) =>
  receiveFile(laptop.store, file, { now: laptop.clock.nowMs, job: job() });

/** The lines of a laptop's writes above `from`, without a file: for tests about what they mean. */
export function linesOf(laptop: Laptop, from: number, to: number): readonly string[] {
  const { store } = laptop;
  const parts = [...collectWrites(store, store.author.deviceRow, from, to)];
  return parts.flatMap((part) => part.text.split('\n')).filter((line) => line !== '');
}

export function takeLines(into: Laptop, from: Laptop, lines: readonly string[], options: ReceiverOptions = {}): Taken {
  const { deviceId, deviceRow } = from.store.author;
  const sender = { deviceId, deviceName: from.name, publicKey: 'key' };
  const taken: Taken = { applied: 0, alreadyKnown: 0, conflicts: 0 };
  const people = createReceiver(into.store, sender, taken, { counted: false });
  for (const line of collectPeople(from.store, deviceRow).split('\n')) if (line !== '') people.add(line);
  people.end();
  const receiver = createReceiver(into.store, sender, taken, options);
  for (const line of lines) receiver.add(line);
  receiver.end();
  return taken;
}

export const lastWriteOf = (laptop: Laptop): number =>
  (
    laptop.store
      .sql('SELECT coalesce(max(originNumber), 0) AS n FROM write WHERE deviceId = ?')
      .get(laptop.store.author.deviceRow) as { n: number }
  ).n;

/** The same laptops once more, as they are now: many histories from one beginning. Close them when done. */
export function copiesOf(laptops: readonly Laptop[]): Laptop[] {
  return laptops.map((laptop) => {
    laptop.store.connection.pragma('wal_checkpoint(TRUNCATE)');
    const path = `${laptop.path}.${newUuid()}`;
    copyFileSync(laptop.path, path);
    const opened = openConnection({ path, key: laptop.key, access: 'write' });
    if (!opened.ok) throw new Error(opened.error.message);
    // a history is thrown away: it need not survive a power cut
    opened.value.pragma('synchronous = OFF');
    const clock = { nowMs: laptop.clock.nowMs };
    return { ...laptop, path, clock, store: writableStore(opened.value, () => clock.nowMs) };
  });
}

export function discard(laptops: readonly Laptop[]): void {
  for (const { store, path } of laptops) {
    store.connection.close();
    for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
  }
}

/** Every synced record as callers see it, by id, without what is this laptop's own. */
export function everything(laptop: Laptop, entities: readonly EntityName[] = entityNames) {
  const all: Record<string, unknown> = {};
  for (const entity of entities) {
    if (!entityOf(entity).synced) continue;
    const rows = laptop.store.sql(`SELECT uid FROM ${tableOf(entity)}`).all() as { uid: Buffer }[];
    for (const { uid } of rows) {
      const uuid = uidToUuid(uid);
      const record = readWire(laptop.store, entity, uuid) as Record<string, unknown>;
      const { version: _version, scoredAtMs: _scoredAtMs, ...rest } = record;
      if (rest['deletedAtMs'] !== null) {
        // a score is not kept up in the bin: who saw the lead alive has its last one, who got it binned has none
        delete rest['score'];
        delete rest['grade'];
      }
      if (uuid.startsWith('01900000-0000-7000-8000')) {
        // shipped: each laptop made its own
        delete rest['createdAtMs'];
        delete rest['updatedAtMs'];
      }
      all[`${entity}:${uuid}`] = rest;
    }
  }
  return all;
}

export const waiting = (laptop: Laptop) => ({
  changes: (laptop.store.sql('SELECT count(*) AS n FROM pending_change').get() as { n: number }).n,
  references: (laptop.store.sql('SELECT count(*) AS n FROM pending_reference').get() as { n: number }).n,
});
