/** What leaves the bin for good, and what hangs on records before they are put into it. */
import type { binContract } from '../../../shared/contract/bin.ts';
import type { HandlersOf } from '../handler.ts';
import { hanging, purgeMany } from './bin.service.ts';

export const binHandlers = {
  'bin.hanging': (input, context) => hanging(context, input),
  'bin.purge': (input, context) => purgeMany(context, input),
} satisfies HandlersOf<keyof typeof binContract>;
