/** Notes and files kept with records: written, found, seen from the records around, put back, and kept once. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { largestAttachmentBytes } from '../../shared/rules/attachment.ts';
import { checkStore } from '../../db/check.ts';
import { historyHandlers } from '../../electron/features/history/history.handlers.ts';
import { leadsHandlers } from '../../electron/features/leads/leads.handlers.ts';
import { notesHandlers } from '../../electron/features/notes/notes.handlers.ts';
import { aroundHandlers } from '../../electron/features/records/around.handlers.ts';
import { recordsHandlers } from '../../electron/features/records/records.handlers.ts';
import { workspaceWith } from '../helpers/calls.ts';
import { temporaryFolder } from '../helpers/store.ts';

const handlers = { ...recordsHandlers, ...notesHandlers, ...aroundHandlers, ...historyHandlers, ...leadsHandlers };

async function someone() {
  const workspace = workspaceWith(handlers);
  const { get } = workspace;
  const { id: contactId } = await get('contacts.create', { values: { givenName: 'Ann', familyName: 'Peeters' } });
  const { id: leadId } = await get('leads.create', { values: { topic: 'Forklifts', contactId } });
  return { ...workspace, contactId, leadId };
}

describe('notes', () => {
  it('say who wrote them and when, pinned ones first, and show on the pages around theirs', async () => {
    const { get, contactId, leadId, test } = await someone();
    await get('notes.create', { values: { text: 'Met at the coffee bar\nHas two dogs', contactId, pinned: true } });
    test.clock.nowMs += 60_000;
    await get('notes.create', { values: { text: 'Wants a quote', leadId } });
    const ofContact = await get('notes.about', { of: 'contact', id: contactId });
    expect(ofContact.notes.map(({ label, pinned }) => [label, pinned])).toEqual([
      ['Met at the coffee bar', true],
      ['Wants a quote', false],
    ]);
    expect(ofContact.notes[1]).toMatchObject({
      writtenAtMs: test.clock.nowMs,
      labels: { authorId: 'Kim', leadId: 'Forklifts' },
    });
    const ofLead = await get('notes.about', { of: 'lead', id: leadId });
    expect(ofLead.total).toBe(2);
    const { counts } = await get('records.around', { of: 'contact', id: contactId });
    expect(counts).toMatchObject({ notes: 2, leads: 1, attachments: 0, opportunities: 0 });
  });

  it('are in the timeline of the person and the lead, and can be asked for alone', async () => {
    const { get, contactId, leadId } = await someone();
    await get('notes.create', { values: { text: 'First line\nand more', contactId } });
    await get('interactions.record', { contactId, kind: 'badgeScanned' });
    for (const [of, id] of [
      ['contact', contactId],
      ['lead', leadId],
    ] as const) {
      const { entries } = await get('timeline.page', { of, id, kinds: ['note'] });
      expect(entries).toMatchObject([{ entity: 'note', title: 'First line', detail: 'and more' }]);
    }
    const all = await get('timeline.page', { of: 'contact', id: contactId });
    expect(all.entries.map(({ entity }) => entity).toSorted()).toContain('interaction');
  });

  it('are found by any part of any word, in any script, also far down in a long one', async () => {
    const { get, contactId } = await someone();
    const filler = Array.from({ length: 900 }, (_, at) => `word${at}`).join(' ');
    await get('notes.create', { values: { text: `${filler} Наталья Crème brûlée 王芳`, contactId } });
    for (const search of ['тал', 'brul', '芳', 'word89']) {
      const { hits } = await get('search.everything', { search });
      expect(hits, search).toMatchObject([
        { entity: 'note', detail: 'Ann Peeters', of: { entity: 'contact', id: contactId } },
      ]);
    }
    expect((await get('search.everything', { search: 'nowhere' })).hits).toEqual([]);
  });

  it('keep their own history, and removing one can be put back', async () => {
    const { get, contactId } = await someone();
    const { id } = await get('notes.create', { values: { text: 'One', contactId } });
    await get('notes.update', { id, values: { text: 'Two' } });
    const { writeId } = await get('notes.remove', { ids: [id] });
    const about = { of: 'contact', id: contactId } as const;
    expect(await get('notes.about', about)).toMatchObject({ total: 0, inBin: 1 });
    const binned = await get('notes.about', { ...about, binned: true });
    expect(binned).toMatchObject({ notes: [{ text: 'Two' }], total: 1, inBin: 1 });
    await get('history.undo', { writeId });
    expect((await get('notes.about', { of: 'contact', id: contactId })).notes).toMatchObject([{ text: 'Two' }]);
    const { entries } = await get('history.ofRecord', { entity: 'note', id });
    expect(entries.map(({ operation }) => operation)).toEqual(['restore', 'remove', 'update', 'create']);
  });

  it('are refused blank, too long, and without a record that they belong to', async () => {
    const { call, contactId } = await someone();
    await expect(call('notes.create', { values: { text: ' \n ', contactId } })).rejects.toThrow('blank');
    await expect(call('notes.create', { values: { text: 'x'.repeat(20_001), contactId } })).rejects.toThrow('too_big');
    expect(await call('notes.create', { values: { text: 'Of nobody' } })).toMatchObject({
      ok: false,
      error: { code: 'invalidValue' },
    });
  });

  it('tell the second of two windows that the first one was faster, and lose nothing', async () => {
    const { get, call, contactId } = await someone();
    const { id } = await get('notes.create', { values: { text: 'One', contactId } });
    const { version } = await get('notes.get', { id });
    await get('notes.update', { id, values: { text: 'Theirs' }, baseVersion: version });
    expect(await call('notes.update', { id, values: { text: 'Mine' }, baseVersion: version })).toMatchObject({
      ok: false,
      error: { code: 'changedSince' },
    });
    expect(await get('notes.get', { id })).toMatchObject({ text: 'Theirs' });
  });
});

function fileOf(name: string, content: Buffer | string): string {
  const folder = temporaryFolder();
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('attached files', () => {
  it('come back byte for byte, from several pieces, under a safe name', async () => {
    const { get, contactId } = await someone();
    const bytes = randomBytes(700_001);
    const file = fileOf('offer.pdf', bytes);
    const added = await get('attachments.add', {
      of: 'contact',
      id: contactId,
      file,
      name: `..\\..\\offer\u202efdp.exe`,
      note: ' the offer ',
    });
    expect(added.name).toBe('offerfdp.exe');
    const { attachments } = await get('attachments.about', { of: 'contact', id: contactId });
    expect(attachments).toMatchObject([
      {
        name: 'offerfdp.exe',
        bytes: 700_001,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        note: 'the offer',
        isHere: true,
        labels: { authorId: 'Kim' },
      },
    ]);
    const folder = temporaryFolder();
    const saved = await get('attachments.save', { id: added.id, folder });
    expect(readFileSync(join(folder, saved.file)).equals(bytes)).toBe(true);
    // a second copy does not replace the first
    await get('attachments.save', { id: added.id, folder });
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('rest once, whoever attached the same bytes and under whatever name, and longer than the last record', async () => {
    const { get, test, contactId, leadId } = await someone();
    const bytes = randomBytes(300_000);
    const one = await get('attachments.add', { of: 'contact', id: contactId, file: fileOf('a.bin', bytes) });
    await get('attachments.add', { of: 'lead', id: leadId, file: fileOf('b.bin', bytes) });
    const contents = () => test.store.sql('SELECT count(*) FROM file_content').pluck().get();
    expect(contents()).toBe(1);
    const { writeId } = await get('attachments.remove', { ids: [one.id] });
    await get('history.undo', { writeId });
    expect((await get('attachments.about', { of: 'contact', id: contactId })).attachments).toMatchObject([
      { isHere: true },
      { isHere: true },
    ]);
  });

  it('are refused when they are empty, gone, a folder or larger than 50 MB, and then nothing is left', async () => {
    const { call, contactId, test } = await someone();
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'sub'));
    const large = join(folder, 'large.bin');
    writeFileSync(large, '');
    truncateSync(large, largestAttachmentBytes + 1);
    const add = (file: string) => call('attachments.add', { of: 'contact', id: contactId, file });
    expect(await add(fileOf('empty.txt', ''))).toMatchObject({ error: { code: 'fileEmpty' } });
    expect(await add(join(folder, 'gone.txt'))).toMatchObject({ error: { code: 'fileMissing' } });
    expect(await add(join(folder, 'sub'))).toMatchObject({ error: { code: 'fileUnreadable' } });
    expect(await add(large)).toMatchObject({ error: { code: 'attachmentTooLarge' } });
    expect(await call('attachments.create', { values: { name: 'x.txt', contactId } })).toMatchObject({
      error: { code: 'invalidValue' },
    });
    expect(test.store.sql('SELECT count(*) FROM file_chunk').pluck().get()).toBe(0);
    expect(test.store.sql('SELECT count(*) FROM attachment').pluck().get()).toBe(0);
  });

  it('are shown only where their own bytes say that they are a picture', async () => {
    const { get, call, contactId } = await someone();
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(1_500_000)]);
    const picture = await get('attachments.add', { of: 'contact', id: contactId, file: fileOf('p.txt', png) });
    const fake = await get('attachments.add', { of: 'contact', id: contactId, file: fileOf('f.png', '<script>') });
    const parts: Buffer[] = [];
    for (let number = 0, count = 1; number < count; number += 1) {
      const part = await get('attachments.part', { id: picture.id, number });
      count = part.parts;
      parts.push(Buffer.from(part.base64, 'base64'));
    }
    expect(Buffer.concat(parts).equals(png)).toBe(true);
    expect(await call('attachments.part', { id: fake.id, number: 0 })).toMatchObject({ error: { code: 'notFound' } });
  });

  it('leave a database that checks out', async () => {
    const { get, test, contactId } = await someone();
    await get('notes.create', { values: { text: 'Checked', contactId } });
    await get('attachments.add', { of: 'contact', id: contactId, file: fileOf('a.txt', 'hello') });
    const check = checkStore(test.store);
    let step = check.next();
    while (!step.done) step = check.next();
    expect(step.value.filter(({ ok }) => !ok)).toEqual([]);
  });
});

describe('an account', () => {
  it('adds up the interests and interactions of its people', async () => {
    const { get, contactId } = await someone();
    const { id } = await get('accounts.create', { values: { name: 'Acme' } });
    await get('contacts.update', { id: contactId, values: { accountId: id } });
    await get('leads.create', { values: { topic: 'Racks', accountId: id } });
    await get('interactions.record', { contactId, kind: 'badgeScanned', occurredAtMs: 1000 });
    await get('interactions.record', { contactId, kind: 'badgeScanned', occurredAtMs: 3000 });
    await get('interactions.record', { contactId, kind: 'websiteVisited', occurredAtMs: 2000 });
    const { leads, leadTotal } = await get('accounts.interests', { id });
    expect([leadTotal, leads.map(({ topic }) => topic).toSorted()]).toEqual([2, ['Forklifts', 'Racks']]);
    expect(await get('accounts.activity', { id })).toEqual({
      kinds: [
        { kind: 'badgeScanned', count: 2, contacts: 1, lastAtMs: 3000 },
        { kind: 'websiteVisited', count: 1, contacts: 1, lastAtMs: 2000 },
      ],
      total: 3,
      lastSeenAtMs: 3000,
      lastSeen: { id: contactId, label: 'Ann Peeters' },
    });
    expect((await get('records.around', { of: 'account', id })).counts).toMatchObject({ contacts: 1, leads: 2 });
    await get('notes.create', { values: { text: 'Of the company', accountId: id } });
    const { entries } = await get('timeline.page', { of: 'account', id, kinds: ['note'] });
    expect(entries.map(({ title }) => title)).toEqual(['Of the company']);
  });
});
