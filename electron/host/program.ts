/** The program without its windows: one workspace, one door, one stream of events. Every host is built on it. */
import type { CallResult } from '../../shared/contract/call.ts';
import type { AppEvent } from '../../shared/contract/events.ts';
import type { StartBackend, StoreEvents } from './backend.ts';
import type { HostCapabilities } from './capabilities.ts';
import { type Caller, createDispatch } from './dispatch.ts';
import { createFileTokens, type FileTokens } from './file-tokens.ts';
import { createHostHandlers } from './host-calls.ts';
import { type Log, logBug } from './log.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

export type ProgramOptions = {
  readonly databasePath: string;
  readonly startBackend: StartBackend;
  readonly capabilities: (tokens: FileTokens) => HostCapabilities;
  readonly log: Log;
  /** Development and tests: see `isChecked`. */
  readonly checked: boolean;
};

export type Program = {
  readonly workspace: Workspace;
  readonly tokens: FileTokens;
  call(name: unknown, input: unknown, caller: Caller): Promise<CallResult<unknown>>;
  /** Returns the function that stops listening. */
  onEvent(listener: (event: AppEvent) => void): () => void;
  close(): Promise<void>;
};

/** Commits of one burst are told as one. */
const changedDelayMs = 50;
const backupCheckMs = 60 * 60 * 1000;
const firstBackupCheckMs = 60 * 1000;

export function createProgram(options: ProgramOptions): Program {
  const listeners = new Set<(event: AppEvent) => void>();
  const tell = (event: AppEvent): void => {
    for (const listener of listeners) listener(event);
  };

  const changed = new Set<string>();
  let changedTimer: NodeJS.Timeout | null = null;
  const tellChanged = (): void => {
    changedTimer = null;
    const entities = [...changed];
    changed.clear();
    tell({ type: 'changed', entities });
  };

  const events: StoreEvents = {
    committed(entities) {
      for (const entity of entities) changed.add(entity);
      changedTimer ??= setTimeout(tellChanged, changedDelayMs);
    },
    job: (progress) => tell({ type: 'job', progress }),
    bug: logBug(options.log),
  };

  const tokens = createFileTokens();
  const capabilities = options.capabilities(tokens);
  const workspace = createWorkspace({
    databasePath: options.databasePath,
    systemStore: capabilities.systemStore,
    startBackend: options.startBackend,
    checked: options.checked,
    events,
    changed: () => tell({ type: 'workspace' }),
  });
  const call = createDispatch({
    checked: options.checked,
    tokens,
    hostHandlers: createHostHandlers(workspace, capabilities, tokens),
    store: () => workspace.store(),
    bug: events.bug,
  });

  const backUpIfDue = (): void => {
    const store = workspace.store();
    if (store.ok) void store.value.backUpIfDue();
  };
  const timers = [setTimeout(backUpIfDue, firstBackupCheckMs), setInterval(backUpIfDue, backupCheckMs)];
  for (const timer of timers) timer.unref();

  return {
    workspace,
    tokens,
    call,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      await workspace.lock();
      if (changedTimer) clearTimeout(changedTimer);
      tokens.releaseAll();
    },
  };
}
