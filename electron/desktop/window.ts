/** The window: closed off from the computer, and kept on the program's own page. */
import { app, BrowserWindow, screen, type Session, session, shell, type WebContents } from 'electron';
import { pageOrigin } from './channels.ts';
import { keepWindowState, readWindowState } from './window-state.ts';

const isOwnUrl = (url: string): boolean => url.startsWith(`${pageOrigin}/`);

/** The capture screen, by its route. */
const isCaptureScreen = (url: string): boolean => isOwnUrl(url) && /^#\/capture(\/|$|\?)/.test(new URL(url).hash);

/** What a page may ask of the operating system: to dial, and to write an email. */
const handedOn = /^(tel:\+?[0-9*#,;]{2,40}|mailto:[^\s]{3,2000})$/;

const maySeeThrough = (permission: string, kinds: readonly string[] | undefined, url: string): boolean =>
  permission === 'media' && kinds?.length === 1 && kinds[0] === 'video' && isCaptureScreen(url);

/** Copying a text on a click, such as the recovery code; reading the clipboard stays denied. */
const mayCopy = (permission: string, url: string): boolean =>
  permission === 'clipboard-sanitized-write' && isOwnUrl(url);

function restrict(own: Session): void {
  own.setPermissionRequestHandler((contents, permission, decide, details) => {
    const kinds = 'mediaTypes' in details ? details.mediaTypes : undefined;
    const url = contents.getURL();
    decide(details.isMainFrame && (maySeeThrough(permission, kinds, url) || mayCopy(permission, url)));
  });
  own.setPermissionCheckHandler((contents, permission, _origin, details) => {
    const url = contents?.getURL() ?? '';
    const kinds = details.mediaType === undefined ? undefined : [details.mediaType];
    return details.isMainFrame && (maySeeThrough(permission, kinds, url) || mayCopy(permission, url));
  });
  own.setDevicePermissionHandler(() => false);
}

function keepOnPage(contents: WebContents): void {
  const stay = (event: { preventDefault(): void }, url: string): void => {
    if (!isOwnUrl(url)) event.preventDefault();
  };
  contents.on('will-navigate', (event) => stay(event, event.url));
  contents.on('will-redirect', (event) => stay(event, event.url));
  contents.on('will-frame-navigate', (event) => stay(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (handedOn.test(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}

/** Once, when the program is ready: holds for every window and frame from then on. */
export function guardWindows(): void {
  restrict(session.defaultSession);
  app.on('web-contents-created', (_event, contents) => keepOnPage(contents));
}

export type WindowOptions = {
  readonly preload: string;
  readonly icon: string;
  readonly stateFile: string;
  readonly isDark: boolean;
};

export function openWindow(options: WindowOptions): BrowserWindow {
  const displays = screen.getAllDisplays().map((display) => display.workArea);
  const { isMaximized, ...place } = readWindowState(options.stateFile, displays);
  const window = new BrowserWindow({
    ...place,
    minWidth: 720,
    minHeight: 480,
    title: 'Outpost',
    icon: options.icon,
    // the page paints before it is shown; until then the window has the theme's own ground
    show: false,
    backgroundColor: options.isDark ? '#1a1b1e' : '#ffffff',
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  keepWindowState(window, options.stateFile);
  void window.loadURL(`${pageOrigin}/`);
  return window;
}
