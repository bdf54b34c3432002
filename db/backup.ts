/**
 * Copies of an open database, whole and consistent while others write, encrypted with the same key. They lie in
 * `backups/` beside it, with a copy of the key file, so that each opens by itself with the passphrase of its day or
 * the recovery code.
 *
 * Example: `backups/workspace-2026-05-01T093000Z.outpost`
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Connection } from './connection.ts';
import { keyFilePath } from './keys.ts';

const dayMs = 24 * 60 * 60 * 1000;
const backupsKept = 7;

const backupFolder = (databasePath: string): string => join(dirname(databasePath), 'backups');

const stemOf = (databasePath: string): string => basename(databasePath, extname(databasePath));

const stampOf = (atMs: number): string => new Date(atMs).toISOString().replace(/:|\.\d+/g, '');

/** Newest first; only those of this database. */
export function backupsOf(databasePath: string): { path: string; atMs: number }[] {
  const folder = backupFolder(databasePath);
  if (!existsSync(folder)) return [];
  const found: { path: string; atMs: number }[] = [];
  for (const name of readdirSync(folder)) {
    const match = /^(.*)-(\d{4}-\d{2}-\d{2})T(\d{2})(\d{2})(\d{2})Z(-\d+)?\.outpost$/.exec(name);
    if (match?.[1] !== stemOf(databasePath)) continue;
    const atMs = Date.parse(`${match[2]}T${match[3]}:${match[4]}:${match[5]}Z`);
    if (!Number.isNaN(atMs)) found.push({ path: join(folder, name), atMs });
  }
  return found.toSorted((a, b) => b.atMs - a.atMs || b.path.localeCompare(a.path));
}

export const isBackupDue = (databasePath: string, nowMs: number): boolean => {
  const newest = backupsOf(databasePath)[0];
  return newest === undefined || nowMs - newest.atMs >= dayMs;
};

/** Writes one backup and answers its path. A read-only connection will do. Throws what SQLite or the disk throws. */
export function backUp(connection: Connection, nowMs: number, folder: string = backupFolder(connection.name)): string {
  const databasePath = connection.name;
  mkdirSync(folder, { recursive: true });
  const stem = `${stemOf(databasePath)}-${stampOf(nowMs)}`;
  let path = join(folder, `${stem}.outpost`);
  for (let number = 2; existsSync(path); number += 1) path = join(folder, `${stem}-${number}.outpost`);
  const unfinished = `${path}.part`;
  rmSync(unfinished, { force: true });
  try {
    connection.prepare('VACUUM INTO ?').run(unfinished);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
  if (existsSync(keyFilePath(databasePath))) copyFileSync(keyFilePath(databasePath), keyFilePath(path));
  return path;
}

/** Removes all but the newest. */
export function pruneBackups(databasePath: string, keep: number = backupsKept): void {
  for (const { path } of backupsOf(databasePath).slice(keep)) {
    rmSync(path, { force: true });
    rmSync(keyFilePath(path), { force: true });
  }
}
