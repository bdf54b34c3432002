/** Attached files travel: what they are with the changes, their bytes behind these in the same bundle. */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRecord, write } from '../../db/records/write.ts';
import { uidToUuid } from '../../db/uuid.ts';
import { receiveFile } from '../../electron/features/hq/bundles.service.ts';
import { addAttachment, attachmentsAbout, saveAttachment } from '../../electron/features/notes/attachments.service.ts';
import { bundleOf, job, type Laptop, receive, team } from '../helpers/laptops.ts';
import { temporaryFolder } from '../helpers/store.ts';

const large = randomBytes(2_500_000);

async function withFile() {
  const { laptops } = await team(2);
  const [ann, bo] = laptops as [Laptop, Laptop];
  const { value } = write(ann.store, { cause: 'edit' }, (w) => createRecord(w, 'contact', { familyName: 'Peeters' }));
  const contact = uidToUuid(value.uid);
  const attach = (name: string, bytes: Buffer) => {
    const file = join(temporaryFolder(), name);
    writeFileSync(file, bytes);
    const added = addAttachment(ann.store, { of: 'contact', id: contact, file });
    if (!added.ok) throw new Error(added.error.message);
    return added.value.id;
  };
  const seen = (laptop: Laptop) => {
    const about = attachmentsAbout(laptop.store, { of: 'contact', id: contact, limit: 50, offset: 0, binned: false });
    if (!about.ok) throw new Error(about.error.message);
    return about.value.attachments.map(({ name, isHere, laptop: where }) => ({ name, isHere, where }));
  };
  return { ann, bo, attach, seen };
}

const bundleFrom = async (laptop: Laptop, again = false): Promise<string> => {
  const file = await bundleOf(laptop, temporaryFolder(), again);
  if (file === null) throw new Error('nothing to export');
  return file;
};

describe('files in bundles', () => {
  it('arrive byte for byte, once, also when the bundle comes twice', async () => {
    const { ann, bo, attach, seen } = await withFile();
    const id = attach('hall.jpg', large);
    attach('same.jpg', large);
    attach('small.txt', Buffer.from('hello'));
    const file = await bundleFrom(ann);
    expect(await receive(bo, file)).toMatchObject({ ok: true });
    expect(await receive(bo, file)).toMatchObject({ ok: true });
    expect(seen(bo).every(({ isHere }) => isHere)).toBe(true);
    expect(bo.store.sql('SELECT count(*) FROM file_content').pluck().get()).toBe(2);
    const folder = temporaryFolder();
    const saved = await saveAttachment(bo.store, { id, folder });
    if (!saved.ok) throw new Error(saved.error.message);
    expect(readFileSync(join(folder, saved.value.file)).equals(large)).toBe(true);
    // the same bytes are in the bundle once
    expect(readFileSync(file).length).toBeLessThan(large.length + 200_000);
  });

  it('go with the changes that attach them, and once more with everything again', async () => {
    const { ann, bo, attach, seen } = await withFile();
    attach('first.bin', large);
    await bundleFrom(ann);
    attach('second.bin', randomBytes(1000));
    const second = await bundleFrom(ann);
    expect(readFileSync(second).length).toBeLessThan(100_000);
    const again = await bundleFrom(ann, true);
    expect(await receive(bo, again)).toMatchObject({ ok: true });
    expect(seen(bo)).toEqual([
      { name: 'second.bin', isHere: true, where: null },
      { name: 'first.bin', isHere: true, where: null },
    ]);
  });

  it('say where they are until they have come, and come with the next try when the first was stopped', async () => {
    const { ann, bo, attach, seen } = await withFile();
    attach('hall.jpg', large);
    const file = await bundleFrom(ann);
    const pieces = () => bo.store.sql('SELECT count(*) FROM file_chunk').pluck().get() as number;
    const stopped = await receiveFile(bo.store, file, {
      now: bo.clock.nowMs,
      job: job(() => pieces() === 1),
    });
    expect(stopped).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    const [waiting] = seen(bo);
    expect(waiting).toMatchObject({ name: 'hall.jpg', isHere: false });
    expect(waiting?.where).toContain('Ann');
    expect(await receive(bo, file)).toMatchObject({ ok: true });
    expect(seen(bo)).toEqual([{ name: 'hall.jpg', isHere: true, where: null }]);
  });
});
