/** What Electron gives beyond a browser: dialogs, the file manager, the dialler, the system's key store. */
import { basename, join } from 'node:path';
import { existsSync } from 'node:fs';
import { BrowserWindow, dialog, type FileFilter, type OpenDialogOptions, safeStorage, shell } from 'electron';
import type { SystemStore } from '../../db/keys.ts';
import type { ChosenPath, HostCapabilities } from '../host/capabilities.ts';

const all: FileFilter = { name: 'All files', extensions: ['*'] };
const filters: Readonly<Record<'import' | 'bundle' | 'invitation' | 'attachment', FileFilter[]>> = {
  import: [{ name: 'Tables and cards', extensions: ['csv', 'tsv', 'txt', 'xlsx', 'xlsm', 'vcf', 'vcard'] }, all],
  bundle: [{ name: 'Bundles and receipts', extensions: ['outpostbundle', 'outpostreceipt'] }, all],
  invitation: [{ name: 'Invitations', extensions: ['outpostinvite'] }, all],
  attachment: [all],
};

/** Null where the key would rest unprotected: Linux without a key ring. */
function systemStore(): SystemStore | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return null;
  return {
    wrap: (secret) => safeStorage.encryptString(secret.toString('base64')),
    unwrap: (box) => Buffer.from(safeStorage.decryptString(box), 'base64'),
  };
}

async function choose(options: OpenDialogOptions): Promise<ChosenPath | null> {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  const [path] = filePaths;
  return canceled || path === undefined ? null : { path, name: basename(path) };
}

export const desktopCapabilities = (version: string): HostCapabilities => ({
  kind: 'electron',
  version,
  systemStore: systemStore(),
  chooseFile: (purpose) => choose({ properties: ['openFile'], filters: filters[purpose] }),
  chooseFolder: () => choose({ properties: ['openDirectory', 'createDirectory'] }),
  async takeFiles(folder, files) {
    const first = files.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (first === undefined) return [];
    shell.showItemInFolder(first);
    return [];
  },
  async dial(url) {
    await shell.openExternal(url);
    return true;
  },
});
