/** What differs between Electron, the loopback host and the terminal. Everything else does not know where it runs. */
import type { SystemStore } from '../../db/keys.ts';

type HostKind = 'electron' | 'loopback' | 'terminal';

export type ChosenPath = { readonly path: string; readonly name: string; readonly release?: () => void };

export type HostCapabilities = {
  readonly kind: HostKind;
  readonly version: string;
  /** The operating system's key store; null where there is none. */
  readonly systemStore: SystemStore | null;
  /** Null when the person changes their mind, or where the page has its own way to choose. */
  chooseFile(purpose: 'import' | 'bundle' | 'invitation' | 'attachment'): Promise<ChosenPath | null>;
  chooseFolder(): Promise<ChosenPath | null>;
  /** Shows files of a folder, or answers links to download them. `folder` is the path, `token` what the page calls it. */
  takeFiles(
    folder: string,
    files: readonly string[],
    token: string,
  ): Promise<readonly { readonly name: string; readonly url: string }[]>;
  /** Hands a `tel:` URL to the dialler; false where the page does that itself. */
  dial(url: string): Promise<boolean>;
};
