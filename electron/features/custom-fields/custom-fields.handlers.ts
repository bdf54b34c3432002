/** What a custom field is used for. */
import { callError } from '../../../shared/contract/call.ts';
import type { customFieldsContract } from '../../../shared/contract/custom-fields.ts';
import { err, ok } from '../../../shared/result.ts';
import { countOptions, countValues, usersOfField } from '../../../db/query/custom-field-uses.ts';
import { inSnapshot } from '../../../db/query/remembered.ts';
import { readWire } from '../../../db/records/read.ts';
import type { HandlersOf } from '../handler.ts';

export const customFieldsHandlers = {
  'customFields.usage': ({ id }, { store }) =>
    inSnapshot(store, () => {
      const field = readWire(store, 'customField', id);
      if (!field) return err(callError('notFound', 'This custom field is not here.', { field: 'id' }));
      const { entity, kind } = field;
      const isChoice = kind === 'choice' || kind === 'multiChoice';
      return ok({
        uses: usersOfField(store, id),
        records: countValues(store, entity, id),
        options: isChoice ? countOptions(store, entity, id, kind) : [],
      });
    }),
} satisfies HandlersOf<keyof typeof customFieldsContract>;
