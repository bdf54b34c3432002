/** The open store as a host sees it: calls in, answers and events out. Threads or in line, a host cannot tell. */
import type { CallResult } from '../../shared/contract/call.ts';
import type { ParsedInputOf } from '../../shared/contract/index.ts';
import type { JobProgress } from '../../shared/contract/parts.ts';
import type { StoreCallName } from './calls.ts';
import type { BugReport } from './log.ts';

export type SetUp = {
  readonly person: ParsedInputOf<'workspace.create'>['person'];
  /** Of a new workspace; of no effect when joining. */
  readonly workspaceName: string;
  readonly demo: boolean;
  /** Path of an invitation file, when joining. */
  readonly invitation: string | null;
};

export type StoreEvents = {
  committed(entities: readonly string[]): void;
  job(progress: JobProgress): void;
  bug(report: BugReport): void;
};

export type StoreOptions = {
  readonly path: string;
  /** 32 bytes, or null for a plain database. */
  readonly key: Buffer | null;
  readonly create: boolean;
  /** Check output against the contract. */
  readonly checked: boolean;
};

export type StoreBackend = {
  /** `input` is parsed already. */
  call(name: StoreCallName, input: unknown): Promise<CallResult<unknown>>;
  /** Fills a database that was just made. */
  setUp(setUp: SetUp): Promise<CallResult<{ hqRecoveryFile: string | null }>>;
  /** What shows before anything is asked: read once at opening. */
  readonly facts: StoreFacts;
  jobs(): readonly JobProgress[];
  /** False when no such job is under way. */
  cancelJob(jobId: string): boolean;
  /** False when no such job is under way. */
  pauseJob(jobId: string, paused: boolean): boolean;
  /** Copies the file, when the last copy is older than a day. */
  backUpIfDue(): Promise<void>;
  close(): Promise<void>;
};

export type StoreFacts = { readonly workspaceName: string | null; readonly demo: boolean };

export type StartBackend = (options: StoreOptions, events: StoreEvents) => Promise<CallResult<StoreBackend>>;
