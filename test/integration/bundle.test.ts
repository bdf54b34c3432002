/** Bundles as files: what is in them, who can read them, and what happens to one that was harmed. */
import { closeSync, ftruncateSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Decrypter } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { headerText, openEnvelope } from '../../db/hq/envelope.ts';
import { readHqKey } from '../../db/hq/invitation.ts';
import { verifyBundle } from '../../db/hq/bundle-reader.ts';
import { custodyCounts } from '../../db/hq/custody.ts';
import { createRecord, updateRecord, write } from '../../db/records/write.ts';
import { newDeviceKeys, newWorkspaceKeys, readDeviceKeys, readWorkspaceKeys, storeKeys } from '../../db/hq/keys.ts';
import { writeSetting } from '../../db/store.ts';
import { newUuid } from '../../db/uuid.ts';
import { exportBundle } from '../../electron/features/hq/bundles.service.ts';
import { bundleOf, job, type Laptop, receive, team } from '../helpers/laptops.ts';
import { temporaryFolder } from '../helpers/store.ts';

async function pair() {
  const made = await team(2);
  const [ann, bo] = made.laptops;
  if (!ann || !bo) throw new Error('two laptops');
  return { ...made, ann, bo };
}

function capture(laptop: Laptop, names: readonly string[]): void {
  write(laptop.store, { cause: 'import', label: 'visitors.csv' }, (w) => {
    for (const name of names) createRecord(w, 'contact', { givenName: name, familyName: 'Secretson' });
  });
}

const contactNames = (laptop: Laptop) =>
  (laptop.store.sql('SELECT givenName FROM contact ORDER BY givenName').all() as { givenName: string }[]).map(
    (row) => row.givenName,
  );

async function sent() {
  const all = await pair();
  capture(all.ann, ['Eva', 'Bart', 'Somchai']);
  const file = await bundleOf(all.ann);
  if (file === null) throw new Error('no bundle');
  return { ...all, file, bytes: readFileSync(file) };
}

const rowsIn = (laptop: Laptop): number =>
  (
    laptop.store
      .sql('SELECT (SELECT count(*) FROM contact) + (SELECT count(*) FROM write) + (SELECT count(*) FROM device) AS n')
      .get() as { n: number }
  ).n;

