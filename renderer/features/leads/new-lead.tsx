/** A lead entered by hand: what the interest is in, and who it is: a known contact or account, or what was told. */
import { Divider, Stack, Text } from '@mantine/core';
import { useFormContext } from 'react-hook-form';
import { contract } from '../../../shared/contract/index.ts';
import { useAction, useCall, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { FieldInput } from '../../ui/field-input.tsx';
import { NewRecordForm } from '../../ui/new-record-form.tsx';
import { FieldGrid } from '../../ui/record-layout.tsx';
import { MoreFieldsIfAny } from '../custom-fields/more-fields.tsx';

const fields = [
  'topic',
  'source',
  'eventId',
  'contactId',
  'accountId',
  'givenName',
  'familyName',
  'company',
  'jobTitle',
  'emails',
  'phones',
  'description',
] as const;

const valuesSchema = contract['leads.create'].input.shape.values;

export function NewLead({ onMade, onCancel }: { onMade: (id: string) => void; onCancel: () => void }) {
  const session = useCall('session.get', {});
  const create = useAction('leads.create', { quiet: true });
  const undo = useUndoToast();
  return (
    <NewRecordForm
      entity="lead"
      fields={fields}
      submitLabel={t('common.create')}
      // checked by the same schema before it gets here
      create={(values) => create.run({ values: valuesSchema.parse(values) })}
      onCreated={(id, writeId) => {
        undo(t('leads.created'), writeId);
        onMade(id);
      }}
      onCancel={onCancel}
    >
      <Stack gap="sm">
        <FieldInput of="lead" name="topic" autoFocus />
        <FieldGrid>
          <FieldInput of="lead" name="source" />
          <FieldInput of="lead" name="eventId" />
        </FieldGrid>
        <Divider label={t('leads.whoTitle')} labelPosition="left" />
        <Text size="xs" c="dimmed">
          {t('leads.whoHint')}
        </Text>
        <FieldGrid>
          <FieldInput of="lead" name="contactId" label={t('leads.knownContact')} />
          <FieldInput of="lead" name="accountId" label={t('leads.knownAccount')} />
        </FieldGrid>
        <Identity />
        <FieldInput of="lead" name="description" rows={2} />
        <MoreFieldsIfAny of="lead" />
        {session.data?.role === 'seller' ? (
          <Text size="xs" c="dimmed">
            {t('leads.sellerNote')}
          </Text>
        ) : null}
      </Stack>
    </NewRecordForm>
  );
}

/** A known contact needs no writing down. */
function Identity() {
  const { watch } = useFormContext();
  if (watch('contactId') !== null) return null;
  return (
    <>
      <FieldGrid>
        <FieldInput of="lead" name="givenName" />
        <FieldInput of="lead" name="familyName" />
        <FieldInput of="lead" name="company" />
        <FieldInput of="lead" name="jobTitle" />
      </FieldGrid>
      <FieldInput of="lead" name="emails" />
      <FieldInput of="lead" name="phones" />
    </>
  );
}
