/** A contact entered by hand. */
import { Stack } from '@mantine/core';
import { UserRound } from 'lucide-react';
import { useLocation } from 'wouter';
import { emailPartSchema, phonePartSchema } from '../../../shared/model/parts.ts';
import { useAction, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { FieldInput } from '../../ui/field-input.tsx';
import { NewRecordForm } from '../../ui/new-record-form.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { FieldGrid } from '../../ui/record-layout.tsx';
import { MoreFieldsIfAny } from '../custom-fields/more-fields.tsx';
import { newContactFields } from './contact-fields.ts';

const initial = {
  emails: [{ ...emailPartSchema.parse({ address: 'x', primary: true }), address: '' }],
  phones: [{ ...phonePartSchema.parse({ number: 'x', primary: true }), number: '' }],
};

export function NewContactPage() {
  const [, navigate] = useLocation();
  const create = useAction('contacts.create', { quiet: true });
  const undo = useUndoToast();
  return (
    <Page title={t('contacts.new')} icon={UserRound}>
      <NewRecordForm
        entity="contact"
        fields={newContactFields}
        initial={initial}
        submitLabel={t('contacts.create')}
        create={(values) => create.run({ values })}
        onCancel={() => navigate('/contacts')}
        onCreated={(id, writeId) => {
          undo(t('common.created'), writeId);
          navigate(`/contacts/${id}`, { replace: true });
        }}
      >
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
      </NewRecordForm>
    </Page>
  );
}
