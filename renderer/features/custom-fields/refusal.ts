/** What the program said to a change of a custom field: at the input it is about, or as a sentence that names what is in the way. */
import type { CallError } from '../../../shared/contract/call.ts';
import { errorSentence } from '../../app/failure.ts';
import { t } from '../../i18n/index.ts';
import type { DraftIssues } from './field-values.ts';

export type Refusal = { readonly sentence: string | null; readonly issues?: DraftIssues };

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export function refusalOf(error: CallError): Refusal {
  const details = error.details ?? {};
  if (error.code === 'inUse' && textOf(details['names']) !== '') {
    return { sentence: t('customFields.inUse', { uses: textOf(details['names']) }) };
  }
  if (error.code === 'valuesDoNotFit' && typeof details['count'] === 'number') {
    return {
      sentence: t('customFields.doNotFit', { count: details['count'], examples: textOf(details['examples']) }),
    };
  }
  const messageAt = (name: string) =>
    error.issues?.find(({ path }) => path.replace(/^values\.?/, '').split('.')[0] === name)?.message;
  const name = messageAt('name');
  const options = messageAt('options');
  if (name === undefined && options === undefined) return { sentence: errorSentence(error) };
  return {
    sentence: null,
    issues: { ...(name === undefined ? {} : { name }), ...(options === undefined ? {} : { options }) },
  };
}
