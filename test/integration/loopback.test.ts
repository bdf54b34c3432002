import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testLoopback } from '../helpers/loopback.ts';

const person = { name: 'Ann', role: 'marketer', region: 'BE' } as const;
const status = JSON.stringify({ name: 'workspace.status', input: {} });

describe('the loopback host', () => {
  it('opens one browser by a link that is good once', async () => {
    const { host, ask } = await testLoopback();
    const link = new URL(host.newLink());
    const opened = await ask({ path: link.pathname + link.search });
    expect(opened.status).toBe(303);
    const cookie = String(opened.headers['set-cookie']);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Strict');
    expect((await ask({ path: link.pathname + link.search })).status).toBe(403);
    expect((await ask({ path: '/open?token=' })).status).toBe(403);
    const page = await ask({ path: '/', headers: { cookie: cookie.split(';')[0] } });
    expect(page).toMatchObject({ status: 200, body: expect.stringContaining('<title>Outpost') });
  });

  it('serves nothing to who did not come by the link', async () => {
    const { host, ask } = await testLoopback();
    for (const path of ['/', '/index.html', '/assets/app-1a2b3c.js', '/api/events', '/api/files/folder:x/a.csv']) {
      expect((await ask({ path })).status, path).toBe(401);
    }
    const call = { method: 'POST', path: '/api/call', headers: { origin: host.origin }, body: status };
    expect(JSON.parse((await ask(call)).body)).toMatchObject({ ok: false, error: { code: 'unknownSender' } });
    const guessed = { ...call, headers: { origin: host.origin, cookie: `outpost-${new URL(host.origin).port}=guess` } };
    expect((await ask(guessed)).status).toBe(401);
  });

  it('answers only under its own name, and only its own pages', async () => {
    const test = await testLoopback();
    const cookie = await test.enter();
    const { port } = new URL(test.host.origin);
    const json = { cookie, 'content-type': 'application/json' };
    const call = (headers: Readonly<Record<string, string | undefined>>) =>
      test.ask({ method: 'POST', path: '/api/call', headers: { ...json, ...headers }, body: status });
    expect((await call({ origin: test.host.origin })).status).toBe(200);
    expect((await call({ origin: `http://rebound.example:${port}`, host: `rebound.example:${port}` })).status).toBe(
      421,
    );
    expect((await call({ origin: test.host.origin, host: '127.0.0.1:1' })).status).toBe(421);
    for (const origin of ['http://evil.example', 'null', `http://127.0.0.1:1`, `https://127.0.0.1:${port}`]) {
      expect((await call({ origin })).status, origin).toBe(403);
    }
    expect((await call({})).status, 'without an origin').toBe(403);
    expect((await call({ origin: test.host.origin, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await call({ origin: test.host.origin, 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('sends its policy with every answer, and lets no answer of a call be kept', async () => {
    const test = await testLoopback();
    const cookie = await test.enter();
    for (const path of ['/', '/assets/app-1a2b3c.js', '/nothing.js', '/open?token=x']) {
      const { headers } = await test.ask({ path, headers: { cookie } });
      expect(headers['content-security-policy'], path).toBe(
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; " +
          "connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
      );
      expect(headers['x-content-type-options'], path).toBe('nosniff');
    }
    const answer = await test.ask({
      method: 'POST',
      path: '/api/call',
      headers: { cookie, origin: test.host.origin, 'content-type': 'application/json' },
      body: status,
    });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('never serves what lies outside the page', async () => {
    const test = await testLoopback();
    const cookie = await test.enter();
    for (const path of [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/..%5csecret.txt',
      '/%00secret.txt',
      '/%',
      '//etc/passwd.txt',
      '/api/files/folder:x/..%2fsecret.txt',
    ]) {
      const reply = await test.ask({ path, headers: { cookie } });
      expect(reply.body, path).not.toContain('not for the page');
      expect(reply.status, path).toBe(404);
    }
  });

  it('checks a call like any window does, and survives what is no call', async () => {
    const test = await testLoopback();
    const cookie = await test.enter();
    const post = (body: string) =>
      test.ask({
        method: 'POST',
        path: '/api/call',
        headers: { cookie, origin: test.host.origin, 'content-type': 'application/json' },
        body,
      });
    const codeOf = async (body: string) =>
      (JSON.parse((await post(body)).body) as { error?: { code: string } }).error?.code;
    expect(await codeOf('{')).toBe('badInput');
    for (const body of ['null', '[]', '"x"', '{}', '{"name":7}', '{"name":"no.such"}', '{"name":"__proto__"}']) {
      expect(await codeOf(body), body).toBe('unknownCall');
    }
    expect(await codeOf('{"name":"workspace.status","input":{"extra":1}}')).toBe('badInput');
    expect(await codeOf('{"name":"contacts.list","input":{}}')).toBe('noWorkspace');
    expect(await codeOf('{"name":"workspace.status"}')).toBeUndefined();
  });

  it('tells every window what happened', async () => {
    const test = await testLoopback();
    const cookie = await test.enter();
    const { hostname, port, host } = new URL(test.host.origin);
    const heard: string[] = [];
    const two = [0, 1].map((window) => {
      const listening = request({ hostname, port, path: '/api/events', headers: { host, cookie } }, (response) => {
        response.on('data', (chunk: Buffer) => heard.push(`${window} ${chunk.toString()}`));
      });
      listening.on('error', () => {});
      listening.end();
      return listening;
    });
    await expect.poll(() => heard.length).toBe(2);
    const made = await test.call(cookie, 'workspace.create', { person, passphrase: 'correct horse' });
    expect(made).toMatchObject({ ok: true });
    await expect
      .poll(() => heard.filter((each) => each.includes('"workspace"')).map((each) => each[0]))
      .toEqual(['0', '1']);
    for (const listening of two) listening.destroy();
  });

  it('gives an uploaded file a token, and removes the copy at the end', async () => {
    const test = await testLoopback();
    const cookie = await test.enter();
    const headers = { cookie, origin: test.host.origin };
    const sent = await test.ask({
      method: 'POST',
      path: '/api/files?name=..%2Fa%20b.csv',
      headers,
      body: 'x,y\n1,2\n',
    });
    const { value } = JSON.parse(sent.body) as { value: { file: string; name: string } };
    expect(value.file).toMatch(/^file:[0-9a-f]{32}$/);
    const path = test.host.program.tokens.resolve('file', value.file);
    if (!path.ok) throw new Error(path.error.message);
    expect(path.value.startsWith(join(tmpdir(), `outpost-host-${process.pid}-`))).toBe(true);
    expect(readFileSync(path.value, 'utf8')).toBe('x,y\n1,2\n');
    await test.host.close();
    expect(existsSync(path.value)).toBe(false);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`outpost-host-${process.pid}-`))).toEqual([]);
  });

  it('refuses a file that is too large, and keeps nothing of it', async () => {
    const test = await testLoopback({ uploadLimitBytes: 1000 });
    const cookie = await test.enter();
    const sent = await test.ask({
      method: 'POST',
      path: '/api/files?name=a.csv',
      headers: { cookie, origin: test.host.origin, 'transfer-encoding': 'chunked' },
      body: Buffer.alloc(1001),
    });
    expect(JSON.parse(sent.body)).toMatchObject({ ok: false, error: { code: 'fileTooLarge' } });
  });

  it('takes no path from a page, only tokens', async () => {
    const test = await testLoopback();
    const cookie = await test.enter();
    const made = await test.call(cookie, 'workspace.join', {
      file: '/etc/passwd',
      person,
      passphrase: 'correct horse',
    });
    expect(made).toMatchObject({ ok: false, error: { code: 'badInput', issues: [{ path: 'file' }] } });
    const forgotten = await test.call(cookie, 'workspace.join', {
      file: 'file:0',
      person,
      passphrase: 'correct horse',
    });
    expect(forgotten).toMatchObject({ ok: false, error: { code: 'fileMissing' } });
    expect(existsSync(join(test.folder, 'test.outpost'))).toBe(false);
  });

  it('hands out the files of a folder as downloads, and no others', async () => {
    const test = await testLoopback();
    const cookie = await test.enter();
    const chosen = await test.call(cookie, 'host.chooseFolder', {});
    if (!chosen.ok || !chosen.value) throw new Error('no folder');
    const { folder } = chosen.value;
    const path = test.host.program.tokens.resolve('folder', folder);
    if (!path.ok) throw new Error(path.error.message);
    writeFileSync(join(path.value, 'leads é.csv'), 'Topic\n');
    mkdirSync(join(path.value, 'inner'));
    const taken = await test.call(cookie, 'host.takeFiles', {
      folder,
      files: ['leads é.csv', '../secret.txt', 'none'],
    });
    if (!taken.ok) throw new Error(taken.error.message);
    expect(taken.value.links.map((link) => link.name)).toEqual(['leads é.csv']);
    const url = new URL(taken.value.links[0]?.url ?? '', `${test.host.origin}/`);
    const file = await test.ask({ path: url.pathname, headers: { cookie } });
    expect(file).toMatchObject({ status: 200, body: 'Topic\n' });
    expect(file.headers['content-disposition']).toMatch(/^attachment;/);
    for (const name of ['..', '.', 'inner', '..%2F..%2Fsecret.txt', '']) {
      const reply = await test.ask({ path: `/api/files/${encodeURIComponent(folder)}/${name}`, headers: { cookie } });
      expect(reply.status, name).toBe(404);
    }
  });
});
