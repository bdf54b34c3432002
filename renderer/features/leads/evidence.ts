/**
 * What a line of the score ledger rests on, in words: names of fields, options and kinds as people read them; what
 * people typed stays as it is. Example: 'purchaseNeed: mustHave' is 'Purchase need: Must have'.
 */
import { entities } from '../../../shared/model/entities.ts';
import type { Fields } from '../../../shared/model/field.ts';
import { interactionKinds } from '../../../shared/model/picklists.ts';
import { choiceLabel, fieldLabel } from '../../i18n/words.ts';

const sources: readonly Fields[] = [entities.lead.fields, entities.contact.fields, entities.account.fields];
const isKind = (text: string): boolean => (interactionKinds as readonly string[]).includes(text);

function partText(part: string): string {
  const [, name = '', value = ''] = /^(\w+): (.*)$/s.exec(part) ?? [];
  const fields = sources.flatMap((each) => (Object.hasOwn(each, name) ? [each[name]] : []));
  if (fields.length === 0) return isKind(part) ? choiceLabel(part) : part;
  const isOption = fields.some((field) => field?.options?.includes(value));
  return `${fieldLabel(name)}: ${isOption ? choiceLabel(value) : value}`;
}

export const evidenceText = (evidence: string): string => evidence.split(', ').map(partText).join(', ');
