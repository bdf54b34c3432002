/** Where a database lies, whether it is encrypted, and how a new one comes to be: whole, or not at all. */
import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { keyFilePath } from '../../db/keys.ts';

type Surroundings = {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
};

const here = (): Surroundings => ({ platform: process.platform, environment: process.env, home: homedir() });

/** `outpost/workspace.outpost` in the operating system's folder for this user's data. */
export function defaultDatabasePath({ platform, environment, home }: Surroundings = here()): string {
  const folder =
    platform === 'win32'
      ? (environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'))
      : platform === 'darwin'
        ? join(home, 'Library', 'Application Support')
        : (environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share'));
  return join(folder, 'outpost', 'workspace.outpost');
}

const plainHeader = 'SQLite format 3\0';

/** A plain SQLite file says so in its first 16 bytes; an encrypted one has its salt there. */
export function isPlainDatabase(path: string): boolean {
  const header = Buffer.alloc(plainHeader.length);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, header.length, 0);
  } finally {
    closeSync(file);
  }
  return header.toString('latin1') === plainHeader;
}

/** A folder beside the database in which a new one is made, so that a crash meanwhile leaves nothing half-made. */
export type Nursery = {
  readonly databasePath: string;
  /** Moves the database and its key file to their place, the database last. */
  moveOut(): void;
  discard(): void;
};

export function makeNursery(databasePath: string): Nursery {
  const folder = `${databasePath}.new`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const inside = join(folder, basename(databasePath));
  return {
    databasePath: inside,
    moveOut() {
      const keys = keyFilePath(databasePath);
      if (existsSync(keyFilePath(inside))) {
        makeWay(keys);
        renameSync(keyFilePath(inside), keys);
      }
      renameSync(inside, databasePath);
      rmSync(folder, { recursive: true, force: true });
    },
    discard: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A key file left of a database that is gone is kept: backups of that database may still need it. */
function makeWay(keys: string): void {
  let aside = `${keys}.old`;
  for (let number = 2; existsSync(aside); number += 1) aside = `${keys}.old-${number}`;
  if (existsSync(keys)) renameSync(keys, aside);
}
