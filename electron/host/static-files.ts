/** The built page: which file a URL path means, and of what type. Shared by app:// and the loopback host. */
import { existsSync, statSync } from 'node:fs';
import { extname, join, normalize, resolve, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

export type StaticFile = {
  readonly path: string;
  readonly type: string;
  /** Its name holds a hash of its content. */
  readonly immutable: boolean;
};

/** Null for what is not in the folder. A path without an extension is a page of the program: `index.html`. */
export function staticFile(folder: string, urlPath: string): StaticFile | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null;
  const root = resolve(folder);
  const wanted = extname(decoded) === '' ? 'index.html' : normalize(`.${sep}${decoded}`);
  const path = resolve(join(root, wanted));
  if (!path.startsWith(root + sep)) return null;
  if (!existsSync(path) || !statSync(path).isFile()) return null;
  const type = types[extname(path).toLowerCase()] ?? 'application/octet-stream';
  return { path, type, immutable: path.startsWith(join(root, 'assets') + sep) };
}
