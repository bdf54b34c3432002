/** One command's hold on the program: the database it works on, opened when needed and closed at the end. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type CallError, type CallResult, callError } from '../../shared/contract/call.ts';
import type { CallName, InputOf, OutputOf } from '../../shared/contract/index.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { inlineBackend } from '../worker/inline-backend.ts';
import { defaultDatabasePath } from '../host/database-file.ts';
import { isChecked, stderrLog, systemError } from '../host/log.ts';
import { createProgram, type Program } from '../host/program.ts';
import { progressPrinter, sayErr } from './console.ts';
import { askPassphrase } from './secrets.ts';

export type GlobalOptions = { readonly db?: string; readonly json: boolean; readonly progress: boolean };

export type Session = {
  readonly program: Program;
  /** Opens the database, asking for its passphrase where it has one. */
  open(): Promise<Result<Program, CallError>>;
  /** Opens what is not open yet, and calls. */
  call<N extends CallName>(name: N, input: InputOf<N>): Promise<CallResult<OutputOf<N>>>;
  wasInterrupted(): boolean;
  close(): Promise<void>;
};

/** npm runs scripts in the package's folder; paths are meant from where the person is. */
const startFolder = (): string =>
  process.env['npm_lifecycle_event'] === 'outpost' ? (process.env['INIT_CWD'] ?? process.cwd()) : process.cwd();

export const pathOf = (given: string): string => resolve(startFolder(), given);

export function createSession(options: GlobalOptions): Session {
  const chosen = options.db ?? (process.env['OUTPOST_DB'] || undefined);
  const program = createProgram({
    databasePath: chosen === undefined ? defaultDatabasePath() : pathOf(chosen),
    // every step is told: a script that reads the lines may rely on each
    startBackend: inlineBackend(options.progress ? 0 : 100),
    checked: isChecked(),
    log: stderrLog,
    capabilities: () => ({
      kind: 'terminal',
      version: programVersion(),
      systemStore: null,
      chooseFile: async () => null,
      chooseFolder: async () => null,
      takeFiles: async () => [],
      dial: async () => false,
    }),
  });
  const print = progressPrinter(options.progress, options.json);
  program.onEvent((event) => {
    if (event.type === 'job') print(event.progress);
  });

  let interrupted = false;
  /** The first Ctrl+C lets work end after the batch it is in; the second ends at once. */
  const interrupt = (): void => {
    if (interrupted) process.exit(130);
    interrupted = true;
    const store = program.workspace.store();
    const running = store.ok ? store.value.jobs().filter((job) => job.state === 'running') : [];
    if (running.length === 0) process.exit(130);
    sayErr('Stopping. What is saved stays saved; Ctrl+C again ends at once.\n');
    for (const { jobId } of running) if (store.ok) store.value.cancelJob(jobId);
  };
  /** SIGUSR2 makes work wait after the batch it is in, and the next one go on. */
  let isPaused = false;
  const pauseOrGoOn = (): void => {
    const store = program.workspace.store();
    if (!store.ok) return;
    const running = store.value.jobs().filter((job) => job.state === 'running' && job.pausable === true);
    if (running.length === 0) return;
    isPaused = !isPaused;
    for (const { jobId } of running) store.value.pauseJob(jobId, isPaused);
    sayErr(isPaused ? 'Paused. The same signal (SIGUSR2) lets it go on.\n' : 'Going on.\n');
  };
  if (process.platform !== 'win32') process.on('SIGUSR2', pauseOrGoOn);
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);

  const open = async (): Promise<Result<Program, CallError>> => {
    const { workspace } = program;
    if (workspace.state() === 'none') {
      return err(callError('databaseMissing', 'There is no database at this path. Run init first, or check the path.'));
    }
    const opened = await workspace.openUnasked();
    if (!opened.ok) return opened;
    if (opened.value.opened) return ok(program);
    const passphrase = await askPassphrase();
    if (!passphrase.ok) return passphrase;
    const unlocked = await workspace.unlock(passphrase.value);
    return unlocked.ok ? ok(program) : unlocked;
  };

  return {
    program,
    open,
    async call<N extends CallName>(name: N, input: InputOf<N>) {
      const opened = await open();
      if (!opened.ok) return opened;
      // the dispatcher answers what the contract of this name says
      return (await program.call(name, input, 'shell')) as CallResult<OutputOf<N>>;
    },
    wasInterrupted: () => interrupted,
    close: () => program.close(),
  };
}

export function programVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** A JSON file that a command was given; `-` is standard input. Errors: `fileMissing`, `badInput`, `notPermitted`. */
export function readJsonFile(given: string): Result<unknown, CallError> {
  let text: string;
  try {
    text = given === '-' ? readFileSync(0, 'utf8') : readFileSync(pathOf(given), 'utf8');
  } catch (error) {
    const refused = systemError(error);
    if (refused) return err(refused);
    throw error;
  }
  return parseJson(text, given === '-' ? 'Standard input' : 'The file');
}

export function parseJson(text: string, what: string): Result<unknown, CallError> {
  try {
    return ok(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    return err(callError('badInput', `${what} is not valid JSON.`));
  }
}
