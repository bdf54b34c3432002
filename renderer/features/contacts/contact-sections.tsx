/** The sections of the contact form. */
import { Anchor, Stack } from '@mantine/core';
import { Link } from 'wouter';
import type { ContactRecord } from '../../../shared/model/entities.ts';
import { t } from '../../i18n/index.ts';
import { FieldInput } from '../../ui/field-input.tsx';
import { FlaggedValues } from '../../ui/flagged-values.tsx';
import { Section } from '../../ui/page.tsx';
import { FieldGrid } from '../../ui/record-layout.tsx';
import { MoreFields } from '../custom-fields/more-fields.tsx';
import { preferenceFlags } from './contact-fields.ts';
import { PermissionList } from './permission-list.tsx';

export function ContactSections({ contact }: { readonly contact: ContactRecord }) {
  const labels = contact.labels;
  return (
    <>
      <FlaggedValues values={contact.flaggedValues} />
      <Section title={t('contacts.identity')}>
        <FieldGrid>
          <FieldInput of="contact" name="givenName" />
          <FieldInput of="contact" name="familyName" />
          <FieldInput of="contact" name="salutation" />
          <FieldInput of="contact" name="middleName" />
          <FieldInput of="contact" name="nickname" />
          <FieldInput of="contact" name="birthDate" />
        </FieldGrid>
      </Section>
      <Section title={t('contacts.reach')}>
        <Stack gap="sm">
          <FieldInput of="contact" name="emails" />
          <FieldInput of="contact" name="phones" />
          <FieldInput of="contact" name="addresses" />
          <FieldInput of="contact" name="website" />
        </Stack>
      </Section>
      <Section
        title={t('contacts.work')}
        actions={
          contact.accountId !== null && (
            <Anchor component={Link} href={`/accounts/${contact.accountId}`} size="sm">
              {t('contacts.openAccount')}
            </Anchor>
          )
        }
      >
        <FieldGrid>
          <FieldInput of="contact" name="company" />
          <FieldInput of="contact" name="accountId" refLabel={labels['accountId']} />
          <FieldInput of="contact" name="jobTitle" />
          <FieldInput of="contact" name="role" />
          <FieldInput of="contact" name="tags" />
          <FieldInput of="contact" name="ownerId" refLabel={labels['ownerId']} />
          <FieldInput of="contact" name="marketingOnly" />
        </FieldGrid>
      </Section>
      <MoreFields of="contact" />
      <Section title={t('contacts.preferences')}>
        <FieldGrid>
          {preferenceFlags.map((name) => (
            <FieldInput key={name} of="contact" name={name} />
          ))}
          <FieldInput of="contact" name="preferredMethod" />
          <FieldInput of="contact" name="preferredLanguage" />
          <FieldInput of="contact" name="preferredFrom" />
          <FieldInput of="contact" name="preferredTo" />
          <FieldInput of="contact" name="timeZone" />
        </FieldGrid>
      </Section>
      <Section title={t('permission.title')} hint={t('permission.hint')}>
        <PermissionList contactId={contact.id} level={contact.consentLevel} />
      </Section>
      <Section title={t('contacts.protection')}>
        <FieldGrid>
          <FieldInput of="contact" name="child" />
          <FieldInput of="contact" name="guardianId" refLabel={labels['guardianId']} exclude={contact.id} />
        </FieldGrid>
      </Section>
      <Section title={t('contacts.source')} hint={t('contacts.sourceHint')}>
        <FieldGrid>
          <FieldInput of="contact" name="sourceEventId" refLabel={labels['sourceEventId']} />
          <FieldInput of="contact" name="sourceCampaignId" refLabel={labels['sourceCampaignId']} />
          <FieldInput of="contact" name="sourceFormId" refLabel={labels['sourceFormId']} />
          <FieldInput of="contact" name="sourceDetail" />
        </FieldGrid>
      </Section>
      <Section title={t('contacts.more')}>
        <Stack gap="sm">
          <FieldInput of="contact" name="description" />
          <FieldGrid>
            <FieldInput of="contact" name="externalId" />
            <FieldInput of="contact" name="externalSource" />
          </FieldGrid>
        </Stack>
      </Section>
    </>
  );
}
