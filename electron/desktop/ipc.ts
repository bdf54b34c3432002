/** Answers windows, and only the program's own: the page of the main frame, under its own origin. */
import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron';
import { type CallResult, callError } from '../../shared/contract/call.ts';
import { err, ok } from '../../shared/result.ts';
import type { Program } from '../host/program.ts';
import { channels, pageOrigin } from './channels.ts';

const isOwnPage = (event: IpcMainInvokeEvent): boolean => {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && frame.url.startsWith(`${pageOrigin}/`);
};

const refused = (): CallResult<never> =>
  err(callError('unknownSender', 'Only a window of Outpost can call the program.'));

export function serveWindows(program: Program): void {
  ipcMain.handle(channels.call, (event, name: unknown, input: unknown) =>
    isOwnPage(event) ? program.call(name, input, 'window') : refused(),
  );
  ipcMain.handle(channels.takeFile, (event, path: unknown) => (isOwnPage(event) ? takeFile(program, path) : refused()));
  program.onEvent((appEvent) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(channels.event, appEvent);
  });
}

function takeFile(program: Program, path: unknown): CallResult<{ file: string; name: string }> {
  if (typeof path !== 'string' || path === '' || !existsSync(path)) {
    return err(callError('fileMissing', 'The file is not there any more. Choose it again.'));
  }
  if (!statSync(path).isFile()) return err(callError('fileUnreadable', 'This is a folder. Choose a file.'));
  return ok({ file: program.tokens.give('file', path), name: basename(path) });
}
