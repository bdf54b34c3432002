/**
 * The key of an encrypted database, and the ways to it.
 *
 * A 160-bit secret is made once. The database key is derived from it (HKDF-SHA256). The secret rests in the key file
 * beside the database (`<database>.keys`), wrapped: by a passphrase (scrypt, AES-256-GCM), by the operating system's
 * key store, or both. The recovery code is the secret itself with a checksum: it opens the database without any
 * passphrase and without the key file, and can set a new passphrase.
 *
 * Example of a recovery code: `7KQF-2M9D-…` — nine groups of four letters of Crockford's alphabet; O, I and L are read
 * as 0, 1 and 1, case and dashes do not matter.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, scrypt } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { type CallError, callError } from '../shared/contract/call.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { isLongEnough, shortestPassphrase } from '../shared/rules/passphrase.ts';

const secretBytes = 20;
const scryptCost = { N: 2 ** 16, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const;

const passphraseWrapSchema = z.object({
  kind: z.literal('passphrase'),
  salt: z.base64(),
  cost: z.object({ N: z.int().max(2 ** 20), r: z.int().max(16), p: z.int().max(4) }),
  nonce: z.base64(),
  box: z.base64(),
});
const systemWrapSchema = z.object({ kind: z.literal('system'), box: z.base64() });
const keyFileSchema = z.object({
  version: z.literal(1),
  wraps: z.array(z.discriminatedUnion('kind', [passphraseWrapSchema, systemWrapSchema])),
});
type PassphraseWrap = z.output<typeof passphraseWrapSchema>;
export type KeyFile = z.output<typeof keyFileSchema>;

/** What the operating system's key store does (Electron's safeStorage): wraps a few bytes for this user. */
export type SystemStore = { wrap(secret: Buffer): Buffer; unwrap(box: Buffer): Buffer };

export const newSecret = (): Buffer => randomBytes(secretBytes);

/** 32 bytes for `openConnection`. */
export const databaseKeyOf = (secret: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'outpost database key v1', 32));

export const keyFilePath = (databasePath: string): string => `${databasePath}.keys`;

/** Null where the database has no key file: it is plain, or the file was lost. Errors: `keysMissing` when unreadable. */
export function readKeyFile(databasePath: string): Result<KeyFile | null, CallError> {
  const path = keyFilePath(databasePath);
  if (!existsSync(path)) return ok(null);
  try {
    return ok(keyFileSchema.parse(JSON.parse(readFileSync(path, 'utf8'))));
  } catch {
    return err(callError('keysMissing', 'The key file beside the database cannot be read. Use the recovery code.'));
  }
}

/** Written whole or not at all. */
export function writeKeyFile(databasePath: string, file: KeyFile): void {
  const path = keyFilePath(databasePath);
  writeFileSync(`${path}.new`, JSON.stringify(file, null, 2), { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}

const derive = (passphrase: string, salt: Buffer, cost: PassphraseWrap['cost']): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, 32, { ...cost, maxmem: scryptCost.maxmem * 8 }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });

/** Errors: `weakPassphrase` when it is too short. */
export async function wrapByPassphrase(secret: Buffer, passphrase: string): Promise<Result<PassphraseWrap, CallError>> {
  if (!isLongEnough(passphrase)) {
    return err(callError('weakPassphrase', `The passphrase must have at least ${shortestPassphrase} characters.`));
  }
  const salt = randomBytes(16);
  const cost = { N: scryptCost.N, r: scryptCost.r, p: scryptCost.p };
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, salt, cost), nonce);
  const box = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  return ok({
    kind: 'passphrase',
    salt: salt.toString('base64'),
    cost,
    nonce: nonce.toString('base64'),
    box: box.toString('base64'),
  });
}

/** The secret. Errors: `wrongPassphrase`; `keysMissing` when no passphrase was ever set. */
export async function unwrapByPassphrase(file: KeyFile, passphrase: string): Promise<Result<Buffer, CallError>> {
  const wrap = file.wraps.find((each) => each.kind === 'passphrase');
  if (!wrap) return err(callError('keysMissing', 'This database has no passphrase. Use the recovery code.'));
  const box = Buffer.from(wrap.box, 'base64');
  const key = await derive(passphrase, Buffer.from(wrap.salt, 'base64'), wrap.cost);
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(wrap.nonce, 'base64'));
  decipher.setAuthTag(box.subarray(-16));
  try {
    return ok(Buffer.concat([decipher.update(box.subarray(0, -16)), decipher.final()]));
  } catch {
    return err(callError('wrongPassphrase', 'The passphrase is not right. Try again, or use the recovery code.'));
  }
}

export const wrapBySystem = (secret: Buffer, system: SystemStore): KeyFile['wraps'][number] => ({
  kind: 'system',
  box: system.wrap(secret).toString('base64'),
});

/** The secret from the operating system's key store; null where it holds none or refuses. */
export function unwrapBySystem(file: KeyFile, system: SystemStore): Buffer | null {
  const wrap = file.wraps.find((each) => each.kind === 'system');
  if (!wrap) return null;
  try {
    return system.unwrap(Buffer.from(wrap.box, 'base64'));
  } catch {
    return null;
  }
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const checksumOf = (secret: Buffer): string => {
  const hash = createHash('sha256').update('outpost recovery code v1').update(secret).digest();
  return toBase32(hash.subarray(0, 3)).slice(0, 4);
};

function toBase32(bytes: Buffer): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      text += alphabet[(value >>> (bits - 5)) & 31];
      bits -= 5;
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet[(value << (5 - bits)) & 31] : text;
}

/** Nine groups of four; shown once, when the workspace is made. */
export const recoveryCodeOf = (secret: Buffer): string =>
  (toBase32(secret) + checksumOf(secret)).match(/.{4}/g)?.join('-') ?? '';

/** The secret of a recovery code. Errors: `wrongRecoveryCode`. */
export function secretOfRecoveryCode(code: string): Result<Buffer, CallError> {
  const wrong = err(
    callError('wrongRecoveryCode', 'The recovery code is not right. Check each group of four letters.'),
  );
  const letters = code
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '');
  if (letters.length !== 36) return wrong;
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const letter of letters.slice(0, 32)) {
    const digit = alphabet.indexOf(letter);
    if (digit < 0) return wrong;
    value = (value << 5) | digit;
    bits += 5;
    if (bits >= 8) {
      bytes.push((value >>> (bits - 8)) & 255);
      bits -= 8;
    }
    value &= (1 << bits) - 1;
  }
  const secret = Buffer.from(bytes);
  return checksumOf(secret) === letters.slice(32) ? ok(secret) : wrong;
}
