/** Duplicates already inside the database: found, explained, merged, told apart. */
import type { duplicatesContract } from '../../../shared/contract/duplicates.ts';
import { ok } from '../../../shared/result.ts';
import { keepLearned } from '../../../db/duplicates/learned.ts';
import type { HandlersOf } from '../handler.ts';
import { explain, findPairs, groups, ofRecord, results, sample, search } from './duplicates.service.ts';
import { decidePairs, merge, mergeMany } from './merge.service.ts';

export const duplicatesHandlers = {
  'duplicates.find': (input, context) => findPairs(context, input),
  'duplicates.search': (input, context) => search(context, input),
  'duplicates.keepLearned': ({ of, learned }, { store }) => {
    keepLearned(store, of, learned);
    return ok({});
  },
  'duplicates.results': (input, context) => ok(results(context, input)),
  'duplicates.explain': (input, context) => explain(context, input),
  'duplicates.ofRecord': (input, context) => ofRecord(context, input),
  'duplicates.sample': (input, context) => ok(sample(context, input)),
  'duplicates.groups': (input, context) => ok(groups(context, input)),
  'duplicates.merge': (input, { store }) => merge(store, input),
  'duplicates.mergeMany': (input, context) => mergeMany(context, input),
  'duplicates.decide': (input, { store }) => decidePairs(store, input),
} satisfies HandlersOf<keyof typeof duplicatesContract>;
