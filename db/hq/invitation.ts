/**
 * The invitation brings a further laptop into a workspace, and the HQ key file lets HQ read what laptops send. Both hold
 * secrets: whoever has the invitation can read and write bundles of the workspace; whoever has the HQ key file can read
 * every bundle and sign receipts.
 */
import { z } from 'zod';
import { type CallError, callError } from '../../shared/contract/call.ts';
import { uuidSchema } from '../../shared/model/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { checkedJson, readCheckedJson } from './checked-json.ts';
import { type HqKeys, type WorkspaceKeys, workspaceKeysSchema } from './keys.ts';

export const invitationExtension = '.outpostinvite';

const invitationSchema = z.object({
  format: z.literal('outpost-invitation'),
  formatVersion: z.literal(1),
  workspaceId: uuidSchema,
  workspaceName: z.string().min(1).max(200),
  keys: workspaceKeysSchema,
});
export type Invitation = Pick<z.output<typeof invitationSchema>, 'workspaceId' | 'workspaceName' | 'keys'>;

export const invitationText = (invitation: Invitation): string =>
  checkedJson({ format: 'outpost-invitation', formatVersion: 1, ...invitation });

/** Errors: `inviteInvalid`. */
export function readInvitation(text: string): Result<Invitation, CallError> {
  const invalid = (why: string) => err(callError('inviteInvalid', `${why} Ask for a new invitation file.`));
  const values = readCheckedJson(text);
  if (values === null) return invalid('This is not an Outpost invitation, or it was cut short or altered.');
  if (values.format !== 'outpost-invitation') return invalid('This is not an Outpost invitation.');
  if (typeof values.formatVersion === 'number' && values.formatVersion > 1) {
    return err(callError('inviteInvalid', 'This invitation was written by a newer Outpost. Update Outpost first.'));
  }
  const parsed = invitationSchema.safeParse(values);
  if (!parsed.success) return invalid('This invitation lacks something that it should hold.');
  const { workspaceId, workspaceName, keys } = parsed.data;
  return ok({ workspaceId, workspaceName, keys });
}

const hqKeySchema = z.object({
  format: z.literal('outpost-hq-key'),
  formatVersion: z.literal(1),
  workspaceId: uuidSchema,
  workspaceName: z.string(),
  hqIdentity: z.string().regex(/^AGE-SECRET-KEY-1[A-Z0-9]{20,}$/),
  hqSigningKey: z.string().min(40).max(200),
  hqRecipient: z.string(),
  hqVerifyKey: z.string(),
  workspaceSecret: z.base64url().length(43),
});
export type HqKeyFile = Omit<z.output<typeof hqKeySchema>, 'format' | 'formatVersion'>;

/** The text of the HQ recovery file: shown to nobody, kept by HQ, written once. */
export function hqKeyText(workspaceId: string, workspaceName: string, keys: WorkspaceKeys, hq: HqKeys): string {
  const { hqRecipient, hqVerifyKey, workspaceSecret } = keys;
  const file: HqKeyFile = { workspaceId, workspaceName, ...hq, hqRecipient, hqVerifyKey, workspaceSecret };
  return checkedJson({ format: 'outpost-hq-key', formatVersion: 1, ...file });
}

/** Errors: `keysMissing`. */
export function readHqKey(text: string): Result<HqKeyFile, CallError> {
  const parsed = hqKeySchema.safeParse(readCheckedJson(text));
  if (!parsed.success) {
    return err(callError('keysMissing', 'This is not an HQ key file of Outpost, or it was cut short or altered.'));
  }
  const { format: _format, formatVersion: _version, ...keys } = parsed.data;
  return ok(keys);
}
