/** What a host and a store thread say to each other. Everything here survives structured cloning. */
import type { CallError, CallResult } from '../../shared/contract/call.ts';
import type { JobProgress } from '../../shared/contract/parts.ts';
import type { SetUp, StoreFacts } from '../host/backend.ts';
import type { StoreCallName } from '../host/calls.ts';
import type { BugReport } from '../host/log.ts';

/** Cells of shared memory, one a job: what it is asked to do. Far more than run at the same time. */
export const cancelCells = 256;

/** What a thread is there for. */
export type Access = 'read' | 'write';

export type WorkerData = {
  readonly path: string;
  readonly key: Uint8Array | null;
  readonly create: boolean;
  readonly checked: boolean;
  readonly access: Access;
  readonly cancelMemory: SharedArrayBuffer;
};

export type Asked =
  | { readonly type: 'call'; readonly id: number; readonly name: StoreCallName; readonly input: unknown }
  | { readonly type: 'setUp'; readonly id: number; readonly setUp: SetUp }
  | { readonly type: 'backUpIfDue'; readonly id: number }
  | { readonly type: 'close'; readonly id: number };

/** `open` comes once, before anything is asked. */
export type ToWorker = { readonly type: 'open'; readonly data: WorkerData } | Asked;

export type FromWorker =
  | { readonly type: 'opened'; readonly facts: StoreFacts | null }
  | { readonly type: 'refused'; readonly error: CallError }
  | { readonly type: 'answer'; readonly id: number; readonly result: CallResult<unknown> }
  | { readonly type: 'jobBegan'; readonly jobId: string; readonly cell: number }
  | { readonly type: 'job'; readonly progress: JobProgress }
  | { readonly type: 'committed'; readonly entities: readonly string[] }
  | { readonly type: 'bug'; readonly report: BugReport };