describe('a bundle', () => {
  it('is taken in by another laptop, once', async () => {
    const { ann, bo, file } = await sent();
    expect(await receive(bo, file)).toMatchObject({
      ok: true,
      value: { kind: 'bundle', changes: 3, applied: 3, alreadyKnown: 0, conflicts: 0 },
    });
    expect(contactNames(bo)).toEqual(contactNames(ann));
    expect(await receive(bo, file)).toMatchObject({ ok: true, value: { applied: 0, alreadyKnown: 3 } });
    expect(bo.store.sql('SELECT count(*) AS n FROM received_bundle').get()).toEqual({ n: 1 });
  });

  it('changes nothing where it was written', async () => {
    const { ann, file } = await sent();
    const before = rowsIn(ann);
    expect(await receive(ann, file)).toMatchObject({ ok: true, value: { applied: 0, alreadyKnown: 3 } });
    expect(rowsIn(ann)).toBe(before);
  });

  it('shows nothing of the people in it, and is read by HQ with age and tar alone', async () => {
    const { file, bytes, hqKey } = await sent();
    expect(bytes.includes('Eva') || bytes.includes('Secretson') || bytes.includes('visitors')).toBe(false);
    const opened = await openEnvelope(file);
    const key = readHqKey(readFileSync(hqKey, 'utf8'));
    if (!opened.ok || !key.ok) throw new Error('not opened');
    const decrypter = new Decrypter();
    decrypter.addIdentity(key.value.hqIdentity);
    const tar = Buffer.from(await decrypter.decrypt(bytes.subarray(opened.value.bodyOffset)));
    expect(tar.subarray(257, 262).toString()).toBe('ustar');
    expect(tar.includes('manifest.json')).toBe(true);
  });

  it('is not written when there is nothing new, and everything is once more when asked', async () => {
    const { ann, bo } = await sent();
    const folder = temporaryFolder();
    expect(await exportBundle(ann.store, folder, { again: false, now: 5, job: job() })).toEqual({
      ok: true,
      value: { changes: 0, file: null },
    });
    expect(readdirSync(folder)).toEqual([]);
    capture(ann, ['Later']);
    const again = await bundleOf(ann, folder, true);
    expect(custodyCounts(ann.store).notYetExported).toBe(1);
    expect(await receive(bo, again ?? '')).toMatchObject({ ok: true, value: { changes: 3, applied: 3 } });
    expect(contactNames(bo)).toEqual(['Bart', 'Eva', 'Somchai']);
  });

  it('takes any order and any overlap', async () => {
    const { ann, bo, file } = await sent();
    write(ann.store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', 1, { jobTitle: 'CEO' }));
    const second = await bundleOf(ann);
    const again = await bundleOf(ann, temporaryFolder(), true);
    expect(await receive(bo, second ?? '')).toMatchObject({ ok: true, value: { changes: 1, applied: 1 } });
    expect(bo.store.sql('SELECT count(*) AS n FROM contact').get()).toEqual({ n: 0 });
    expect(await receive(bo, again ?? '')).toMatchObject({
      ok: true,
      value: { changes: 4, applied: 3, alreadyKnown: 1 },
    });
    expect(await receive(bo, file)).toMatchObject({ ok: true, value: { applied: 0, alreadyKnown: 3 } });
    expect(bo.store.sql("SELECT count(*) AS n FROM contact WHERE jobTitle = 'CEO'").get()).toEqual({ n: 1 });
  });

  it('leaves no file behind when it is stopped or the folder cannot take it', async () => {
    const { ann } = await pair();
    capture(ann, ['Eva']);
    const folder = temporaryFolder();
    expect(await exportBundle(ann.store, folder, { again: false, now: 5, job: job(() => true) })).toMatchObject({
      ok: false,
      error: { code: 'cancelled' },
    });
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(join(folder, 'taken'), '');
    await expect(exportBundle(ann.store, join(folder, 'taken'), { again: false, now: 5, job: job() })).rejects.toThrow(
      /EEXIST|ENOTDIR/,
    );
    expect(custodyCounts(ann.store).notYetExported).toBe(1);
  });

  it('claims each change once when two are asked for together', async () => {
    const { ann } = await pair();
    capture(ann, ['Eva']);
    const folder = temporaryFolder();
    const both = await Promise.all(
      [1, 2].map(() => exportBundle(ann.store, folder, { again: false, now: 5, job: job() })),
    );
    expect(both.map((each) => each.ok && each.value.changes)).toEqual([1, 0]);
    expect(custodyCounts(ann.store)).toEqual({ notYetExported: 0, notYetReceived: 1 });
  });
});

describe('a bundle that was harmed is refused, and nothing is written', () => {
  it('cut short anywhere', async () => {
    const { bo, file, bytes } = await sent();
    const before = rowsIn(bo);
    const descriptor = openSync(file, 'r+');
    for (const share of [0.999, 0.9, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.001, 0]) {
      ftruncateSync(descriptor, Math.floor(bytes.length * share));
      expect(await receive(bo, file)).toMatchObject({ ok: false, error: { code: 'bundleIncomplete' } });
    }
    closeSync(descriptor);
    expect(rowsIn(bo)).toBe(before);
  });

  it('altered by any one byte', { timeout: 60_000 }, async () => {
    const { bo, file, bytes } = await sent();
    const before = rowsIn(bo);
    const opened = await openEnvelope(file);
    const bodyOffset = opened.ok ? opened.value.bodyOffset : 0;
    const positions = [
      ...Array.from({ length: bodyOffset }, (_each, index) => index),
      ...Array.from(
        { length: 150 },
        (_each, index) => bodyOffset + Math.floor((index * (bytes.length - bodyOffset)) / 150),
      ),
      bytes.length - 1,
    ];
    for (const position of positions) {
      const altered = Buffer.from(bytes);
      altered[position] = (altered[position] ?? 0) ^ 0x80;
      writeFileSync(file, altered);
      const result = await receive(bo, file);
      expect([position, result.ok ? 'ok' : result.error.code]).toEqual([position, 'bundleDamaged']);
    }
    writeFileSync(file, Buffer.concat([bytes, Buffer.from('x')]));
    expect(await receive(bo, file)).toMatchObject({ ok: false, error: { code: 'bundleDamaged' } });
    expect(rowsIn(bo)).toBe(before);
  });

  it('for another workspace or another HQ', async () => {
    const { file } = await sent();
    const { bo: stranger } = await pair();
    expect(await receive(stranger, file)).toMatchObject({ ok: false, error: { code: 'bundleOtherWorkspace' } });
    expect(stranger.store.sql('SELECT count(*) AS n FROM contact').get()).toEqual({ n: 0 });
  });

  it('from a newer version', async () => {
    const { bo, file, bytes } = await sent();
    const text = bytes.toString('latin1').replace('"formatVersion":1,', '"formatVersion":2,');
    writeFileSync(file, Buffer.from(text, 'latin1'));
    expect(await receive(bo, file)).toMatchObject({ ok: false, error: { code: 'bundleTooNew' } });
  });

  it('that is something else', async () => {
    const { bo, file } = await sent();
    for (const other of ['a,b\r\n1,2\r\n', 'PK\u0003\u0004', '{}', 'SQLite format 3\0'.repeat(500)]) {
      writeFileSync(file, other);
      expect(await receive(bo, file)).toMatchObject({ ok: false, error: { code: 'bundleNotOutpost' } });
    }
    expect(await receive(bo, `${file}-not-there`)).toMatchObject({ ok: false, error: { code: 'fileMissing' } });
  });

  it('written by a laptop that nobody invited, though it knows whom to encrypt for', async () => {
    const { ann, bo } = await pair();
    const keys = readWorkspaceKeys(ann.store.connection);
    const device = readDeviceKeys(ann.store.connection);
    if (!keys || !device) throw new Error('no keys');
    const other = (await newWorkspaceKeys()).keys;
    storeKeys(ann.store.connection, { ...keys, workspaceSecret: other.workspaceSecret }, device);
    capture(ann, ['Mallory']);
    const file = await bundleOf(ann);
    expect(await receive(bo, file ?? '')).toMatchObject({ ok: false, error: { code: 'bundleSenderUnknown' } });
    expect(contactNames(bo)).toEqual([]);
  });

  it('signed by another key than the device showed first', async () => {
    const { ann, bo, file } = await sent();
    await receive(bo, file);
    const keys = readWorkspaceKeys(ann.store.connection);
    if (!keys) throw new Error('no keys');
    storeKeys(ann.store.connection, keys, newDeviceKeys());
    capture(ann, ['Mallory']);
    const next = await bundleOf(ann);
    expect(await receive(bo, next ?? '')).toMatchObject({ ok: false, error: { code: 'bundleSenderUnknown' } });
  });

  it('of a copied database that went its own way', async () => {
    const { ann, bo, file } = await sent();
    await receive(bo, file);
    // the same device and number, another time: as two copies of one laptop would write
    ann.store
      .sql('UPDATE write SET clock = clock + 1 WHERE deviceId = ? AND originNumber = 2')
      .run(ann.store.author.deviceRow);
    const again = await bundleOf(ann, temporaryFolder(), true);
    expect(await receive(bo, again ?? '')).toMatchObject({ ok: false, error: { code: 'bundleSenderUnknown' } });
  });

  it('with its clear lines put before another bundle', async () => {
    const { ann, bo, file, bytes } = await sent();
    capture(ann, ['Other']);
    const other = (await bundleOf(ann)) ?? '';
    const [first, second] = [await openEnvelope(file), await openEnvelope(other)];
    if (!first.ok || !second.ok) throw new Error('not opened');
    const body = readFileSync(other).subarray(second.value.bodyOffset);
    writeFileSync(file, Buffer.concat([Buffer.from(headerText(first.value.header, body.length)), body]));
    expect(await receive(bo, file)).toMatchObject({ ok: false, error: { code: 'bundleDamaged' } });
    writeFileSync(file, bytes);
    expect((await receive(bo, file)).ok).toBe(true);
  });
});

it('is refused by HQ of another workspace though the name is the same', async () => {
  const { ann, file } = await sent();
  const keys = readWorkspaceKeys(ann.store.connection);
  if (!keys) throw new Error('no keys');
  const result = await verifyBundle(file, {
    workspaceId: newUuid(),
    hqRecipient: keys.hqRecipient,
    workspaceSecret: keys.workspaceSecret,
    identity: keys.workspaceIdentity,
  });
  expect(result).toMatchObject({ ok: false, error: { code: 'bundleOtherWorkspace' } });
  writeSetting(ann.store.connection, 'workspaceId', newUuid());
  expect(await receive(ann, file)).toMatchObject({ ok: false, error: { code: 'bundleOtherWorkspace' } });
});
