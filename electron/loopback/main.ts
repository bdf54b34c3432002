/** Starts the loopback host for a person: prints its link, opens the browser, ends on Ctrl+C. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { threadBackend } from '../worker/thread-backend.ts';
import { isChecked, stderrLog } from '../host/log.ts';
import { type LoopbackHost, startLoopbackHost } from './server.ts';

export type LoopbackStart = {
  readonly databasePath: string;
  readonly pageFolder: string;
  readonly version: string;
  readonly port: number;
  readonly openBrowser: boolean;
};

export async function runLoopback(start: LoopbackStart): Promise<LoopbackHost> {
  const host = await startLoopbackHost({
    databasePath: start.databasePath,
    startBackend: threadBackend(new URL('../worker/store-worker.ts', import.meta.url)),
    pageFolder: start.pageFolder,
    version: start.version,
    checked: isChecked(),
    log: stderrLog,
    port: start.port,
  });
  const link = host.newLink();
  process.stdout.write(`Outpost is ready. This link opens it once, in one browser:\n  ${link}\n`);
  if (start.openBrowser) openBrowser(link);
  endOnSignal(host);
  offerMoreLinks(host);
  await openWorkspace(host);
  return host;
}

/** What can be opened without asking is opened while the browser starts. */
async function openWorkspace(host: LoopbackHost): Promise<void> {
  const { workspace } = host.program;
  const passphrase = process.env['OUTPOST_PASSPHRASE'];
  const opened =
    passphrase !== undefined && workspace.state() === 'locked'
      ? await workspace.unlock(passphrase)
      : await workspace.openUnasked();
  if (!opened.ok) process.stderr.write(`${opened.error.code}: ${opened.error.message}\n`);
}

function endOnSignal(host: LoopbackHost): void {
  let ending = false;
  const end = (): void => {
    if (ending) process.exit(130);
    ending = true;
    void host.close().then(() => process.exit(0));
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

function offerMoreLinks(host: LoopbackHost): void {
  if (!process.stdin.isTTY) return;
  process.stdout.write('Press Enter for a link for another browser, Ctrl+C to end.\n');
  createInterface({ input: process.stdin }).on('line', () => process.stdout.write(`  ${host.newLink()}\n`));
}

function openBrowser(link: string): void {
  const [command, ...rest] =
    process.platform === 'darwin'
      ? ['open', link]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', link]
        : ['xdg-open', link];
  const child = spawn(command ?? '', rest, { stdio: 'ignore', detached: true });
  // without a browser to open, the printed link is what there is
  child.on('error', () => {});
  child.unref();
}
