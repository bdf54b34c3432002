/** What a custom field is used for, and its options under other names. */
import { callError } from '../../../shared/contract/call.ts';
import type { customFieldsContract } from '../../../shared/contract/custom-fields.ts';
import { err, ok } from '../../../shared/result.ts';
import { countOptions, countValues, usersOfField } from '../../../db/query/custom-field-uses.ts';
import { inSnapshot } from '../../../db/query/remembered.ts';
import { readWire } from '../../../db/records/read.ts';
import type { HandlersOf } from '../handler.ts';
import { renameFieldOptions } from './rename-options.service.ts';

export const customFieldsHandlers = {
  'customFields.usage': ({ id }, { store }) =>
    inSnapshot(store, () => {
      const field = readWire(store, 'customField', id);
      if (!field) return err(callError('notFound', 'This custom field is not here.', { field: 'id' }));
      const isChoice = field.kind === 'choice' || field.kind === 'multiChoice';
      return ok({
        uses: usersOfField(store, id),
        records: countValues(store, field),
        options: isChoice ? countOptions(store, field) : [],
      });
    }),
  'customFields.renameOptions': (input, { store }) => renameFieldOptions(store, input),
} satisfies HandlersOf<keyof typeof customFieldsContract>;
