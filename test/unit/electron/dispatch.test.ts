import { describe, expect, it } from 'vitest';
import { callNames } from '../../../shared/contract/index.ts';
import { ok } from '../../../shared/result.ts';
import type { StoreBackend } from '../../../electron/host/backend.ts';
import { calls } from '../../../electron/host/calls.ts';
import { createDispatch, type HostHandler } from '../../../electron/host/dispatch.ts';
import { createFileTokens } from '../../../electron/host/file-tokens.ts';
import { handlerOf } from '../../../electron/features/handlers.ts';

/** A store that answers what it was asked, so that the door can be seen alone. */
function door() {
  const asked: { name: string; input: unknown }[] = [];
  const tokens = createFileTokens();
  const answer: { value: unknown } = { value: {} };
  const store: StoreBackend = {
    call: async (name, input) => {
      asked.push({ name, input });
      return ok(answer.value);
    },
    setUp: async () => ok({ hqRecoveryFile: null }),
    facts: { workspaceName: null, demo: false },
    jobs: () => [],
    cancelJob: () => false,
    pauseJob: () => false,
    backUpIfDue: async () => {},
    close: async () => {},
  };
  const hostHandler: HostHandler = async (input) => ok(input);
  const hostHandlers = new Proxy({}, { get: () => hostHandler }) as Parameters<
    typeof createDispatch
  >[0]['hostHandlers'];
  const call = createDispatch({ checked: false, tokens, hostHandlers, store: () => ok(store), bug: () => {} });
  return { call, asked, tokens, answer };
}

describe('the one door', () => {
  it('knows every call of the contract, and each has its handler', async () => {
    for (const name of callNames) {
      if (calls[name]?.access === 'host') continue;
      expect(typeof (await handlerOf(name as Parameters<typeof handlerOf>[0])), name).toBe('function');
    }
  });

  it('refuses a name that is no call, whatever it is', async () => {
    const { call, asked } = door();
    for (const name of ['', 'contacts', 'constructor', '__proto__', 'hasOwnProperty', null, 7, {}, ['contacts.list']]) {
      expect(await call(name, {}, 'window')).toMatchObject({ ok: false, error: { code: 'unknownCall' } });
    }
    expect(asked).toEqual([]);
  });

  it('refuses wrong types and unknown fields of every call before anything runs', async () => {
    const { call, asked } = door();
    for (const name of callNames) {
      for (const input of [{ noSuchField: 1 }, 'text', 7, [], true]) {
        const result = await call(name, input, 'shell');
        expect(result, `${name} ${JSON.stringify(input)}`).toMatchObject({ ok: false, error: { code: 'badInput' } });
      }
    }
    expect(asked).toEqual([]);
  });

  it('says which fields are wrong, without repeating what was sent', async () => {
    const { call } = door();
    const result = await call('contacts.list', { limit: 'eva@example.com', sort: { field: 1 } }, 'window');
    expect(result).toMatchObject({
      ok: false,
      error: {
        issues: expect.arrayContaining([{ path: 'limit', message: expect.any(String) as string }]) as unknown[],
      },
    });
    expect(JSON.stringify(result)).not.toContain('eva@');
  });

  it('fills in what was left out', async () => {
    const { call, asked } = door();
    await call('queue.list', undefined, 'window');
    expect(asked).toEqual([{ name: 'queue.list', input: { limit: 50 } }]);
  });

  it('takes tokens from windows and paths from a shell, and answers in the caller’s own terms', async () => {
    const { call, asked, tokens, answer } = door();
    const file = tokens.give('file', '/home/ann/people.csv');
    answer.value = { file: '/home/ann/people.csv', name: 'people.csv' };
    expect(await call('imports.inspect', { file }, 'window')).toEqual({
      ok: true,
      value: { file, name: 'people.csv' },
    });
    expect(asked.at(-1)?.input).toMatchObject({ file: '/home/ann/people.csv' });
    expect(await call('imports.inspect', { file: '/home/ann/people.csv' }, 'window')).toMatchObject({
      error: { code: 'badInput' },
    });
    expect(await call('imports.inspect', { file: '/home/ann/people.csv' }, 'shell')).toMatchObject({ ok: true });
    expect(asked).toHaveLength(2);
  });

  it('lets a temporary copy go once it was imported, not when it was looked at', async () => {
    const { call, tokens } = door();
    let released = 0;
    const file = tokens.give('file', '/tmp/upload.csv', () => (released += 1));
    await call('imports.inspect', { file }, 'window');
    expect(released).toBe(0);
    await call('imports.run', { file }, 'window');
    expect(released).toBe(1);
  });
});
