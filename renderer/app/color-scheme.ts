/** Light, dark or as the system: kept with the other view preferences. */
import type { MantineColorSchemeManager } from '@mantine/core';
import { setPreference, usePreferences } from './preferences.ts';

let stop: (() => void) | null = null;

export const colorSchemeManager: MantineColorSchemeManager = {
  get: (fallback) => usePreferences.getState().scheme ?? fallback,
  set: (scheme) => setPreference({ scheme }),
  // another window of the same browser chose
  subscribe: (onUpdate) => {
    stop = usePreferences.subscribe(({ scheme }, before) => {
      if (scheme !== before.scheme) onUpdate(scheme);
    });
  },
  unsubscribe: () => stop?.(),
  clear: () => setPreference({ scheme: 'auto' }),
};
