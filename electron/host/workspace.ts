/**
 * The life of a workspace on this laptop: none → open ⇄ locked. Knows the database file, its key and its owner; what
 * is in the file is the store's business.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type CallError, type CallResult, callError } from '../../shared/contract/call.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import {
  databaseKeyOf,
  type KeyFile,
  newSecret,
  readKeyFile,
  recoveryCodeOf,
  secretOfRecoveryCode,
  type SystemStore,
  unwrapByPassphrase,
  unwrapBySystem,
  wrapByPassphrase,
  wrapBySystem,
  writeKeyFile,
} from '../../db/keys.ts';
import { type OwnerLock, takeOwnership } from '../../db/owner-lock.ts';
import type { SetUp, StartBackend, StoreBackend, StoreEvents } from './backend.ts';
import { isPlainDatabase, makeNursery } from './database-file.ts';

export type WorkspaceOptions = {
  readonly databasePath: string;
  readonly systemStore: SystemStore | null;
  readonly startBackend: StartBackend;
  readonly checked: boolean;
  readonly events: StoreEvents;
  /** The workspace was opened, locked or made. */
  changed(): void;
};

type WorkspaceState = 'none' | 'locked' | 'open';

/** How a new database is locked: by a passphrase, by the operating system's key store, or not at all. */
export type NewLock =
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'system' }
  | { readonly kind: 'plain' };

type Made = {
  readonly recoveryCode: string | null;
  /** The text of the HQ key file, which is kept nowhere. */
  readonly hqRecoveryFile: string | null;
};

export type Workspace = {
  readonly databasePath: string;
  state(): WorkspaceState;
  isEncrypted(): boolean;
  /** The operating system's key store keeps the key; of a workspace still to be made: it can. */
  isKeyKept(): boolean;
  /** The open store. Errors: `noWorkspace`, `locked`. */
  store(): Result<StoreBackend, CallError>;
  create(setUp: SetUp, lock: NewLock): Promise<CallResult<Made>>;
  /** Opens what needs nobody to ask: a plain database, or one whose key the operating system keeps. */
  openUnasked(): Promise<CallResult<{ opened: boolean }>>;
  unlock(passphrase: string): Promise<CallResult<Record<never, never>>>;
  recover(recoveryCode: string, newPassphrase: string): Promise<CallResult<Record<never, never>>>;
  lock(): Promise<void>;
};

