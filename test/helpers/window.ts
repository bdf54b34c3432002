/** Outpost as a person has it here: `npm start`'s loopback host in a process of its own, and the link into it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export type RunningOutpost = { readonly link: string; stop(): Promise<void> };

/**
 * Starts the program on a database (made at the first run) and waits for its link. `clockMs`: what its clock shows
 * then; calling hours, for one, depend on the day.
 */
export function startOutpost(
  databasePath: string,
  clockMs = Date.now(),
  env: Readonly<Record<string, string>> = {},
): Promise<RunningOutpost> {
  return new Promise((resolve, reject) => {
    const clock = ['--import', join(root, 'test/helpers/shifted-clock.ts')];
    const child: ChildProcess = spawn(
      process.execPath,
      [
        ...clock,
        '--disable-warning=ExperimentalWarning',
        'electron/start.ts',
        '--loopback',
        '--no-open',
        '--db',
        databasePath,
      ],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, OUTPOST_TEST_CLOCK_MS: String(clockMs), ...env },
      },
    );
    let said = '';
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    const listen = (text: Buffer): void => {
      said += text.toString();
      const link = /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(said)?.[0];
      if (!link) return;
      resolve({
        link,
        stop: async () => {
          child.kill('SIGTERM');
          await ended;
        },
      });
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', (code) => reject(new Error(`Outpost ended with ${code} before it gave a link:\n${said}`)));
  });
}
