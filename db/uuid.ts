/** Record identity at rest and on the wire: 16 bytes ↔ lower-case string; UUIDv7, ascending within a process. */
import { v7 } from 'uuid';

export const newUid = (): Buffer => {
  const bytes = Buffer.allocUnsafe(16);
  v7(undefined, bytes);
  return bytes;
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
