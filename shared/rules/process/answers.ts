/**
 * An answer at the booth counts like one on the phone: the answer to a question whose id is a choice or yes/no field of
 * a lead fills that field where it is blank. Options are worded for people; they are compared without case and spaces.
 *
 * Example: the question `purchaseNeed` answered with 'Must have' gives `{ purchaseNeed: 'mustHave' }`.
 */
import type { Answer } from '../../model/parts.ts';
import { entities } from '../../model/entities.ts';
import { foldText } from '../normalise/fold.ts';

const answerable = ['purchaseNeed', 'purchaseTimeFrame', 'purchaseProcess', 'budgetStatus', 'rating'] as const;
export type AnswerableField = (typeof answerable)[number] | 'decisionMaker';

const key = (text: string): string => foldText(text).replace(/[^\p{L}\p{N}]/gu, '');

export function fieldsOfAnswers(answers: readonly Answer[]): Partial<Record<AnswerableField, string | boolean>> {
  const found: Partial<Record<AnswerableField, string | boolean>> = {};
  for (const { questionId, value } of answers) {
    if (typeof value !== 'string') continue;
    if (questionId === 'decisionMaker') {
      const yes = ['yes', 'true', '1'].includes(key(value));
      if (yes || ['no', 'false', '0'].includes(key(value))) found.decisionMaker = yes;
      continue;
    }
    const field = answerable.find((name) => name === questionId);
    const option = field && entities.lead.fields[field].options?.find((each) => key(each) === key(value));
    if (field && option !== undefined) found[field] = option;
  }
  return found;
}
