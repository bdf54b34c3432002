/** Serves parsed calls against an open store, on whichever thread that is. */
import { type CallResult, callError } from '../../shared/contract/call.ts';
import type { JobProgress } from '../../shared/contract/parts.ts';
import { err } from '../../shared/result.ts';
import type { ReadableStore, WritableStore } from '../../db/store.ts';
import { handlerOf } from '../features/handlers.ts';
import type { ReadContext, WriteContext } from '../features/handler.ts';
import { calls, type StoreCallName } from '../host/calls.ts';
import { type BugReport, errorOfThrown } from '../host/log.ts';
import { type JobBoardOptions, type RunningJob, startJob } from './job-board.ts';

export type ServeOptions = {
  readonly checked: boolean;
  readonly jobs: JobBoardOptions;
  bug(report: BugReport): void;
};

export type Serve = (name: StoreCallName, input: unknown) => Promise<CallResult<unknown>>;

type AnyHandler = (
  input: unknown,
  context: ReadContext | WriteContext,
) => CallResult<unknown> | Promise<CallResult<unknown>>;

export function createServe(store: ReadableStore | WritableStore, options: ServeOptions): Serve {
  const { now } = options.jobs;
  const databasePath = store.connection.name;

  return async (name, input) => {
    // the dispatcher parsed the input by this call's schema, and the registry is typed by name: together they fit
    const handler = (await handlerOf(name)) as AnyHandler | undefined;
    if (!handler) return err(callError('unknownCall', `There is no call named ${name}.`));
    const started: RunningJob[] = [];
    const begin = (kind: JobProgress['kind'], label: string, jobId: string | undefined): RunningJob => {
      const job = startJob(options.jobs, kind, label, jobId);
      started.push(job);
      return job;
    };
    let result: CallResult<unknown>;
    try {
      const context = { store, now, startJob: begin, databasePath };
      result = await handler(input, context);
      if (result.ok && options.checked) checkOutput(name, result.value);
    } catch (error) {
      const [typed, bug] = errorOfThrown(error, name, options.checked);
      if (bug) options.bug(bug);
      result = err(typed);
    }
    for (const job of started) job.end(endOf(result, job));
    return result;
  };
}

function endOf(result: CallResult<unknown>, job: RunningJob): 'done' | 'failed' | 'cancelled' {
  if (!result.ok) return result.error.code === 'cancelled' ? 'cancelled' : 'failed';
  const { value } = result;
  const says = typeof value === 'object' && value !== null && 'cancelled' in value ? value.cancelled : null;
  return (says ?? job.isCancelled()) === true ? 'cancelled' : 'done';
}

/** A handler that answers what the contract does not promise is a bug. */
function checkOutput(name: StoreCallName, value: unknown): void {
  const parsed = calls[name]?.output.safeParse(value);
  if (!parsed || parsed.success) return;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`${name} answered what its contract does not promise: ${issues.slice(0, 10).join('; ')}`);
}
