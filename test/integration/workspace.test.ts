import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSetting } from '../../db/store.ts';
import { setUpWorkspace } from '../../electron/features/workspace/setup.ts';
import { workspaceHandlers } from '../../electron/features/workspace/workspace.handlers.ts';
import { readHqKey } from '../../db/hq/invitation.ts';
import { readDeviceKeys, readWorkspaceKeys } from '../../db/hq/keys.ts';
import { contextOf } from '../helpers/context.ts';
import { freshStore, temporaryFolder } from '../helpers/store.ts';

const ann = { name: 'Ann', role: 'marketer', region: 'BE' } as const;
const bo = { name: 'Bo', role: 'seller', region: 'TH' } as const;

describe('a new workspace', () => {
  it('knows its person, region and device, and has what Outpost ships', async () => {
    const test = freshStore();
    const made = await setUpWorkspace(test.store, {
      person: ann,
      workspaceName: 'Fairs',
      demo: false,
      invitation: null,
    });
    expect(made.ok).toBe(true);
    expect(workspaceHandlers['session.get']({}, contextOf(test))).toMatchObject({
      ok: true,
      value: { userName: 'Ann', role: 'marketer', region: 'BE', workspaceName: 'Fairs' },
    });
    expect(test.store.sql('SELECT count(*) AS n FROM capture_form').get()).toEqual({ n: 1 });
    expect(test.store.userRow).not.toBeNull();
  });

  it('hands out the private halves of HQ once and keeps them nowhere', async () => {
    const test = freshStore();
    const made = await setUpWorkspace(test.store, {
      person: ann,
      workspaceName: 'Fairs',
      demo: false,
      invitation: null,
    });
    const text = made.ok ? made.value.hqRecoveryFile : null;
    const file = readHqKey(text ?? '');
    if (!file.ok) throw new Error(file.error.message);
    const settings = test.store.sql('SELECT group_concat(value) AS all_ FROM setting').get() as { all_: string };
    expect(settings.all_).toContain(file.value.hqRecipient);
    expect(settings.all_).not.toContain(file.value.hqIdentity);
    expect(settings.all_).not.toContain(file.value.hqSigningKey);
  });

  it('changes who uses it, and only what was given', async () => {
    const test = freshStore();
    await setUpWorkspace(test.store, { person: ann, workspaceName: 'Fairs', demo: false, invitation: null });
    const changed = workspaceHandlers['session.update']({ person: { role: 'manager', region: 'NL' } }, contextOf(test));
    expect(changed).toMatchObject({ ok: true, value: { userName: 'Ann', role: 'manager', region: 'NL' } });
  });

  it('answers noWorkspace before it was set up', () => {
    expect(workspaceHandlers['session.get']({}, contextOf(freshStore()))).toMatchObject({
      ok: false,
      error: { code: 'noWorkspace' },
    });
  });
});

describe('an invitation', () => {
  const invite = async () => {
    const test = freshStore();
    await setUpWorkspace(test.store, { person: ann, workspaceName: 'Fairs: "2026"', demo: false, invitation: null });
    const folder = temporaryFolder();
    const written = await workspaceHandlers['workspace.invite']({ folder }, contextOf(test));
    if (!written.ok) throw new Error(written.error.message);
    return { test, path: join(folder, written.value.file), name: written.value.file };
  };

  it('brings a second laptop into the same workspace with a device of its own', async () => {
    const { test, path, name } = await invite();
    expect(name).toBe('Fairs 2026.outpostinvite');
    expect(statSync(path).mode & 0o077).toBe(0);
    const second = freshStore();
    const joined = await setUpWorkspace(second.store, {
      person: bo,
      workspaceName: 'ignored',
      demo: false,
      invitation: path,
    });
    expect(joined).toEqual({ ok: true, value: { hqRecoveryFile: null } });
    const of = (store: typeof second.store, key: string) => readSetting(store.connection, key);
    expect(of(second.store, 'workspaceId')).toBe(of(test.store, 'workspaceId'));
    expect(of(second.store, 'workspaceName')).toBe('Fairs: "2026"');
    expect(of(second.store, 'deviceId')).not.toBe(of(test.store, 'deviceId'));
    expect(readWorkspaceKeys(second.store.connection)).toEqual(readWorkspaceKeys(test.store.connection));
    expect(readDeviceKeys(second.store.connection)).not.toEqual(readDeviceKeys(test.store.connection));
  });

  it('is refused when cut short, altered, or something else, and nothing is written', async () => {
    const { path } = await invite();
    const text = readFileSync(path, 'utf8');
    const bad = [
      text.slice(0, -20),
      text.replace('Fairs', 'Fears'),
      '{}',
      '',
      'PK\u0003\u0004',
      '[1]',
      text.replace('"formatVersion": 1', '"formatVersion": 2'),
    ];
    for (const each of bad) {
      writeFileSync(path, each);
      const second = freshStore();
      const joined = await setUpWorkspace(second.store, {
        person: bo,
        workspaceName: '',
        demo: false,
        invitation: path,
      });
      expect(joined).toMatchObject({ ok: false, error: { code: 'inviteInvalid' } });
      expect(readSetting(second.store.connection, 'workspaceId')).toBeNull();
      expect(second.store.sql('SELECT count(*) AS n FROM write').get()).toEqual({ n: 0 });
    }
  });
});
