/** Every field of a lead that people edit, apart from its stages. */
import { Group } from '@mantine/core';
import { contract } from '../../../shared/contract/index.ts';
import type { LeadDetail } from '../../../shared/contract/leads.ts';
import { bridge } from '../../app/client.ts';
import { useAction } from '../../app/use-call.ts';
import { FieldInput } from '../../ui/field-input.tsx';
import { FlaggedValues } from '../../ui/flagged-values.tsx';
import { RecordForm, SaveButtons, useRecordForm } from '../../ui/record-form.tsx';
import { MoreFields } from '../custom-fields/more-fields.tsx';
import { contextFields, identityFields, leadFormFields, sourceFields, wideFields } from './lead-fields.ts';
import classes from './leads.module.css';

const valuesSchema = contract['leads.update'].input.shape.values;

export function LeadDetails({ detail }: { readonly detail: LeadDetail }) {
  const { lead } = detail;
  const update = useAction('leads.update', { quiet: true });
  const state = useRecordForm({
    entity: 'lead',
    record: lead,
    fields: leadFormFields,
    // checked by the same schema before it gets here
    save: (values, baseVersion) => update.run({ id: lead.id, values: valuesSchema.parse(values), baseVersion }),
    reload: () => bridge.call('leads.get', { id: lead.id }),
  });
  return (
    <RecordForm state={state}>
      <FlaggedValues values={lead.flaggedValues} />
      <div className={classes.fields}>
        {[...contextFields, ...identityFields].map((name) => (
          <FieldInput key={name} of="lead" name={name} refLabel={lead.labels[name]} />
        ))}
        {wideFields.map((name) => (
          <div key={name} className={classes.wide}>
            <FieldInput of="lead" name={name} />
          </div>
        ))}
        {sourceFields.map((name) => (
          <FieldInput key={name} of="lead" name={name} />
        ))}
      </div>
      <div className={classes.own}>
        <MoreFields of="lead" />
      </div>
      <Group mt="md" justify="flex-end">
        <SaveButtons state={state} />
      </Group>
    </RecordForm>
  );
}
