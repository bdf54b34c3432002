import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callNames } from '../../shared/contract/index.ts';
import { takeOwnership } from '../../db/owner-lock.ts';
import { outpost, outpostJson, testPassphrase } from '../helpers/outpost.ts';
import { temporaryFolder } from '../helpers/store.ts';

/** What a refused command prints: nothing but its error, in the one document and on standard error. */
const refused = (code: string) => ({
  status: 1,
  out: expect.stringContaining(`"code": "${code}"`) as string,
  err: expect.stringMatching(new RegExp(`^${code}: \\S`)) as string,
});

describe('the terminal host', { timeout: 120_000 }, () => {
  let folder: string;
  let db: string;
  let made: { recoveryCode: string; hqRecoveryFile: string; encrypted: boolean };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'outpost-terminal-'));
    db = join(folder, 'first.outpost');
    made = await outpostJson(['init', '--db', db, '--name', 'Ann', '--country', 'be', '--workspace', 'Fairs']);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('makes an encrypted workspace, with a recovery code and a key file for HQ that only its owner reads', () => {
    expect(made).toMatchObject({ encrypted: true, workspaceName: 'Fairs' });
    expect(made.recoveryCode).toMatch(/^([0-9A-Z]{4}-){8}[0-9A-Z]{4}$/);
    expect(statSync(made.hqRecoveryFile).mode & 0o077).toBe(0);
    expect(statSync(`${db}.keys`).mode & 0o077).toBe(0);
    expect(readFileSync(db).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
    expect(existsSync(`${db}.new`)).toBe(false);
    expect(existsSync(`${db}-wal`)).toBe(false);
  });

  it('never makes a workspace over another one', async () => {
    const before = readFileSync(db);
    expect(await outpost(['init', '--db', db, '--json'])).toMatchObject(refused('databaseExists'));
    expect(readFileSync(db).equals(before)).toBe(true);
  });

  it('makes nothing when the passphrase is weak, the invitation is none, or the country is not a code', async () => {
    const other = join(folder, 'other.outpost');
    const init = (args: string[], env = {}) => outpost(['init', '--db', other, '--json', ...args], env);
    expect(await init([], { OUTPOST_PASSPHRASE: 'short' })).toMatchObject(refused('weakPassphrase'));
    expect(await init([], { OUTPOST_PASSPHRASE: '' })).toMatchObject(refused('passphraseRequired'));
    expect(await init(['--join', join(folder, 'none')])).toMatchObject(refused('fileMissing'));
    writeFileSync(join(folder, 'letter'), 'Dear Sir or Madam');
    expect(await init(['--join', join(folder, 'letter')])).toMatchObject(refused('inviteInvalid'));
    expect(await init(['--country', 'Belgium'])).toMatchObject(refused('badInput'));
    for (const left of [other, `${other}.new`, `${other}.keys`, join(folder, 'other.outposthqkey')]) {
      expect(existsSync(left), left).toBe(false);
    }
  });

  it('opens with the right passphrase only', async () => {
    expect(await outpostJson(['call', 'session.get', '{}', '--db', db])).toMatchObject({
      userName: 'Ann',
      region: 'BE',
    });
    const call = (env: Record<string, string>) => outpost(['call', 'session.get', '{}', '--db', db, '--json'], env);
    expect(await call({ OUTPOST_PASSPHRASE: 'not this one' })).toMatchObject(refused('wrongPassphrase'));
    expect(await call({ OUTPOST_PASSPHRASE: '' })).toMatchObject(refused('passphraseRequired'));
    expect(await outpost(['queue', '--db', join(folder, 'none.outpost'), '--json'])).toMatchObject(
      refused('databaseMissing'),
    );
  });

  it('sets a new passphrase by the recovery code, and by no other', async () => {
    const recover = (env: Record<string, string>) => outpost(['workspace', 'recover', '--db', db, '--json'], env);
    const code = made.recoveryCode;
    const wrong = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`;
    expect(await recover({ OUTPOST_RECOVERY_CODE: wrong })).toMatchObject(refused('wrongRecoveryCode'));
    expect(await recover({ OUTPOST_RECOVERY_CODE: '' })).toMatchObject(refused('wrongRecoveryCode'));
    const second = join(folder, 'second.outpost');
    const other = await outpostJson<typeof made>(['init', '--db', second]);
    expect(await recover({ OUTPOST_RECOVERY_CODE: other.recoveryCode })).toMatchObject(refused('wrongRecoveryCode'));
    expect(await recover({ OUTPOST_RECOVERY_CODE: code, OUTPOST_PASSPHRASE: 'x' })).toMatchObject(
      refused('weakPassphrase'),
    );
    rmSync(`${db}.keys`);
    expect(await outpost(['call', 'session.get', '--db', db, '--json'])).toMatchObject(refused('keysMissing'));
    expect(await recover({ OUTPOST_RECOVERY_CODE: code, OUTPOST_PASSPHRASE: 'a new passphrase' })).toMatchObject({
      status: 0,
    });
    expect((await outpost(['call', 'session.get', '--db', db])).status).toBe(1);
    await recover({ OUTPOST_RECOVERY_CODE: code, OUTPOST_PASSPHRASE: testPassphrase });
    expect((await outpost(['call', 'session.get', '--db', db])).status).toBe(0);
  });

  it('takes no secret from an argument', async () => {
    const input = JSON.stringify({ passphrase: testPassphrase });
    expect(await outpost(['call', 'workspace.unlock', input, '--db', db, '--json'])).toMatchObject(refused('badInput'));
  });

  it('tells wrong usage from refused input, with help', async () => {
    for (const args of [
      [],
      ['no-such-command'],
      ['import'],
      ['export', '--db', db, '--format', 'pdf', '--out', folder],
      ['seed', '--db', db, '--contacts', '0'],
      ['call', 'session.get', '{}', '--no-such-option'],
    ]) {
      const ran = await outpost(args);
      expect(ran, args.join(' ')).toMatchObject({
        status: 2,
        out: '',
        err: expect.stringContaining('Usage: outpost') as string,
      });
    }
    expect(await outpost(['--help'])).toMatchObject({ status: 0, err: '' });
    expect(await outpost(['import', '--help'])).toMatchObject({ status: 0, err: '' });
  });

  it('checks a call as any window does', async () => {
    const call = (name: string, json: string) => outpost(['call', name, json, '--db', db, '--json']);
    expect(await call('no.such', '{}')).toMatchObject(refused('unknownCall'));
    expect(await call('contacts.list', '{"limit":1,"extra":true}')).toMatchObject(refused('badInput'));
    expect(await call('contacts.list', '{')).toMatchObject(refused('badInput'));
    expect(await call('contacts.get', '{"id":"00000000-0000-0000-0000-000000000000"}')).toMatchObject(
      refused('notFound'),
    );
  });

  it('refuses files that are not there or not what they should be', async () => {
    const broken = join(folder, 'broken.json');
    writeFileSync(broken, '{"version":');
    expect(await outpost(['segment', broken, '--db', db, '--json'])).toMatchObject(refused('badInput'));
    expect(await outpost(['segment', join(folder, 'none.json'), '--db', db, '--json'])).toMatchObject(
      refused('fileMissing'),
    );
    expect(await outpost(['import', join(folder, 'none.csv'), '--db', db, '--json'])).toMatchObject(
      refused('fileMissing'),
    );
    expect(await outpost(['receive', join(folder, 'none'), '--db', db, '--json'])).toMatchObject(
      refused('fileMissing'),
    );
  });

  it('is refused while another process owns the database, and served right after', async () => {
    const owner = takeOwnership(db);
    if (!owner.ok) throw new Error(owner.error.message);
    expect(await outpost(['call', 'session.get', '--db', db, '--json'])).toMatchObject(refused('databaseInUse'));
    owner.value.release();
    expect((await outpost(['call', 'session.get', '--db', db])).status).toBe(0);
  });

  it('lists every call with the schema of its input and output', async () => {
    const { calls } = await outpostJson<{ calls: { name: string; input: { type: string }; output: object }[] }>([
      'calls',
    ]);
    expect(calls.map((each) => each.name)).toEqual(callNames);
    for (const each of calls) expect(each.input.type, each.name).toBe('object');
  });

  it('prints one document and nothing else, and keeps quiet when nobody reads it', async () => {
    const ran = await outpost(['check', '--db', db, '--json']);
    expect(ran.err).toBe('');
    expect(JSON.parse(ran.out)).toMatchObject({ healthy: true });
    const status = await new Promise((resolve) => {
      const child = spawn(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', 'electron/terminal/main.ts', 'calls', '--json'],
        {
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
      let err = '';
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
      child.stdout.once('data', () => child.stdout.destroy());
      child.on('close', (code) => resolve([code, err]));
    });
    expect(status).toEqual([0, '']);
  });

  it('works on a plain database without a passphrase', async () => {
    const plain = join(folder, 'plain.outpost');
    const init = await outpostJson<typeof made>(['init', '--db', plain, '--plain'], { OUTPOST_PASSPHRASE: '' });
    expect(init).toMatchObject({ encrypted: false, recoveryCode: null });
    expect(readFileSync(plain).subarray(0, 15).toString('latin1')).toBe('SQLite format 3');
    expect((await outpost(['queue', '--db', plain], { OUTPOST_PASSPHRASE: '' })).status).toBe(0);
  });

  it('opens nothing that is no database, and leaves it as it was', async () => {
    const letter = join(folder, 'letter.outpost');
    writeFileSync(letter, 'Dear Sir or Madam, '.repeat(500));
    expect(await outpost(['queue', '--db', letter, '--json'])).toMatchObject(refused('keysMissing'));
    writeFileSync(`${letter}.keys`, readFileSync(`${db}.keys`));
    expect(await outpost(['queue', '--db', letter, '--json'])).toMatchObject(refused('wrongPassphrase'));
    expect(readFileSync(letter, 'utf8')).toBe('Dear Sir or Madam, '.repeat(500));
  });

  it('rehearses an import: counts and samples, and nothing written', async () => {
    const file = join(folder, 'rehearsed.csv');
    writeFileSync(file, 'First Name,Email\nAnn,rehearsed@x.example\n,no address\n');
    const before = await outpostJson<{ total: number }>(['call', 'contacts.list', '{"limit":1}', '--db', db]);
    const told = await outpostJson<{ rows: number; counts: object; samples: object[] }>([
      'import',
      file,
      '--as',
      'contacts',
      '--rehearse',
      '--db',
      db,
    ]);
    expect(told).toMatchObject({
      rows: 2,
      counts: { created: 2, updated: 0 },
      samples: [{ line: 2, label: 'Ann' }, { line: 3 }],
    });
    expect(await outpostJson(['call', 'contacts.list', '{"limit":1}', '--db', db])).toMatchObject({
      total: before.total,
    });
  });

  it('loses nothing that it reported as saved when it is killed in the middle of an import', async () => {
    const target = join(temporaryFolder(), 'killed.outpost');
    await outpostJson(['init', '--db', target]);
    const rows = Array.from(
      { length: 60_000 },
      (_, n) => `Given${n},Family${n},person${n}@fair.example,Company ${n % 500}`,
    );
    const file = join(folder, 'many.csv');
    writeFileSync(file, `First Name,Last Name,Email,Company\n${rows.join('\n')}\n`);
    const saved = await new Promise<number>((resolve) => {
      const child = spawn(
        process.execPath,
        [
          '--disable-warning=ExperimentalWarning',
          'electron/terminal/main.ts',
          'import',
          file,
          '--as',
          'contacts',
          '--db',
          target,
          '--progress',
          '--json',
        ],
        { env: { ...process.env, OUTPOST_PASSPHRASE: testPassphrase }, stdio: ['ignore', 'pipe', 'pipe'] },
      );
      let last = 0;
      child.stderr.on('data', (chunk: Buffer) => {
        for (const [, count] of chunk.toString().matchAll(/\{"saved":(\d+)\}/g)) last = Number(count);
        if (last >= 5000) child.kill('SIGKILL');
      });
      child.on('close', () => resolve(last));
    });
    expect(saved).toBeGreaterThanOrEqual(5000);
    const { total } = await outpostJson<{ total: number }>(['call', 'contacts.list', '{"limit":1}', '--db', target]);
    expect(total).toBeGreaterThanOrEqual(saved);
    expect(await outpostJson(['check', '--db', target])).toMatchObject({ healthy: true });
    const again = await outpostJson<{ created: number; unchanged: number; rows: number }>([
      'import',
      file,
      '--as',
      'contacts',
      '--db',
      target,
    ]);
    expect(again.rows).toBe(60_000);
    expect(again.created + total).toBe(60_000);
  });
});
