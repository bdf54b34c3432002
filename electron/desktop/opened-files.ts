/** Files that a person opens with Outpost from the file manager: bundles, receipts and invitations. */
import { extname, resolve } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import type { CallResult } from '../../shared/contract/call.ts';
import type { OutputOf } from '../../shared/contract/index.ts';
import type { Program } from '../host/program.ts';

const received: ReadonlySet<string> = new Set(['.outpostbundle', '.outpostreceipt']);
const invitations: ReadonlySet<string> = new Set(['.outpostinvite']);

/** The first file of ours among the arguments of a start. */
const fileOf = (args: readonly string[], folder: string): string | null => {
  const found = args.slice(1).find((arg) => received.has(extname(arg)) || invitations.has(extname(arg)));
  return found === undefined ? null : resolve(folder, found);
};

async function take(program: Program, window: BrowserWindow, path: string): Promise<void> {
  const say = (message: string, detail = '') => dialog.showMessageBox(window, { title: 'Outpost', message, detail });
  if (invitations.has(extname(path))) {
    const isNew = program.workspace.state() === 'none';
    await say(
      isNew ? 'Choose “Join a workspace” and this invitation.' : 'This laptop has a workspace already.',
      isNew ? path : 'An invitation is for a laptop without one.',
    );
    return;
  }
  if (program.workspace.state() !== 'open') {
    await say('Unlock the workspace first, then open this file again.');
    return;
  }
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: 'Outpost',
    message: 'Take in this file?',
    detail: path,
    buttons: ['Take in', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
  });
  if (response !== 0) return;
  const result = (await program.call('hq.receive', { file: path }, 'shell')) as CallResult<OutputOf<'hq.receive'>>;
  if (!result.ok) return void (await say('The file was not taken in.', result.error.message));
  const { changes, applied, alreadyKnown } = result.value;
  await say('The file was taken in.', `${changes} changes: ${applied} applied, ${alreadyKnown} known already.`);
}

/** macOS tells by an event, which may come before there is a window; others by the arguments of a start. */
export function takeOpenedFiles(program: Program, window: () => BrowserWindow | null): void {
  let early: string | null = fileOf(process.argv, process.cwd());
  const open = (path: string): void => {
    const there = window();
    if (there) void take(program, there, path);
    else early = path;
  };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open(path);
  });
  app.on('second-instance', (_event, args, folder) => {
    const path = fileOf(args, folder);
    if (path !== null) open(path);
  });
  app.on('browser-window-created', (_event, created) => {
    created.once('show', () => {
      const path = early;
      early = null;
      if (path !== null) void take(program, created, path);
    });
  });
}
