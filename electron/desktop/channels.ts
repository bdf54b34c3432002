/** The three channels between a window and the main process. A new call needs no new one. */
export const channels = {
  /** (name, input) → CallResult */
  call: 'outpost:call',
  /** (path of a dropped or chosen file) → CallResult<{file, name}> */
  takeFile: 'outpost:take-file',
  /** AppEvent, from the program to every window */
  event: 'outpost:event',
} as const;

/** The page's own origin. */
export const pageOrigin = 'app://outpost';
