/** The workspace from the inside: who uses this laptop, and invitations for others. */
import { type CallResult, callError } from '../../../shared/contract/call.ts';
import { type Session, regionSchema } from '../../../shared/contract/workspace.ts';
import { err, ok } from '../../../shared/result.ts';
import { readWorkspaceKeys } from '../../../db/hq/keys.ts';
import { invitationExtension, invitationText } from '../../../db/hq/invitation.ts';
import { readStored } from '../../../db/records/read.ts';
import { updateRecord, write } from '../../../db/records/write.ts';
import { type ReadableStore, readSetting, writeSetting } from '../../../db/store.ts';
import { uidToUuid, uuidToUid } from '../../../db/uuid.ts';
import type { HandlersOf } from '../handler.ts';
import { fileNameOf, writeWholeFile } from '../../../db/hq/whole-file.ts';

export const workspaceHandlers = {
  'session.get': (_input, { store }) => sessionOf(store),

  'session.update': ({ person }, { store }) => {
    const session = sessionOf(store);
    if (!session.ok) return session;
    const { userRow } = store;
    write(store, { cause: 'edit' }, (w) => {
      if (person.region !== undefined) writeSetting(store.connection, 'region', person.region);
      if (userRow === null) return;
      updateRecord(w, 'user', userRow, {
        ...(person.name === undefined ? {} : { name: person.name }),
        ...(person.role === undefined ? {} : { role: person.role }),
      });
    });
    return sessionOf(store);
  },

  'workspace.invite': async ({ folder, fileName }, { store }) => {
    const { connection } = store;
    const keys = readWorkspaceKeys(connection);
    const workspaceId = readSetting(connection, 'workspaceId');
    const workspaceName = readSetting(connection, 'workspaceName');
    if (!keys || workspaceId === null || workspaceName === null) return noWorkspace();
    const wanted = fileName ?? workspaceName;
    const name = fileNameOf(wanted, invitationExtension);
    await writeWholeFile(folder, name, invitationText({ workspaceId, workspaceName, keys }), { secret: true });
    return ok({ file: name });
  },
} satisfies HandlersOf<'session.get' | 'session.update' | 'workspace.invite'>;

const noWorkspace = () => err(callError('noWorkspace', 'No workspace was set up in this database. Run init first.'));

function sessionOf(store: ReadableStore): CallResult<Session> {
  const { connection } = store;
  const workspaceId = readSetting(connection, 'workspaceId');
  const workspaceName = readSetting(connection, 'workspaceName');
  const userId = readSetting(connection, 'userId');
  const region = regionSchema.safeParse(readSetting(connection, 'region'));
  const deviceId = readSetting(connection, 'deviceId');
  if (workspaceId === null || workspaceName === null || userId === null || deviceId === null || !region.success) {
    return noWorkspace();
  }
  const row = store.sql('SELECT id FROM user WHERE uid = ?').get(uuidToUid(userId)) as { id: number } | undefined;
  const user = row ? readStored(store, 'user', row.id) : null;
  const device = store.sql('SELECT uid, name FROM device WHERE uid = ?').get(uuidToUid(deviceId)) as {
    uid: Buffer;
    name: string;
  };
  if (!user) return noWorkspace();
  return ok({
    userId,
    userName: user.values.name,
    role: user.values.role,
    region: region.data,
    deviceId: uidToUuid(device.uid),
    deviceName: device.name,
    workspaceId,
    workspaceName,
  });
}
