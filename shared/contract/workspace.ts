/** The workspace, the session on this laptop, the host around it, and jobs. */
import { z } from 'zod';
import { uuidSchema } from '../model/ids.ts';
import { userRoles } from '../model/picklists.ts';
import { call } from './call.ts';
import { folderRefSchema, fileRefSchema, jobIdSchema, jobProgressSchema } from './parts.ts';

/** ISO 3166-1 alpha-2: the region in which phone numbers without a country code are read. */
export const regionSchema = z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter country code such as BE');

export const personSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  role: z.enum(userRoles),
  region: regionSchema,
});

const none = z.strictObject({});

export const statusSchema = z.object({
  state: z.enum(['none', 'locked', 'open']),
  workspaceName: z.string().nullable(),
  /** False for a plain (unencrypted) database. */
  encrypted: z.boolean(),
  host: z.enum(['electron', 'loopback', 'terminal']),
  /** The operating system's key store keeps the key, so that no passphrase is asked for. */
  keyInSystemStore: z.boolean(),
  demo: z.boolean(),
  version: z.string(),
});

export const sessionSchema = z.object({
  userId: uuidSchema,
  userName: z.string(),
  role: z.enum(userRoles),
  region: regionSchema,
  deviceId: uuidSchema,
  deviceName: z.string(),
  workspaceId: uuidSchema,
  workspaceName: z.string(),
});
export type Session = z.output<typeof sessionSchema>;

const createInput = z.strictObject({
  person: personSchema,
  workspaceName: z.string().trim().min(1).max(200).default('My workspace'),
  /** Null: keep the key in the operating system's key store (only where `keyInSystemStore`). */
  passphrase: z.string().max(1000).nullable(),
  demo: z.boolean().default(false),
});

export const workspaceContract = {
  'workspace.status': call('host', 'Whether a workspace is there, locked or open', none, statusSchema),
  'workspace.create': call(
    'host',
    'Makes a new workspace, with or without demo data; the recovery code is in the answer and nowhere else',
    createInput,
    z.object({ recoveryCode: z.string().nullable(), hqRecoveryFile: z.string().nullable() }),
    ['databaseExists', 'weakPassphrase', 'passphraseRequired', 'diskFull'],
  ),
  'workspace.join': call(
    'host',
    'Joins a workspace by an invitation file',
    z.strictObject({ file: fileRefSchema, person: personSchema, passphrase: z.string().max(1000).nullable() }),
    z.object({ recoveryCode: z.string().nullable() }),
    ['databaseExists', 'inviteInvalid', 'weakPassphrase', 'passphraseRequired', 'fileMissing'],
  ),
  'workspace.unlock': call(
    'host',
    'Opens the workspace with its passphrase',
    z.strictObject({ passphrase: z.string().max(1000) }),
    z.object({}),
    ['wrongPassphrase', 'databaseInUse', 'databaseDamaged', 'databaseTooNew', 'keysMissing'],
  ),
  'workspace.recover': call(
    'host',
    'Opens the workspace with its recovery code and sets a new passphrase',
    z.strictObject({ recoveryCode: z.string().max(200), newPassphrase: z.string().max(1000) }),
    z.object({}),
    ['wrongRecoveryCode', 'weakPassphrase', 'databaseInUse', 'databaseDamaged'],
  ),
  'workspace.lock': call('host', 'Closes the database and forgets its key', none, z.object({})),
  'workspace.invite': call(
    'write',
    'Writes an invitation file for another laptop of this workspace',
    z.strictObject({ folder: folderRefSchema, fileName: z.string().max(200).optional() }),
    z.object({ file: z.string() }),
    ['diskFull', 'notPermitted'],
  ),
  'session.get': call('read', 'Who uses this laptop', none, sessionSchema, ['noWorkspace']),
  'session.update': call(
    'write',
    'Changes who uses this laptop, their role or the default country',
    z.strictObject({ person: personSchema.partial() }),
    sessionSchema,
  ),
  'jobs.list': call('host', 'Long work under way and just ended', none, z.object({ jobs: z.array(jobProgressSchema) })),
  'jobs.cancel': call(
    'host',
    'Asks a job to stop; what is saved stays saved',
    z.strictObject({ jobId: jobIdSchema }),
    z.object({ asked: z.boolean() }),
  ),
  'jobs.pause': call(
    'host',
    'Asks a job to wait after the batch it is in, or to go on',
    z.strictObject({ jobId: jobIdSchema, paused: z.boolean() }),
    z.object({ asked: z.boolean() }),
  ),
};

/** What differs between the windows; everything else does not know which window it is in. */
export const hostContract = {
  'host.chooseFile': call(
    'host',
    'Shows the open dialog; null when the person changes their mind',
    z.strictObject({ purpose: z.enum(['import', 'bundle', 'invitation', 'attachment']) }),
    z.object({ file: fileRefSchema, name: z.string() }).nullable(),
  ),
  'host.takeText': call(
    'host',
    'Takes pasted text as a file of this name, for as long as it is needed',
    z.strictObject({ name: z.string().min(1).max(120), text: z.string().min(1).max(50_000_000) }),
    z.object({ file: fileRefSchema, name: z.string() }),
    ['diskFull'],
  ),
  'host.chooseFolder': call(
    'host',
    'Shows the folder dialog, or prepares a folder whose files the browser downloads',
    none,
    z.object({ folder: folderRefSchema, name: z.string() }).nullable(),
  ),
  'host.takeFiles': call(
    'host',
    'The files written into a folder: shown in the file manager, or as links to download',
    z.strictObject({ folder: folderRefSchema, files: z.array(z.string().max(300)).max(200) }),
    z.object({ links: z.array(z.object({ name: z.string(), url: z.string() })) }),
  ),
  'host.dial': call(
    'host',
    'Hands a phone number to the dialler (tel:)',
    z.strictObject({ number: z.string().regex(/^\+?[0-9*#,;]{2,40}$/) }),
    z.object({ handed: z.boolean(), url: z.string() }),
  ),
};
