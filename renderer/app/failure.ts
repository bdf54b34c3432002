/** A refused call inside the query client, and the sentence that a person reads about it. */
import type { CallError } from '../../shared/contract/call.ts';
import { t } from '../i18n/index.ts';
import { fieldLabel } from '../i18n/words.ts';

/** The query client wants thrown errors; this carries the typed one. */
export class CallFailure extends Error {
  readonly callError: CallError;

  constructor(callError: CallError) {
    super(callError.code);
    this.callError = callError;
  }
}

/** What happened and what to do about it. */
export function errorSentence(error: CallError): string {
  if (error.code === 'internal') {
    return error.details?.['unreachable'] === true
      ? t('errors.unreachable')
      : t('errors.internal', { reference: error.correlationId ?? '–' });
  }
  const sentence = t(`errors.${error.code}`);
  if (error.issues === undefined || error.issues.length === 0) return sentence;
  const issues = error.issues
    .slice(0, 3)
    .map(({ path, message }) => {
      const field = path.split('.').findLast((part) => part !== 'values' && !/^\d*$/.test(part));
      return field === undefined ? message : `${fieldLabel(field)}: ${message}`;
    })
    .join('; ');
  return t('errors.withIssues', { sentence, issues: `(${issues})` });
}
