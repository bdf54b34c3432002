/** Contacts at rest (domain.md section 1). */
import { emailKey } from '../../shared/rules/normalise/email.ts';
import { ownerCounter } from './counters.ts';
import type { EntityStorage } from './entity-storage.ts';
import { emailWords, foldOrNull, personName, phoneWords, primaryOf } from './person-parts.ts';
import { tagRows } from './tag-rows.ts';

export const contactStorage: EntityStorage<'contact'> = {
  entity: 'contact',
  derivedColumns: ['email', 'phone', 'givenNameKey', 'familyNameKey', 'companyKey', 'jobTitleKey', 'emailKey'],
  project: (values) => {
    const email = primaryOf(values.emails);
    const phone = primaryOf(values.phones);
    const name = personName(values);
    return {
      label: name || values.company || email?.address || phone?.number || '—',
      words: [
        name,
        values.nickname,
        values.company,
        ...emailWords(values.emails),
        ...values.phones.flatMap(phoneWords),
      ],
      columns: [
        email?.address ?? null,
        phone?.number ?? null,
        foldOrNull(values.givenName),
        foldOrNull(values.familyName),
        foldOrNull(values.company),
        foldOrNull(values.jobTitle),
        email?.valid ? emailKey(email.address) : null,
      ],
    };
  },
  children: [
    tagRows('contact'),
    {
      from: 'emails',
      clear: 'DELETE FROM contact_email WHERE contactId = ?',
      insert: 'INSERT INTO contact_email (contactId, position, address, addressKey) VALUES (?, ?, ?, ?)',
      select: 'SELECT position, address, addressKey FROM contact_email WHERE contactId = ? ORDER BY position',
      rows: (values) =>
        values.emails.map((email, position) => [position, email.address, email.valid ? emailKey(email.address) : null]),
    },
    {
      from: 'phones',
      clear: 'DELETE FROM contact_phone WHERE contactId = ?',
      insert: 'INSERT INTO contact_phone (contactId, position, number, e164) VALUES (?, ?, ?, ?)',
      select: 'SELECT position, number, e164 FROM contact_phone WHERE contactId = ? ORDER BY position',
      rows: (values) => values.phones.map((phone, position) => [position, phone.number, phone.e164]),
    },
  ],
  counters: (values) => [
    'contact',
    ...(values.marketingOnly ? ['contact:marketingOnly'] : []),
    ...ownerCounter('contact', values.ownerId),
  ],
};
