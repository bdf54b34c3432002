/** The calls that are served beside the window: the workspace's life, jobs, dialogs. */
import { basename } from 'node:path';
import { type CallResult } from '../../shared/contract/call.ts';
import type { OutputOf, ParsedInputOf } from '../../shared/contract/index.ts';
import { ok } from '../../shared/result.ts';
import type { StoreFacts } from './backend.ts';
import type { HostCallName } from './calls.ts';
import type { HostCapabilities } from './capabilities.ts';
import type { HostHandler } from './dispatch.ts';
import type { FileTokens } from './file-tokens.ts';
import { keepText } from './pasted-text.ts';
import type { NewLock, Workspace } from './workspace.ts';

type Tokens = Parameters<HostHandler>[1];
type TypedHandlers = {
  readonly [N in HostCallName]: (input: ParsedInputOf<N>, tokens: Tokens) => Promise<CallResult<OutputOf<N>>>;
};

const lockOf = (passphrase: string | null): NewLock =>
  passphrase === null ? { kind: 'system' } : { kind: 'passphrase', passphrase };

export function createHostHandlers(
  workspace: Workspace,
  capabilities: HostCapabilities,
  tokens: FileTokens,
): Readonly<Record<HostCallName, HostHandler>> {
  const facts = (): StoreFacts => {
    const store = workspace.store();
    return store.ok ? store.value.facts : { workspaceName: null, demo: false };
  };

  const typed: TypedHandlers = {
    'workspace.status': async () =>
      ok({
        state: workspace.state(),
        workspaceName: facts().workspaceName,
        encrypted: workspace.isEncrypted(),
        host: capabilities.kind,
        keyInSystemStore: workspace.isKeyKept(),
        demo: facts().demo,
        version: capabilities.version,
      }),
    'workspace.create': ({ person, workspaceName, passphrase, demo }) =>
      workspace.create({ person, workspaceName, demo, invitation: null }, lockOf(passphrase)),
    'workspace.join': async ({ file, person, passphrase }) => {
      const setUp = { person, workspaceName: '', demo: false, invitation: file };
      const made = await workspace.create(setUp, lockOf(passphrase));
      return made.ok ? ok({ recoveryCode: made.value.recoveryCode }) : made;
    },
    'workspace.unlock': ({ passphrase }) => workspace.unlock(passphrase),
    'workspace.recover': ({ recoveryCode, newPassphrase }) => workspace.recover(recoveryCode, newPassphrase),
    'workspace.lock': async () => {
      await workspace.lock();
      return ok({});
    },
    'jobs.list': async () => {
      const store = workspace.store();
      return ok({ jobs: store.ok ? [...store.value.jobs()] : [] });
    },
    'jobs.cancel': async ({ jobId }) => {
      const store = workspace.store();
      return ok({ asked: store.ok && store.value.cancelJob(jobId) });
    },
    'jobs.pause': async ({ jobId, paused }) => {
      const store = workspace.store();
      return ok({ asked: store.ok && store.value.pauseJob(jobId, paused) });
    },
    'host.chooseFile': async ({ purpose }) => {
      const chosen = await capabilities.chooseFile(purpose);
      return ok(chosen && { file: tokens.give('file', chosen.path, chosen.release), name: chosen.name });
    },
    'host.takeText': async ({ name, text }) => {
      const kept = keepText(name, text);
      return ok({ file: tokens.give('file', kept.path, kept.release), name: basename(kept.path) });
    },
    'host.chooseFolder': async () => {
      const chosen = await capabilities.chooseFolder();
      return ok(chosen && { folder: tokens.give('folder', chosen.path, chosen.release), name: chosen.name });
    },
    'host.takeFiles': async ({ folder, files }, held) => {
      // handlers answer names or paths; only names of files in that folder are taken
      const names = files.map((file) => basename(file));
      const links = await capabilities.takeFiles(folder, names, held.folder ?? folder);
      return ok({ links: [...links] });
    },
    'host.dial': async ({ number }) => {
      const url = `tel:${number}`;
      return ok({ handed: await capabilities.dial(url), url });
    },
  };
  // each input was parsed by the schema of the handler's own name
  return typed as unknown as Readonly<Record<HostCallName, HostHandler>>;
}
