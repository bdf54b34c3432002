/**
 * Making a workspace opens it, but its recovery code must be seen first: while this store holds something, the window
 * stays in the welcome screens.
 */
import { create } from 'zustand';

export type Setup =
  | { readonly step: 'idle' }
  | { readonly step: 'working' }
  | {
      readonly step: 'recovery';
      readonly code: string | null;
      readonly hqFile: string | null;
      readonly workspace: string;
    };

export const useSetup = create<{ readonly setup: Setup }>(() => ({ setup: { step: 'idle' } }));
export const setSetup = (setup: Setup): void => useSetup.setState({ setup });
