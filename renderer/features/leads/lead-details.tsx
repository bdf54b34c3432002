/** Every field of a lead that people edit, apart from its stages. */
import { Group } from '@mantine/core';
import { contract } from '../../../shared/contract/index.ts';
import type { LeadDetail } from '../../../shared/contract/leads.ts';
import { bridge } from '../../app/client.ts';
import { useAction } from '../../app/use-call.ts';
import { FieldInput } from '../../ui/field-input.tsx';
import { RecordForm, SaveButtons, useRecordForm } from '../../ui/record-form.tsx';
import classes from './leads.module.css';

const context = ['topic', 'source', 'sourceDetail', 'rating', 'eventId', 'campaignId', 'ownerId'] as const;
const identity = ['salutation', 'givenName', 'familyName', 'company', 'jobTitle', 'industry', 'website'] as const;
const lists = ['emails', 'phones', 'addresses', 'description'] as const;
const fields = [...context, ...identity, ...lists];
const valuesSchema = contract['leads.update'].input.shape.values;

export function LeadDetails({ detail }: { readonly detail: LeadDetail }) {
  const { lead } = detail;
  const update = useAction('leads.update', { quiet: true });
  const state = useRecordForm({
    entity: 'lead',
    record: lead,
    fields,
    // checked by the same schema before it gets here
    save: (values, baseVersion) => update.run({ id: lead.id, values: valuesSchema.parse(values), baseVersion }),
    reload: () => bridge.call('leads.get', { id: lead.id }),
  });
  return (
    <RecordForm state={state}>
      <div className={classes.fields}>
        {[...context, ...identity].map((name) => (
          <FieldInput key={name} of="lead" name={name} refLabel={lead.labels[name]} />
        ))}
        {lists.map((name) => (
          <div key={name} className={classes.wide}>
            <FieldInput of="lead" name={name} />
          </div>
        ))}
      </div>
      <Group mt="md" justify="flex-end">
        <SaveButtons state={state} />
      </Group>
    </RecordForm>
  );
}
