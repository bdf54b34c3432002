/**
 * What a handler is: the one place where a call of the contract is served. Handlers are thin: they turn wire ids into
 * rows, call a use case, and answer with a `Result`. Input is already parsed; expected failures are values; what is
 * thrown is a bug and reaches the caller as `internal` with a correlation id.
 */
import type { CallResult } from '../../shared/contract/call.ts';
import type { Contract, OutputOf, ParsedInputOf } from '../../shared/contract/index.ts';
import type { JobProgress } from '../../shared/contract/parts.ts';
import type { ReadableStore, WritableStore } from '../../db/store.ts';

/** Long work: reports how far it is, and is asked to stop. */
export type Job = {
  readonly jobId: string;
  /** `done` and `saved` count the same unit as `total`. Call it after each commit; the host thins the events out. */
  report(progress: { done: number; total: number | null; saved: number }): void;
  /** True once somebody asked to stop. Look between batches. */
  readonly isCancelled: () => boolean;
  /** True once the program is closing: what was not finished may be taken up again at the next start. */
  readonly isClosing?: () => boolean;
  /** Lets other calls of this thread run, and waits while the job is paused; await it between batches. */
  breathe(): Promise<void>;
};

type CommonContext = {
  /** UTC epoch milliseconds. */
  readonly now: () => number;
  /** Begins a job under the id that the caller chose (or a new one); it ends when the handler's promise does. */
  startJob(kind: JobProgress['kind'], label: string, jobId: string | undefined): Job;
  /** Path of the open database file, for work that needs a folder beside it (backups, temporary files). */
  readonly databasePath: string;
};

export type ReadContext = CommonContext & { readonly store: ReadableStore };
export type WriteContext = CommonContext & { readonly store: WritableStore };

type ContextOf<N extends keyof Contract> = Contract[N]['access'] extends 'read' ? ReadContext : WriteContext;

export type Handler<N extends keyof Contract> = (
  input: ParsedInputOf<N>,
  context: ContextOf<N>,
) => CallResult<OutputOf<N>> | Promise<CallResult<OutputOf<N>>>;

/** The handlers of some calls: `const handlers = { … } satisfies HandlersOf<keyof typeof queueContract>`. */
export type HandlersOf<N extends keyof Contract> = { readonly [K in N]: Handler<K> };
