/**
 * Cells that somebody pasted, as a file that only this user can read: what reads files reads them too. Removed when
 * used, or when the host ends; what a killed host left is removed by the next paste.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const prefix = 'outpost-pasted-';

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // somebody else's process
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

export function keepText(name: string, text: string): { readonly path: string; readonly release: () => void } {
  removeLeftovers();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  const clean = basename(name.replaceAll('\\', '/')).replace(/[\u0000-\u001f<>:"|?*]/g, '_');
  const path = join(folder, /^\.*$/.test(clean) ? 'Pasted.tsv' : clean);
  writeFileSync(path, text, { mode: 0o600 });
  return { path, release: () => rmSync(folder, { recursive: true, force: true }) };
}
