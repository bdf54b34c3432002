/** A contact entered by hand. */
import { Stack } from '@mantine/core';
import { UserRound } from 'lucide-react';
import { emailPartSchema, phonePartSchema } from '../../../shared/model/parts.ts';
import { t } from '../../i18n/index.ts';
import { FieldInput } from '../../ui/field-input.tsx';
import { Section } from '../../ui/page.tsx';
import { FieldGrid } from '../../ui/record-layout.tsx';
import { NewRecordPage } from '../../ui/record-page.tsx';
import { MoreFieldsIfAny } from '../custom-fields/more-fields.tsx';
import { newContactFields } from './contact-fields.ts';

const initial = {
  emails: [{ ...emailPartSchema.parse({ address: 'x', primary: true }), address: '' }],
  phones: [{ ...phonePartSchema.parse({ number: 'x', primary: true }), number: '' }],
};

export function NewContactPage() {
  return (
    <NewRecordPage entity="contact" icon={UserRound} fields={newContactFields} initial={initial}>
      <Section title={t('contacts.identity')}>
        <Stack gap="sm">
          <FieldGrid>
            <FieldInput of="contact" name="givenName" autoFocus />
            <FieldInput of="contact" name="familyName" />
            <FieldInput of="contact" name="company" />
            <FieldInput of="contact" name="accountId" />
            <FieldInput of="contact" name="jobTitle" />
            <FieldInput of="contact" name="role" />
          </FieldGrid>
          <FieldInput of="contact" name="emails" />
          <FieldInput of="contact" name="phones" />
          <FieldInput of="contact" name="tags" />
          <FieldInput of="contact" name="description" />
        </Stack>
      </Section>
      <MoreFieldsIfAny of="contact" />
    </NewRecordPage>
  );
}
