/** Runs the terminal host as a person's shell would: a process of its own, the key in the environment. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export type Ran = { status: number | null; out: string; err: string };

const root = join(import.meta.dirname, '..', '..');

export const testPassphrase = 'a passphrase for tests';

/** `outpost('import', file, '--db', db, '--json')` */
export function outpost(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(root, 'electron/terminal/main.ts'), ...args],
      {
        cwd: root,
        env: { ...process.env, OUTPOST_PASSPHRASE: testPassphrase, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.on('error', reject).on('close', (status) => resolve({ status, out, err }));
  });
}

/** The one JSON document that a command prints with `--json`. Throws with its sentence when it was refused. */
export async function outpostJson<T>(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<T> {
  const ran = await outpost([...args, '--json'], env);
  if (ran.status !== 0) throw new Error(`outpost ${args[0]} ended with ${ran.status}: ${ran.err}`);
  return JSON.parse(ran.out) as T;
}
