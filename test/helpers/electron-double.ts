/**
 * Our own double of the parts of Electron that Outpost uses, so that main.ts and preload.ts run unmodified under Node.
 * It keeps Electron's promises where the program relies on them: readiness, single instance, messages cloned between
 * window and main process, permissions and navigation decided by the handlers that were set. `double` is the test's
 * hand on it; nothing in the program knows of that.
 */
import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Handler = (...args: never[]) => unknown;
type InvokeHandler = (event: { senderFrame: Frame | null; sender: WebContents }, ...args: unknown[]) => unknown;
type Frame = { url: string; parent: Frame | null };
type Display = { workArea: { x: number; y: number; width: number; height: number } };

class WebContents extends EventEmitter {
  url = '';
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  getURL(): string {
    return this.url;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
  send(channel: string, ...args: unknown[]): void {
    ipcRenderer.emit(channel, {}, ...structuredClone(args));
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.all];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.all[0] ?? null;
  }
  readonly webContents = new WebContents();
  readonly options: Readonly<Record<string, unknown>>;
  isVisible = false;
  constructor(options: Readonly<Record<string, unknown>>) {
    super();
    this.options = options;
    BrowserWindow.all.push(this);
    app.emit('web-contents-created', {}, this.webContents);
    app.emit('browser-window-created', {}, this);
  }
  async loadURL(url: string): Promise<void> {
    this.webContents.url = url;
    const answer = await double.protocolHandlers.get(new URL(url).protocol.slice(0, -1))?.(new Request(url));
    if (answer?.status !== 200) throw new Error(`could not load ${url}`);
    this.emit('ready-to-show');
  }
  show(): void {
    this.isVisible = true;
    this.emit('show');
  }
  focus(): void {
    double.done.push('focus');
  }
  isMinimized(): boolean {
    return false;
  }
  restore(): void {}
  maximize(): void {}
  isMaximized(): boolean {
    return false;
  }
  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    return { x: 10, y: 20, width: 1000, height: 700 };
  }
  close(): void {
    this.emit('close', { preventDefault() {} });
    BrowserWindow.all.splice(BrowserWindow.all.indexOf(this), 1);
    if (BrowserWindow.all.length === 0) app.emit('window-all-closed');
  }
}

class App extends EventEmitter {
  readonly isPackaged = false;
  whenReady(): Promise<void> {
    // like Electron: ready only after the entry module has been evaluated
    return new Promise((resolve) => setImmediate(resolve));
  }
  getPath(name: string): string {
    return join(double.folder, name);
  }
  getVersion(): string {
    return '0.0.0-double';
  }
  requestSingleInstanceLock(): boolean {
    return double.isFirstInstance;
  }
  enableSandbox(): void {
    double.done.push('enableSandbox');
  }
  quit(): void {
    let prevented = false;
    this.emit('before-quit', { preventDefault: () => (prevented = true) });
    if (!prevented) double.done.push('quit');
  }
  exit(code: number): void {
    double.done.push(`exit ${code}`);
  }
}
export const app = new App();

const invokeHandlers = new Map<string, InvokeHandler>();
export const ipcMain = {
  handle(channel: string, handler: InvokeHandler): void {
    if (invokeHandlers.has(channel)) throw new Error(`a second handler for ${channel}`);
    invokeHandlers.set(channel, handler);
  },
};

class IpcRenderer extends EventEmitter {
  invoke(channel: string, ...args: unknown[]): Promise<unknown> {
    return double.invokeAs(double.ownFrame(), channel, ...args);
  }
}
export const ipcRenderer = new IpcRenderer();

export const contextBridge = {
  exposeInMainWorld(name: string, api: unknown): void {
    double.exposed.set(name, api);
  },
};

export const webUtils = {
  /** A file that a person chose has a path here; one that a page made has none. */
  getPathForFile: (file: unknown): string => double.pathsOfFiles.get(file) ?? '',
};

export const protocol = {
  registerSchemesAsPrivileged(schemes: readonly { scheme: string; privileges: Record<string, boolean> }[]): void {
    for (const { scheme, privileges } of schemes) double.schemes.set(scheme, privileges);
  },
  handle(scheme: string, handler: (request: Request) => Promise<Response>): void {
    double.protocolHandlers.set(scheme, handler);
  },
};

export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: Handler) => (double.permissions.request = handler),
    setPermissionCheckHandler: (handler: Handler) => (double.permissions.check = handler),
    setDevicePermissionHandler: (handler: Handler) => (double.permissions.device = handler),
  },
};

export const shell = {
  openExternal: async (url: string) => void double.done.push(`openExternal ${url}`),
  showItemInFolder: (path: string) => void double.done.push(`showItemInFolder ${path}`),
};

export const dialog = {
  showOpenDialog: async () => double.chosen.shift() ?? { canceled: true, filePaths: [] },
  showMessageBox: async (_window: unknown, options: { message: string }) => {
    double.done.push(`message ${options.message}`);
    return { response: 0 };
  },
  showErrorBox: (title: string, text: string) => void double.done.push(`error ${title}: ${text}`),
};

export const safeStorage = {
  isEncryptionAvailable: () => double.hasKeyStore,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptString: (text: string) => Buffer.from(`boxed:${text}`).reverse(),
  decryptString: (box: Buffer) => {
    const text = Buffer.from(box).reverse().toString();
    if (!text.startsWith('boxed:')) throw new Error('not boxed by this key store');
    return text.slice('boxed:'.length);
  },
};

export const screen = { getAllDisplays: (): Display[] => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };
export const nativeTheme = { shouldUseDarkColors: false };
export const Menu = { setApplicationMenu: (menu: unknown) => void double.done.push(`menu ${String(menu)}`) };

/** What a test sets and sees. */
export const double = {
  folder: tmpdir(),
  isFirstInstance: true,
  hasKeyStore: true,
  done: [] as string[],
  exposed: new Map<string, unknown>(),
  schemes: new Map<string, Record<string, boolean>>(),
  protocolHandlers: new Map<string, (request: Request) => Promise<Response>>(),
  permissions: {} as { request?: Handler; check?: Handler; device?: Handler },
  pathsOfFiles: new Map<unknown, string>(),
  chosen: [] as { canceled: boolean; filePaths: string[] }[],
  ownFrame: (): Frame => ({ url: BrowserWindow.all[0]?.webContents.url ?? '', parent: null }),
  /** A message of some frame; cloned there and back, as between processes. */
  async invokeAs(senderFrame: Frame | null, channel: string, ...args: unknown[]): Promise<unknown> {
    const handler = invokeHandlers.get(channel);
    if (!handler) throw new Error(`nobody handles ${channel}`);
    const sender = BrowserWindow.all[0]?.webContents ?? new WebContents();
    return structuredClone(await handler({ senderFrame, sender }, ...structuredClone(args)));
  },
};
