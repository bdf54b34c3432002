/** Fills a database that was just made: a new workspace, or a laptop that joins one. */
import type { CallResult } from '../../shared/contract/call.ts';
import type { WritableStore } from '../../db/store.ts';
import type { SetUp } from '../host/backend.ts';

export async function runSetUp(
  store: WritableStore,
  setUp: SetUp,
): Promise<CallResult<{ hqRecoveryFile: string | null }>> {
  // loaded when needed: a workspace is made once
  const { setUpWorkspace } = await import('../features/workspace/setup.ts');
  return setUpWorkspace(store, setUp);
}
