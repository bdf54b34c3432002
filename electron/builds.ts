/** Builds what `npm start` needs when it is not there, or when a source is newer than it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const pageFolderOf = (root: string): string => join(root, 'out', 'renderer');

type Build = {
  readonly what: string;
  /** Exists once it is built, and is as old as the build. */
  readonly product: readonly string[];
  readonly sources: readonly string[];
  readonly command: readonly string[];
};

const page: Build = {
  what: 'the page',
  product: ['out', 'renderer', 'index.html'],
  sources: ['renderer', 'shared', 'vite.config.ts', 'package.json'],
  command: ['vite/bin/vite.js', 'build', '--logLevel', 'warn'],
};

/** The main process, its preload and its threads; with them the page. */
const desktop: Build = {
  what: 'the desktop program',
  product: ['out', 'main', 'main.js'],
  sources: ['electron', 'db', 'renderer', 'shared', 'electron.vite.config.ts', 'vite.config.ts', 'package.json'],
  command: ['electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'],
};

export const builds = { page, desktop };

function newestMs(path: string): number {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  let newest = 0;
  for (const name of readdirSync(path)) newest = Math.max(newest, newestMs(join(path, name)));
  return newest;
}

function isStale(root: string, build: Build): boolean {
  const product = join(root, ...build.product);
  if (!existsSync(product)) return true;
  const builtMs = statSync(product).mtimeMs;
  return build.sources.some((source) => existsSync(join(root, source)) && newestMs(join(root, source)) > builtMs);
}

/** Answers whether the product is there now; an older one will do when the build fails. */
export function buildIfStale(root: string, build: Build): boolean {
  if (!isStale(root, build)) return true;
  process.stderr.write(`Building ${build.what} (once after each change) …\n`);
  const [script, ...rest] = build.command;
  const built = spawnSync(process.execPath, [join(root, 'node_modules', script ?? ''), ...rest], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (built.status !== 0) process.stderr.write(`Building ${build.what} failed; see above.\n`);
  return existsSync(join(root, ...build.product));
}
