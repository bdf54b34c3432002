/** init, workspace invite, workspace recover. */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import { type CallError, type CallResult, callError } from '../../../shared/contract/call.ts';
import { contract } from '../../../shared/contract/index.ts';
import type { UserRole } from '../../../shared/model/picklists.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { NewLock } from '../../host/workspace.ts';
import type { Answer } from '../console.ts';
import { askNewPassphrase, askRecoveryCode } from '../secrets.ts';
import { pathOf, type Session } from '../session.ts';

export type InitOptions = {
  readonly demo: boolean;
  readonly plain: boolean;
  readonly join?: string;
  readonly name?: string;
  readonly role: UserRole;
  readonly country?: string;
  readonly workspace?: string;
  readonly hqKey?: string;
};

/** The country of the computer's language settings. */
function ownCountry(): string {
  const { region } = new Intl.Locale(Intl.DateTimeFormat().resolvedOptions().locale);
  return region !== undefined && /^[A-Z]{2}$/.test(region) ? region : 'US';
}

const ownName = (): string => {
  try {
    return userInfo().username || 'Me';
  } catch {
    // a user id without an account, as in containers
    return 'Me';
  }
};

async function newLock(plain: boolean): Promise<Result<NewLock, CallError>> {
  if (plain) return ok({ kind: 'plain' });
  const passphrase = await askNewPassphrase();
  return passphrase.ok ? ok({ kind: 'passphrase', passphrase: passphrase.value }) : passphrase;
}

const hqKeyExtension = '.outposthqkey';

function freeName(stem: string): string {
  let path = `${stem}${hqKeyExtension}`;
  for (let number = 2; existsSync(path); number += 1) path = `${stem}-${number}${hqKeyExtension}`;
  return path;
}

/** Takes the name before the workspace is made: its text is given once, and must then have a place to go. */
function reserveHqKeyFile(databasePath: string, chosen: string | undefined): string {
  const stem = join(dirname(databasePath), basename(databasePath, extname(databasePath)));
  const path = chosen === undefined ? freeName(stem) : pathOf(chosen);
  mkdirSync(dirname(path), { recursive: true });
  closeSync(openSync(path, 'wx', 0o600));
  return path;
}

export async function init(session: Session, options: InitOptions): Promise<CallResult<Answer>> {
  const { workspace } = session.program;
  if (workspace.state() !== 'none') {
    return err(callError('databaseExists', 'There is a database at this path already. Choose another path.'));
  }
  const person = {
    name: options.name ?? ownName(),
    role: options.role,
    region: (options.country ?? ownCountry()).toUpperCase(),
  };
  const input = { person, workspaceName: options.workspace, passphrase: null, demo: options.demo };
  const parsed = contract['workspace.create'].input.safeParse(input);
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
    return err({ ...callError('badInput', 'The person or the workspace is not right.'), issues });
  }
  const invitation = options.join === undefined ? null : pathOf(options.join);
  if (invitation !== null && !existsSync(invitation)) {
    return err(callError('fileMissing', 'The invitation file is not there. Check the path.'));
  }
  const lock = await newLock(options.plain);
  if (!lock.ok) return lock;
  const hqKeyFile = invitation === null ? reserveHqKeyFile(workspace.databasePath, options.hqKey) : null;
  try {
    const { workspaceName, demo } = parsed.data;
    const made = await workspace.create({ person: parsed.data.person, workspaceName, demo, invitation }, lock.value);
    if (!made.ok) return made;
    if (hqKeyFile !== null && made.value.hqRecoveryFile !== null) {
      writeFileSync(hqKeyFile, made.value.hqRecoveryFile, { flush: true });
    }
    return await describe(session, made.value.recoveryCode, hqKeyFile);
  } finally {
    if (hqKeyFile !== null && workspace.state() === 'none') rmSync(hqKeyFile, { force: true });
  }
}

async function describe(
  session: Session,
  recoveryCode: string | null,
  hqRecoveryFile: string | null,
): Promise<CallResult<Answer>> {
  const { workspace } = session.program;
  const who = await session.call('session.get', {});
  if (!who.ok) return who;
  const { workspaceId, workspaceName, userId, deviceId, deviceName } = who.value;
  const lines = [`Workspace “${workspaceName}” is ready: ${workspace.databasePath}`];
  if (recoveryCode === null) lines.push('The database is plain: anybody who has the file can read it.');
  else
    lines.push('', `Recovery code: ${recoveryCode}`, 'Write it down: it is shown this once, and opens the database.');
  if (hqRecoveryFile !== null) {
    lines.push('', `HQ key file: ${hqRecoveryFile}`, 'Give it to HQ and remove it here: it reads every bundle.');
  }
  const database = workspace.databasePath;
  const encrypted = recoveryCode !== null;
  const ids = { workspaceId, workspaceName, userId, deviceId, deviceName };
  return ok({ json: { database, encrypted, recoveryCode, hqRecoveryFile, ...ids }, human: lines.join('\n') });
}

export async function invite(session: Session, out: string): Promise<CallResult<Answer>> {
  const wanted = pathOf(out);
  const written = await session.call('workspace.invite', { folder: dirname(wanted), fileName: basename(wanted) });
  if (!written.ok) return written;
  // the call gives the file its own extension; here the person said exactly where it goes
  const path = join(dirname(wanted), basename(written.value.file));
  if (path !== wanted) renameSync(path, wanted);
  const human = `Invitation: ${wanted}\nWhoever has this file can join the workspace and read its bundles.`;
  return ok({ json: { file: wanted }, human });
}

export async function recover(session: Session): Promise<CallResult<Answer>> {
  const { workspace } = session.program;
  if (workspace.state() === 'none') {
    return err(callError('databaseMissing', 'There is no database at this path. Check the path.'));
  }
  const code = await askRecoveryCode();
  if (!code.ok) return code;
  const passphrase = await askNewPassphrase();
  if (!passphrase.ok) return passphrase;
  const recovered = await workspace.recover(code.value, passphrase.value);
  if (!recovered.ok) return recovered;
  return ok({ json: { recovered: true }, human: 'The database opens with the new passphrase.' });
}
