/** A workspace whose calls are made as a window makes them: the contract parses the input and checks the answer. */
import type { CallResult } from '../../shared/contract/call.ts';
import { contract, type InputOf, type OutputOf } from '../../shared/contract/index.ts';
import { createRecord, write } from '../../db/records/write.ts';
import { writeSetting } from '../../db/store.ts';
import type { Job } from '../../electron/features/handler.ts';
import { writeShippedConfiguration } from '../../electron/features/setup/shipped.ts';
import { freshStore } from './store.ts';

type Name = keyof typeof contract;
const quietJob: Job = { jobId: 'j', report: () => {}, isCancelled: () => false, breathe: () => Promise.resolve() };

/** `job`: what long work is given, to watch or stop it. */
export function workspaceWith<N extends Name>(handlers: { readonly [K in N]: unknown }, job: Job = quietJob) {
  const test = freshStore();
  const { value: user } = write(test.store, { cause: 'system' }, (w) => {
    writeShippedConfiguration(w);
    return createRecord(w, 'user', { name: 'Kim', role: 'marketer' });
  });
  writeSetting(test.store.connection, 'userId', user.uuid);
  writeSetting(test.store.connection, 'region', 'BE');
  test.store.userRow = user.id;
  const context = { store: test.store, now: () => test.clock.nowMs, startJob: () => job, databasePath: test.path };
  async function call<K extends N>(name: K, input: InputOf<K>): Promise<CallResult<OutputOf<K>>> {
    const parsed: unknown = contract[name].input.parse(input);
    const handler = handlers[name] as (input: unknown, given: typeof context) => Promise<CallResult<OutputOf<K>>>;
    const result = await handler(parsed, context);
    if (result.ok) contract[name].output.parse(result.value);
    return result;
  }
  /** The answer; throws where the call is refused. */
  async function get<K extends N>(name: K, input: InputOf<K>): Promise<OutputOf<K>> {
    const result = await call(name, input);
    if (!result.ok) throw new Error(`${name}: ${result.error.code} ${result.error.message}`);
    return result.value;
  }
  return { test, call, get, user };
}
