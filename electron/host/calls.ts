/** The calls of the contract by who serves them. */
import { type Access, type CallMap } from '../../shared/contract/call.ts';
import { type CallName, contract, type Contract } from '../../shared/contract/index.ts';

type CallsOf<A extends Access> = { [N in CallName]: Contract[N]['access'] extends A ? N : never }[CallName];

/** Served on a store thread, by the handlers of `electron/features`. */
export type StoreCallName = CallsOf<'read' | 'write'>;
/** Served in the process that owns the window, by `host-calls.ts`. */
export type HostCallName = CallsOf<'host'>;

/** The contract without its types, for code that handles any call. */
export const calls: CallMap = contract;
