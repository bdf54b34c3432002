/** Leads at rest: identity as captured, marketing context, process (domain.md sections 1 and 5). */
import { emailKey } from '../../shared/rules/normalise/email.ts';
import { ownerCounter } from './counters.ts';
import type { EntityStorage } from './entity-storage.ts';
import { leadStart } from './lead-start.ts';
import { emailWords, foldOrNull, personName, phoneWords, primaryOf } from './person-parts.ts';
import { tagRows } from './tag-rows.ts';

export const leadStorage: EntityStorage<'lead'> = {
  entity: 'lead',
  derivedColumns: [
    'email',
    'phone',
    'givenNameKey',
    'familyNameKey',
    'companyKey',
    'topicKey',
    'emailKey',
    'phoneE164',
  ],
  project: (values) => {
    const email = primaryOf(values.emails);
    const phone = primaryOf(values.phones);
    const person = personName(values) || values.company || email?.address || phone?.number || '';
    return {
      label: person === '' ? values.topic : `${person} · ${values.topic}`,
      words: [person, values.topic, values.company, ...emailWords(values.emails), ...values.phones.flatMap(phoneWords)],
      columns: [
        email?.address ?? null,
        phone?.number ?? null,
        foldOrNull(values.givenName),
        foldOrNull(values.familyName),
        foldOrNull(values.company),
        foldOrNull(values.topic),
        email?.valid ? emailKey(email.address) : null,
        phone?.e164 ?? null,
      ],
    };
  },
  starting: leadStart,
  children: [tagRows('lead')],
  counters: (values) => {
    const names = ['lead', ...ownerCounter('lead', values.ownerId)];
    if (values.status === 'open') {
      names.push('lead:open', `lead:stage:${values.stage ?? ''}`);
      if (values.contactId === null && values.accountId === null) names.push('lead:unlinked');
      if (values.salesReady) names.push('lead:salesReady');
      if (values.stage === 'salesAcceptance' && !values.salesAccepted) names.push('lead:salesInbox');
    }
    return names;
  },
};
