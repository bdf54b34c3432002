/**
 * Small JSON files that people carry (invitation, HQ key, receipt): pretty-printed, with a checksum over the rest, so
 * that a file cut short or altered by accident is told apart from a wrong one.
 */
import { createHash } from 'node:crypto';

const checksumOf = (value: Readonly<Record<string, unknown>>): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex');

export const checkedJson = (value: Readonly<Record<string, unknown>>): string =>
  `${JSON.stringify({ ...value, checksum: checksumOf(value) }, null, 2)}\n`;

/** The values without the checksum; null for text that is not such a file or was altered. */
export function readCheckedJson(text: string): Record<string, unknown> | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  const { checksum, ...rest } = parsed as Record<string, unknown>;
  return checksum === checksumOf(rest) ? rest : null;
}
