/** Custody: the two counters, receipts of HQ, and HQ's desk. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCustody, custodyCounts, hqStatus } from '../../db/hq/custody.ts';
import { readHqKey } from '../../db/hq/invitation.ts';
import { type Receipt, receiptText } from '../../db/hq/receipt.ts';
import { createRecord, updateRecord, write } from '../../db/records/write.ts';
import { hqReceive } from '../../electron/features/hq/hq-desk.ts';
import { hqHandlers } from '../../electron/features/hq/hq.handlers.ts';
import { contextOf } from '../helpers/context.ts';
import { bundleOf, type Laptop, receive, team } from '../helpers/laptops.ts';
import { temporaryFolder } from '../helpers/store.ts';

const capture = (laptop: Laptop, count: number): void => {
  write(laptop.store, { cause: 'edit' }, (w) => {
    for (let n = 0; n < count; n += 1) createRecord(w, 'contact', { givenName: `Person ${n}` });
  });
};

async function desk() {
  const { laptops, hqKey, folder } = await team(2);
  const [ann, bo] = laptops;
  if (!ann || !bo) throw new Error('two laptops');
  const hqDir = join(folder, 'hq');
  const ask = async (bundle: string): Promise<string> => {
    const out = join(temporaryFolder(), 'answer.outpostreceipt');
    const answer = await hqReceive(bundle, hqKey, hqDir, out, 1_800_000_000_000);
    if (!answer.ok) throw new Error(answer.error.message);
    return out;
  };
  return { ann, bo, hqKey, hqDir, ask };
}

describe('custody', () => {
  it('counts each change from making to receipt', async () => {
    const { ann, ask } = await desk();
    expect(custodyCounts(ann.store)).toEqual({ notYetExported: 0, notYetReceived: 0 });
    capture(ann, 3);
    write(ann.store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', 1, { jobTitle: 'CEO' }));
    expect(custodyCounts(ann.store)).toEqual({ notYetExported: 4, notYetReceived: 4 });
    const first = await bundleOf(ann);
    expect(custodyCounts(ann.store)).toEqual({ notYetExported: 0, notYetReceived: 4 });
    capture(ann, 2);
    expect(custodyCounts(ann.store)).toEqual({ notYetExported: 2, notYetReceived: 6 });
    const receipt = await ask(first ?? '');
    expect(await receive(ann, receipt)).toMatchObject({
      ok: true,
      value: { kind: 'receipt', changes: 4, applied: 4, alreadyKnown: 0 },
    });
    expect(custodyCounts(ann.store)).toEqual({ notYetExported: 2, notYetReceived: 2 });
    expect(await receive(ann, receipt)).toMatchObject({ ok: true, value: { applied: 0, alreadyKnown: 4 } });
    expect(checkCustody(ann.store)).toEqual({ kept: 6, counted: 6 });
    const status = hqHandlers['hq.status']({}, contextOf(ann));
    expect(status).toMatchObject({
      ok: true,
      value: { bundles: [{ state: 'received', changes: 4 }], lastReceiptAtMs: 1_800_000_000_000 },
    });
  });

  it('takes the receipt of one written again as that of the lost ones', async () => {
    const { ann, ask } = await desk();
    capture(ann, 1);
    await bundleOf(ann);
    capture(ann, 2);
    await bundleOf(ann);
    const again = await bundleOf(ann, temporaryFolder(), true);
    expect(custodyCounts(ann.store)).toEqual({ notYetExported: 0, notYetReceived: 3 });
    await receive(ann, await ask(again ?? ''));
    expect(custodyCounts(ann.store)).toEqual({ notYetExported: 0, notYetReceived: 0 });
    expect(hqStatus(ann.store).bundles.map((bundle) => bundle.state)).toEqual(['received', 'received', 'received']);
  });

  it('does not count what came from others', async () => {
    const { ann, bo } = await desk();
    capture(ann, 5);
    await receive(bo, (await bundleOf(ann)) ?? '');
    expect(custodyCounts(bo.store)).toEqual({ notYetExported: 0, notYetReceived: 0 });
    expect(hqStatus(bo.store).receivedBundles).toMatchObject([{ changes: 5 }]);
  });

  it('keeps what HQ has when a copy is rejected, and says why one was', async () => {
    const { ann, hqKey } = await desk();
    capture(ann, 1);
    await bundleOf(ann);
    const key = readHqKey(readFileSync(hqKey, 'utf8'));
    const bundle = hqStatus(ann.store).bundles[0];
    if (!key.ok || !bundle) throw new Error('no bundle');
    const answer = (state: Receipt['state']): string => {
      const file = join(temporaryFolder(), 'a.outpostreceipt');
      const receipt: Receipt = {
        workspaceId: key.value.workspaceId,
        bundleId: bundle.bundleId,
        deviceId: ann.store.author.deviceId,
        fromWrite: 1,
        toWrite: 9,
        changes: 1,
        state,
        reason: state === 'rejected' ? 'The laptop was reported stolen.' : null,
        receivedAtMs: 7,
      };
      writeFileSync(file, receiptText(receipt, key.value.hqSigningKey));
      return file;
    };
    await receive(ann, answer('rejected'));
    expect(hqStatus(ann.store)).toMatchObject({
      notYetReceived: 1,
      bundles: [{ state: 'rejected', reason: 'The laptop was reported stolen.' }],
    });
    await receive(ann, answer('received'));
    await receive(ann, answer('rejected'));
    expect(hqStatus(ann.store)).toMatchObject({ notYetReceived: 0, bundles: [{ state: 'received', reason: null }] });
  });

  it('refuses receipts that are altered, of another HQ, or for another laptop', async () => {
    const { ann, bo, ask } = await desk();
    const other = await desk();
    capture(ann, 1);
    capture(other.ann, 1);
    const receipt = await ask((await bundleOf(ann)) ?? '');
    const foreign = await other.ask((await bundleOf(other.ann)) ?? '');
    const text = readFileSync(receipt, 'utf8');
    for (const bad of [
      text.replace('"changes": 1', '"changes": 2'),
      text.slice(0, -30),
      readFileSync(foreign, 'utf8'),
    ]) {
      writeFileSync(receipt, bad);
      expect(await receive(ann, receipt)).toMatchObject({ ok: false, error: { code: 'receiptInvalid' } });
    }
    writeFileSync(receipt, text);
    expect(await receive(bo, receipt)).toMatchObject({ ok: false, error: { code: 'receiptInvalid' } });
    expect(custodyCounts(ann.store).notYetReceived).toBe(1);
  });
});

describe('HQ’s desk', () => {
  it('keeps a bundle once under its hash, and answers the same each time', async () => {
    const { ann, hqKey, hqDir } = await desk();
    capture(ann, 1);
    const bundle = (await bundleOf(ann)) ?? '';
    const first = await hqReceive(bundle, hqKey, hqDir, null, 5);
    const second = await hqReceive(bundle, hqKey, hqDir, null, 6);
    if (!first.ok || !second.ok) throw new Error('refused');
    expect([first.value.known, second.value.known]).toEqual([false, true]);
    expect(readdirSync(join(hqDir, 'bundles'))).toHaveLength(1);
    expect(readFileSync(second.value.receipt, 'utf8')).toContain('"receivedAtMs": 5');
    expect(first.value.receipt).toBe(bundle.replace(/\.outpostbundle$/, '.outpostreceipt'));
  });

  it('refuses what does not verify, archives nothing and answers nothing', async () => {
    const { ann, hqKey, hqDir } = await desk();
    const other = await desk();
    capture(ann, 1);
    const bundle = (await bundleOf(ann)) ?? '';
    expect(await hqReceive(bundle, other.hqKey, hqDir, null)).toMatchObject({
      ok: false,
      error: { code: 'bundleOtherWorkspace' },
    });
    const bytes = readFileSync(bundle);
    bytes[bytes.length - 9] = (bytes[bytes.length - 9] ?? 0) ^ 1;
    writeFileSync(bundle, bytes);
    expect(await hqReceive(bundle, hqKey, hqDir, null)).toMatchObject({ ok: false, error: { code: 'bundleDamaged' } });
    expect(await hqReceive(bundle, bundle, hqDir, null)).toMatchObject({ ok: false, error: { code: 'keysMissing' } });
    expect(existsSync(bundle.replace(/\.outpostbundle$/, '.outpostreceipt'))).toBe(false);
    expect(readdirSync(join(hqDir, 'bundles'))).toEqual([]);
  });
});
