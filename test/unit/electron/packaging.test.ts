import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
// electron-builder's own schema and its own reader of YAML
const ofBuilder = createRequire(join(root, 'node_modules/electron-builder/package.json'));
const ofLibrary = createRequire(ofBuilder.resolve('app-builder-lib/package.json'));
const schema = JSON.parse(readFileSync(ofLibrary.resolve('app-builder-lib/scheme.json'), 'utf8')) as object;
const { load } = ofLibrary('js-yaml') as { load(text: string): unknown };
const text = readFileSync(join(root, 'electron-builder.yml'), 'utf8');

type Config = {
  electronFuses: Record<string, boolean>;
  asar: boolean;
  asarUnpack: string[];
  fileAssociations: { ext: string }[];
  win: { target: string[]; icon: string };
  mac: { target: string[] };
  linux: { target: string[] };
};
const config = load(text) as Config;

const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
const problemsOf = (value: unknown): string[] => {
  validate(value);
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
};

describe('electron-builder.yml', () => {
  it('is what electron-builder’s own schema allows', () => {
    expect(problemsOf(config)).toEqual([]);
  });

  it('would not be, with a key or a target that there is none of', () => {
    expect(problemsOf({ ...config, asarUnpacked: [] })).not.toEqual([]);
    expect(problemsOf({ ...config, electronFuses: { runAsNode: 'no' } })).not.toEqual([]);
  });

  it('sets every fuse to the safe side', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('keeps the native module outside the archive, and the rest inside', () => {
    expect(config.asar).toBe(true);
    expect(config.asarUnpack).toEqual(['**/node_modules/better-sqlite3/**']);
    expect(existsSync(join(root, 'node_modules/better-sqlite3/package.json'))).toBe(true);
  });

  it('builds for Windows, macOS and Linux, with an icon, and opens bundles and invitations', () => {
    expect(config.win.target).toEqual(['nsis']);
    expect(config.mac.target).toEqual(['dmg']);
    expect(config.linux.target).toEqual(['AppImage', 'deb']);
    expect(config.fileAssociations.map((each) => each.ext)).toEqual([
      'outpostbundle',
      'outpostinvite',
      'outpostreceipt',
    ]);
    const icon = readFileSync(join(root, config.win.icon));
    expect(icon.subarray(1, 4).toString()).toBe('PNG');
    expect(icon.readUInt32BE(16)).toBeGreaterThanOrEqual(512);
  });
});
