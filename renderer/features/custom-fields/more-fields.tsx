/** The fields that the workspace added to a kind of record, in its form; and the way to add one. */
import { Button, Group } from '@mantine/core';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { CustomFieldEntity } from '../../../shared/model/custom-field.ts';
import { customNames, useFields } from '../../app/workspace-fields.ts';
import { t } from '../../i18n/index.ts';
import { FieldInput } from '../../ui/field-input.tsx';
import { Section } from '../../ui/page.tsx';
import { FieldGrid } from '../../ui/record-layout.tsx';
import { FieldDialog } from './field-dialog.tsx';

export function MoreFields({ of }: { readonly of: CustomFieldEntity }) {
  const names = customNames(useFields(of));
  const [isAdding, setIsAdding] = useState(false);
  const add = (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<Plus size={14} aria-hidden />}
      onClick={() => setIsAdding(true)}
    >
      {t('customFields.add')}
    </Button>
  );
  return (
    <>
      {names.length === 0 ? (
        <Group mb="md">{add}</Group>
      ) : (
        <Section title={t('customFields.more')} actions={add}>
          <CustomInputs of={of} />
        </Section>
      )}
      {isAdding && <FieldDialog entity={of} field={null} isInPlace onClose={() => setIsAdding(false)} />}
    </>
  );
}

/** In the form of a new record: only where there are any. */
export function MoreFieldsIfAny({ of }: { readonly of: CustomFieldEntity }) {
  const names = customNames(useFields(of));
  return names.length === 0 ? null : (
    <Section title={t('customFields.more')}>
      <CustomInputs of={of} />
    </Section>
  );
}

function CustomInputs({ of }: { readonly of: CustomFieldEntity }) {
  const fields = useFields(of);
  return (
    <FieldGrid>
      {customNames(fields).map((name) => (
        // another kind of field is another input
        <FieldInput key={`${name} ${fields[name]?.custom}`} of={of} name={name} />
      ))}
    </FieldGrid>
  );
}
