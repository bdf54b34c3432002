/**
 * The one door into the program. Whoever calls (a window, the loopback page, a shell) sends a name and an input of any
 * shape; both are checked against the contract here, tokens become paths, and the answer is a value: nothing is thrown
 * across.
 */
import { type CallError, type CallResult, callError } from '../../shared/contract/call.ts';
import { type CallName, isCallName } from '../../shared/contract/index.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { StoreBackend } from './backend.ts';
import { calls, type HostCallName, type StoreCallName } from './calls.ts';
import type { FileTokens, TokenKind } from './file-tokens.ts';
import { type BugReport, errorOfThrown } from './log.ts';

/** Windows name files by tokens of the host; a shell names them by paths. */
export type Caller = 'window' | 'shell';

/** A host call: `tokens` holds what the caller sent for `file` and `folder`, before it became paths. */
export type HostHandler = (
  input: unknown,
  tokens: Readonly<Partial<Record<TokenKind, string>>>,
) => Promise<CallResult<unknown>>;

export type DispatchOptions = {
  readonly checked: boolean;
  readonly tokens: FileTokens;
  readonly hostHandlers: Readonly<Record<HostCallName, HostHandler>>;
  /** The open store, or why there is none. */
  store(): Result<StoreBackend, CallError>;
  bug(report: BugReport): void;
};

export type Dispatch = (name: unknown, input: unknown, caller: Caller) => Promise<CallResult<unknown>>;

const tokenFields = ['file', 'folder'] as const;

/** Calls after which a temporary copy of the file is not needed any more. */
const consumingCalls: ReadonlySet<CallName> = new Set([
  'imports.run',
  'imports.continue',
  'hq.receive',
  'workspace.join',
  'attachments.add',
] as const);

/** Then the rest of the file may still be asked for. */
const wasCancelled = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'cancelled' in value && value.cancelled === true;

export function createDispatch(options: DispatchOptions): Dispatch {
  const { tokens } = options;

  const run = async (name: CallName, parsed: unknown, caller: Caller): Promise<CallResult<unknown>> => {
    const named = caller === 'window' ? pathsForTokens(parsed, tokens) : ok<Named>({ input: parsed, held: {} });
    if (!named.ok) return named;
    const { input, held } = named.value;
    const result = await serve(name, input, held);
    if (!result.ok) return result;
    if (held.file !== undefined && consumingCalls.has(name) && !wasCancelled(result.value)) tokens.used(held.file);
    return ok(tokensForPaths(result.value, input, held));
  };

  const serve = (name: CallName, input: unknown, held: Held): Promise<CallResult<unknown>> => {
    if (isHostCall(name)) return options.hostHandlers[name](input, held);
    const store = options.store();
    return store.ok ? store.value.call(name as StoreCallName, input) : Promise.resolve(store);
  };

  return async (name, input, caller) => {
    if (typeof name !== 'string' || !isCallName(name)) {
      return err(callError('unknownCall', 'There is no call of this name. `outpost calls` lists them all.'));
    }
    const parsed = calls[name]?.input.safeParse(input ?? {});
    if (!parsed?.success) return err(badInput(name, parsed?.error.issues ?? []));
    try {
      const result = await run(name, parsed.data, caller);
      if (result.ok && options.checked && isHostCall(name)) calls[name]?.output.parse(result.value);
      return result;
    } catch (error) {
      const [typed, bug] = errorOfThrown(error, name, options.checked);
      if (bug) options.bug(bug);
      return err(typed);
    }
  };
}

const isHostCall = (name: CallName): name is HostCallName => calls[name]?.access === 'host';

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

function badInput(name: string, issues: readonly Issue[]): CallError {
  const listed = issues
    .slice(0, 50)
    .map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }));
  const first = listed[0];
  const where = first ? ` (${first.path === '' ? '' : `${first.path}: `}${first.message})` : '';
  return { ...callError('badInput', `The input of ${name} is not right${where}. Nothing was done.`), issues: listed };
}

type Held = Readonly<Partial<Record<TokenKind, string>>>;
type Named = { readonly input: unknown; readonly held: Held };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function pathsForTokens(input: unknown, tokens: FileTokens): Result<Named, CallError> {
  if (!isRecord(input)) return ok({ input, held: {} });
  const resolved: Record<string, unknown> = { ...input };
  const held: Partial<Record<TokenKind, string>> = {};
  for (const field of tokenFields) {
    const token = input[field];
    if (typeof token !== 'string') continue;
    const path = tokens.resolve(field, token);
    if (!path.ok) return path;
    held[field] = token;
    resolved[field] = path.value;
  }
  return ok({ input: resolved, held });
}

/** An answer that names the file it was asked about names it as the caller did. */
function tokensForPaths(value: unknown, input: unknown, held: Held): unknown {
  if (!isRecord(value) || !isRecord(input)) return value;
  const named: Record<string, unknown> = { ...value };
  for (const field of tokenFields) {
    const token = held[field];
    if (token !== undefined && value[field] === input[field]) named[field] = token;
  }
  return named;
}
