/** Composition root of the desktop program: one store, one door, one window. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, dialog, Menu, nativeTheme } from 'electron';
import { desktopCapabilities } from './desktop/desktop-capabilities.ts';
import { serveWindows } from './desktop/ipc.ts';
import { fileLog } from './desktop/log-file.ts';
import { takeOpenedFiles } from './desktop/opened-files.ts';
import { declarePageScheme, servePage } from './desktop/page-protocol.ts';
import { guardWindows, openWindow } from './desktop/window.ts';
import { defaultDatabasePath } from './host/database-file.ts';
import { errorOfThrown, isChecked, logBug } from './host/log.ts';
import { createProgram, type Program } from './host/program.ts';
import { threadBackend } from './worker/thread-backend.ts';

/** From source this file lies in electron/, as a bundle in out/main/. */
const isBundle = !import.meta.url.endsWith('.ts');
const pathOf = (bundled: string, source: string): URL => new URL(isBundle ? bundled : source, import.meta.url);

const parts = {
  worker: pathOf('./store-worker.js', './worker/store-worker.ts'),
  preload: fileURLToPath(pathOf('../preload/preload.cjs', '../out/preload/preload.cjs')),
  page: fileURLToPath(pathOf('../renderer', '../out/renderer')),
  icon: fileURLToPath(pathOf('../../build/icon.png', '../build/icon.png')),
};

function createDesktopProgram(): Program {
  return createProgram({
    databasePath: resolve(process.env['OUTPOST_DB'] || defaultDatabasePath()),
    startBackend: threadBackend(parts.worker),
    capabilities: () => desktopCapabilities(app.getVersion()),
    log: fileLog(),
    checked: !app.isPackaged && isChecked(),
  });
}

async function start(): Promise<void> {
  await app.whenReady();
  const program = createDesktopProgram();
  servePage(parts.page);
  guardWindows();
  serveWindows(program);
  // macOS has its menu in the bar at the top; elsewhere the page's own navigation is all there is
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);

  const open = (): BrowserWindow =>
    openWindow({
      preload: parts.preload,
      icon: parts.icon,
      stateFile: `${app.getPath('userData')}/window-state.json`,
      isDark: nativeTheme.shouldUseDarkColors,
    });
  const current = (): BrowserWindow | null => BrowserWindow.getAllWindows()[0] ?? null;
  takeOpenedFiles(program, current);
  app.on('second-instance', () => {
    const window = current();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('activate', () => {
    if (current() === null) open();
  });
  closeBeforeQuit(program);

  // the page is loading while the store opens
  open();
  const opened = await program.workspace.openUnasked();
  if (!opened.ok) dialog.showErrorBox('Outpost cannot open its database', opened.error.message);
}

/** What is written is folded into the file before the process ends. */
function closeBeforeQuit(program: Program): void {
  let isClosed = false;
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('before-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    void program.close().finally(() => {
      isClosed = true;
      app.quit();
    });
  });
}

function fail(error: unknown): void {
  const [typed, bug] = errorOfThrown(error, 'start', !app.isPackaged);
  if (bug) logBug(fileLog())(bug);
  dialog.showErrorBox('Outpost cannot start', `${typed.message}\n${typed.correlationId ?? ''}`);
  app.exit(1);
}

app.enableSandbox();
declarePageScheme();
// not awaited here: Electron becomes ready only once this module has been evaluated
if (app.requestSingleInstanceLock()) start().catch(fail);
else app.quit();
