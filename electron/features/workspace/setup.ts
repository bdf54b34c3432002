/**
 * Sets a fresh database up: as the first laptop of a new workspace, or as a further one by an invitation file. Everything
 * that the workspace needs from then on is written in one transaction: settings, keys, the person, what Outpost ships.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { type CallResult, callError } from '../../../shared/contract/call.ts';
import type { ParsedInputOf } from '../../../shared/contract/index.ts';
import { err, ok } from '../../../shared/result.ts';
import { hqKeyText, type Invitation, readInvitation } from '../../../db/hq/invitation.ts';
import { type HqKeys, newDeviceKeys, newWorkspaceKeys, storeKeys } from '../../../db/hq/keys.ts';
import { createRecord, write } from '../../../db/records/write.ts';
import { type WritableStore, writeSetting } from '../../../db/store.ts';
import { newUuid } from '../../../db/uuid.ts';
import { writeDemo } from '../maintenance/demo.ts';
import { writeShippedConfiguration } from '../setup/shipped.ts';

export type SetUpInput = {
  readonly person: ParsedInputOf<'workspace.create'>['person'];
  /** Of a new workspace; of no effect when joining. */
  readonly workspaceName: string;
  readonly demo: boolean;
  /** Path of an invitation file, when joining. */
  readonly invitation: string | null;
};

/** Generous: an invitation is about a kilobyte. */
const largestInvitationBytes = 100_000;

/** Errors: `inviteInvalid`, `fileMissing`. `hqRecoveryFile` is the text of the HQ key file, which is kept nowhere. */
export async function setUpWorkspace(
  store: WritableStore,
  input: SetUpInput,
): Promise<CallResult<{ hqRecoveryFile: string | null }>> {
  if (input.invitation !== null) {
    const invitation = readInvitationFile(input.invitation);
    if (!invitation.ok) return invitation;
    fill(store, input, invitation.value);
    return ok({ hqRecoveryFile: null });
  }
  const { keys, hq } = await newWorkspaceKeys();
  const workspace: Invitation = { workspaceId: newUuid(), workspaceName: input.workspaceName, keys };
  fill(store, input, workspace);
  if (input.demo) await writeDemo(store, store.now());
  return ok({ hqRecoveryFile: recoveryFileOf(workspace, hq) });
}

const recoveryFileOf = ({ workspaceId, workspaceName, keys }: Invitation, hq: HqKeys): string =>
  hqKeyText(workspaceId, workspaceName, keys, hq);

function readInvitationFile(path: string): CallResult<Invitation> {
  if (!existsSync(path)) return err(callError('fileMissing', 'The invitation file is not there. Check the path.'));
  const { size } = statSync(path);
  if (size > largestInvitationBytes) return err(callError('inviteInvalid', 'This is not an Outpost invitation.'));
  return readInvitation(readFileSync(path, 'utf8'));
}

function fill(store: WritableStore, input: SetUpInput, workspace: Invitation): void {
  const { connection } = store;
  const { person } = input;
  const device = newDeviceKeys();
  // cause 'system': each laptop makes these itself, so that they count as nothing to report (db/hq/README.md)
  const user = write(store, { cause: 'system', label: 'setUp' }, (w) => {
    writeSetting(connection, 'workspaceId', workspace.workspaceId);
    writeSetting(connection, 'workspaceName', workspace.workspaceName);
    writeSetting(connection, 'region', person.region);
    storeKeys(connection, workspace.keys, device);
    store
      .sql('UPDATE device SET name = ?, publicKey = ? WHERE id = ?')
      .run(deviceNameOf(person.name), device.publicKey, store.author.deviceRow);
    const made = createRecord(w, 'user', {
      name: person.name,
      role: person.role,
      deviceId: store.author.deviceId,
    });
    writeSetting(connection, 'userId', made.uuid);
    writeShippedConfiguration(w);
    return made;
  }).value;
  store.userRow = user.id;
}

/** How other laptops and HQ name this one. */
const deviceNameOf = (personName: string): string => `${personName} · ${hostname() || 'laptop'}`.slice(0, 200);
