/** Electron's runtime: a download of about 100 MB beside the npm package, which networks and policies may forbid. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const fetchLimitMs = 60_000;
const retryAfterMs = 24 * 60 * 60 * 1000;

const packageFolder = (root: string): string => join(root, 'node_modules', 'electron');

/** The executable; null where it is not there. */
export function electronExecutable(root: string): string | null {
  const folder = packageFolder(root);
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const path = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(path) ? path : null;
}

const failureMark = (root: string): string => join(root, 'node_modules', '.cache', 'outpost', 'electron-not-fetched');

/** Tries the package's own installer. After a failure it is not tried again for a day, so that starting stays quick. */
export function fetchElectron(root: string, say: (sentence: string) => void): string | null {
  const installer = join(packageFolder(root), 'install.js');
  const mark = failureMark(root);
  if (!existsSync(installer)) return null;
  if (existsSync(mark) && Date.now() - statSync(mark).mtimeMs < retryAfterMs) return null;
  say(`Fetching Electron’s runtime (at most ${fetchLimitMs / 1000} seconds) …`);
  spawnSync(process.execPath, [installer], { stdio: 'ignore', timeout: fetchLimitMs });
  const executable = electronExecutable(root);
  if (executable === null) {
    mkdirSync(dirname(mark), { recursive: true });
    writeFileSync(mark, 'Remove this file to try again at once.\n');
  }
  return executable;
}
