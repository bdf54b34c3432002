/** Record identity at rest and on the wire: 16 bytes ↔ lower-case string; UUIDv7, ascending within a process. */
import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

// a large write makes thousands of ids: the system's random numbers are drawn a page at a time
const pool = new Uint8Array(4096);
let drawn = pool.length;
function random16(): Uint8Array {
  if (drawn === pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  drawn += 16;
  return pool.subarray(drawn - 16, drawn);
}

let lastMs = 0;
let sequence = 0;

/** 16 bytes; ascending within this process, also within a millisecond. */
export const newUid = (): Buffer => {
  const random = random16();
  const nowMs = Date.now();
  if (nowMs > lastMs) {
    lastMs = nowMs;
    sequence = ((random[6] ?? 0) << 16) | ((random[7] ?? 0) << 8) | (random[8] ?? 0);
  } else sequence += 1;
  return v7({ random, msecs: lastMs, seq: sequence }, Buffer.allocUnsafe(16));
};

export const newUuid = (): string => v7();

/** Throws on anything that is not a UUID: check at the boundary with `uuidSchema`. */
export function uuidToUid(uuid: string): Buffer {
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16) throw new Error('not a UUID');
  return bytes;
}

export function uidToUuid(uid: Uint8Array): string {
  const hex = Buffer.from(uid.buffer, uid.byteOffset, uid.byteLength).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
