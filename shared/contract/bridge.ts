/**
 * What a window has of the program: one function to call, one to listen. Electron's preload and the loopback page
 * give the same.
 */
import type { CallResult } from './call.ts';
import type { AppEvent } from './events.ts';
import type { CallName, InputOf, OutputOf } from './index.ts';

export type Bridge = {
  readonly host: 'electron' | 'loopback';
  call<N extends CallName>(name: N, input: InputOf<N>): Promise<CallResult<OutputOf<N>>>;
  /** Returns the function that stops listening. */
  onEvent(listener: (event: AppEvent) => void): () => void;
  /** The `file:…` token of a file that was dropped on the window or chosen with an input element. */
  takeFile(file: unknown): Promise<CallResult<{ file: string; name: string }>>;
};