export function createWorkspace(options: WorkspaceOptions): Workspace {
  const { databasePath, systemStore, checked, events } = options;
  let open: { readonly backend: StoreBackend; readonly owner: OwnerLock; readonly encrypted: boolean } | null = null;
  /** Opening, making and locking wait for one another. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
  };

  const owned = async <T>(work: (owner: OwnerLock) => Promise<CallResult<T>>): Promise<CallResult<T>> => {
    const owner = takeOwnership(databasePath);
    if (!owner.ok) return owner;
    try {
      const result = await work(owner.value);
      if (open?.owner !== owner.value) owner.value.release();
      return result;
    } catch (error) {
      owner.value.release();
      throw error;
    }
  };

  const keptSecret = (keyFile: KeyFile): Buffer | null => (systemStore ? unwrapBySystem(keyFile, systemStore) : null);

  const openWith = async (key: Buffer | null, owner: OwnerLock): Promise<CallResult<Record<never, never>>> => {
    const backend = await options.startBackend({ path: databasePath, key, create: false, checked }, events);
    if (!backend.ok) return backend;
    open = { backend: backend.value, owner, encrypted: key !== null };
    options.changed();
    return ok({});
  };

  const openIfClosed = (key: () => Promise<Result<Buffer | null, CallError>>): Promise<CallResult<object>> =>
    inTurn(async () => {
      if (open) return ok({});
      if (!existsSync(databasePath)) return err(missing());
      return owned(async (owner) => {
        const found = await key();
        return found.ok ? openWith(found.value, owner) : found;
      });
    });

  const close = async (): Promise<void> => {
    if (!open) return;
    const { backend, owner } = open;
    open = null;
    await backend.close();
    owner.release();
    options.changed();
  };

  const fill = async (
    setUp: SetUp,
    key: Buffer | null,
    keyFile: KeyFile | null,
  ): Promise<CallResult<string | null>> => {
    const nursery = makeNursery(databasePath);
    const store = { path: nursery.databasePath, key, create: true, checked };
    try {
      if (keyFile) writeKeyFile(nursery.databasePath, keyFile);
      const backend = await options.startBackend(store, { ...events, committed: () => {} });
      if (!backend.ok) return backend;
      const filled = await backend.value.setUp(setUp);
      await backend.value.close();
      if (!filled.ok) return filled;
      nursery.moveOut();
      return ok(filled.value.hqRecoveryFile);
    } finally {
      nursery.discard();
    }
  };

  return {
    databasePath,
    state: () => (open ? 'open' : existsSync(databasePath) ? 'locked' : 'none'),
    isEncrypted: () => (open ? open.encrypted : !existsSync(databasePath) || !isPlainDatabase(databasePath)),
    isKeyKept() {
      if (systemStore === null || !existsSync(databasePath)) return systemStore !== null;
      const keyFile = readKeyFile(databasePath);
      return keyFile.ok && keyFile.value?.wraps.some((wrap) => wrap.kind === 'system') === true;
    },
    store() {
      if (open) return ok(open.backend);
      if (!existsSync(databasePath)) return err(missing());
      return err(callError('locked', 'The workspace is locked. Unlock it with its passphrase.'));
    },
    create: (setUp, lock) =>
      inTurn(async () => {
        if (open || existsSync(databasePath)) return err(exists());
        mkdirSync(dirname(databasePath), { recursive: true, mode: 0o700 });
        return owned(async (owner) => {
          // another process may have been quicker
          if (existsSync(databasePath)) return err(exists());
          const locked = await newKey(lock, systemStore);
          if (!locked.ok) return locked;
          const { secret, keyFile } = locked.value;
          const key = secret === null ? null : databaseKeyOf(secret);
          const filled = await fill(setUp, key, keyFile);
          if (!filled.ok) return filled;
          const opened = await openWith(key, owner);
          if (!opened.ok) return opened;
          return ok({ recoveryCode: secret && recoveryCodeOf(secret), hqRecoveryFile: filled.value });
        });
      }),
    async openUnasked() {
      if (open) return ok({ opened: true });
      if (!existsSync(databasePath)) return ok({ opened: false });
      if (isPlainDatabase(databasePath)) {
        const opened = await openIfClosed(() => Promise.resolve(ok(null)));
        return opened.ok ? ok({ opened: true }) : opened;
      }
      const keyFile = readKeyFile(databasePath);
      const secret = keyFile.ok && keyFile.value ? keptSecret(keyFile.value) : null;
      if (secret === null) return ok({ opened: false });
      const opened = await openIfClosed(() => Promise.resolve(ok(databaseKeyOf(secret))));
      return opened.ok ? ok({ opened: true }) : opened;
    },
    unlock: (passphrase) =>
      openIfClosed(async () => {
        if (isPlainDatabase(databasePath)) return ok(null);
        const keyFile = readKeyFile(databasePath);
        if (!keyFile.ok) return keyFile;
        if (!keyFile.value) return err(keysMissing());
        // without a passphrase of its own, what the operating system keeps is all there is to ask for
        const kept = keyFile.value.wraps.some((wrap) => wrap.kind === 'passphrase') ? null : keptSecret(keyFile.value);
        if (kept !== null) return ok(databaseKeyOf(kept));
        const secret = await unwrapByPassphrase(keyFile.value, passphrase);
        return secret.ok ? ok(databaseKeyOf(secret.value)) : secret;
      }),
    async recover(recoveryCode, newPassphrase) {
      const secret = secretOfRecoveryCode(recoveryCode);
      if (!secret.ok) return secret;
      const wrap = await wrapByPassphrase(secret.value, newPassphrase);
      if (!wrap.ok) return wrap;
      await inTurn(close);
      const opened = await openIfClosed(() => Promise.resolve(ok(databaseKeyOf(secret.value))));
      if (!opened.ok) {
        return opened.error.code === 'wrongPassphrase'
          ? err(callError('wrongRecoveryCode', 'This recovery code is not the one of this database.'))
          : opened;
      }
      // only now: the code did open this very database
      const wraps = systemWraps(databasePath, secret.value, systemStore);
      writeKeyFile(databasePath, { version: 1, wraps: [wrap.value, ...wraps] });
      return ok({});
    },
    lock: () => inTurn(close),
  };
}

const missing = (): CallError =>
  callError('noWorkspace', 'There is no workspace here yet. Make one, or join one by an invitation.');
const exists = (): CallError =>
  callError('databaseExists', 'There is a database at this path already. Open it, or choose another path.');
const keysMissing = (): CallError =>
  callError('keysMissing', 'The key file beside the database is missing. Use the recovery code.');

/** A key that the operating system kept stays kept. */
function systemWraps(databasePath: string, secret: Buffer, systemStore: SystemStore | null): KeyFile['wraps'] {
  const before = readKeyFile(databasePath);
  const kept = before.ok && before.value?.wraps.some((wrap) => wrap.kind === 'system') === true;
  return kept && systemStore ? [wrapBySystem(secret, systemStore)] : [];
}

type NewKey = { readonly secret: Buffer | null; readonly keyFile: KeyFile | null };

async function newKey(lock: NewLock, systemStore: SystemStore | null): Promise<Result<NewKey, CallError>> {
  switch (lock.kind) {
    case 'plain':
      return ok({ secret: null, keyFile: null });
    case 'system': {
      if (!systemStore) {
        return err(
          callError('passphraseRequired', 'This computer has no key store that Outpost can use. Set a passphrase.'),
        );
      }
      const secret = newSecret();
      return ok({ secret, keyFile: { version: 1, wraps: [wrapBySystem(secret, systemStore)] } });
    }
    case 'passphrase': {
      const secret = newSecret();
      const wrap = await wrapByPassphrase(secret, lock.passphrase);
      return wrap.ok ? ok({ secret, keyFile: { version: 1, wraps: [wrap.value] } }) : wrap;
    }
  }
}
