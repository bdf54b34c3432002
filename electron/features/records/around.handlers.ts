/** What stands around a record. */
import type { aroundContract } from '../../../shared/contract/around.ts';
import { callError } from '../../../shared/contract/call.ts';
import type { EntityName } from '../../../shared/model/entities.ts';
import { err, ok } from '../../../shared/result.ts';
import { activityOf, countsAround, interestsOf } from '../../../db/query/around.ts';
import { rowIdOf } from '../../../db/records/read.ts';
import type { HandlersOf } from '../handler.ts';

const missing = (entity: EntityName) => err(callError('notFound', `There is no such ${entity} here.`, { field: 'id' }));

export const aroundHandlers = {
  'records.around': ({ of, id }, { store }) => {
    const row = rowIdOf(store, of, id);
    return row === null ? missing(of) : ok({ counts: countsAround(store, of, row) });
  },
  'accounts.interests': ({ id, limit }, { store }) => {
    const row = rowIdOf(store, 'account', id);
    if (row === null) return missing('account');
    const leads = interestsOf(store, 'lead', row, limit);
    const opportunities = interestsOf(store, 'opportunity', row, limit);
    return ok({
      leads: leads.rows,
      leadTotal: leads.total,
      opportunities: opportunities.rows,
      opportunityTotal: opportunities.total,
    });
  },
  'accounts.activity': ({ id }, { store }) => {
    const row = rowIdOf(store, 'account', id);
    return row === null ? missing('account') : ok(activityOf(store, row));
  },
} satisfies HandlersOf<keyof typeof aroundContract>;
