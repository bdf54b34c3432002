/** Duplicates already inside the database. */
import type { duplicatesContract } from '../../../shared/contract/duplicates.ts';
import type { HandlersOf } from '../handler.ts';
import { explain, findPairs } from './duplicates.service.ts';

export const duplicatesHandlers = {
  'duplicates.find': (input, context) => findPairs(context, input),
  'duplicates.explain': (input, context) => explain(context, input),
} satisfies HandlersOf<keyof typeof duplicatesContract>;
