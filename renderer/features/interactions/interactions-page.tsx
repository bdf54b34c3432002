/** What people did, newest first. It is recorded, never rewritten: this list only opens whom it was. */
import { Button, Select } from '@mantine/core';
import { Activity } from 'lucide-react';
import { useLocation } from 'wouter';
import type { RowNode } from '../../../shared/rules/segment/schema.ts';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import { interactionKinds } from '../../../shared/model/picklists.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel, reasonLabel } from '../../i18n/words.ts';
import { recordPath } from '../../app/record-path.ts';
import { FieldValue } from '../../ui/field-value.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import type { QuickFilter } from '../../ui/quick-filter.ts';
import { type ColumnSpec, RecordTable } from '../../ui/record-table.tsx';
import { showDone } from '../../ui/toast.tsx';

const defaultColumns = ['occurredAtMs', 'kind', 'contactId', 'subject', 'leadId', 'eventId', 'source'];

const columns: readonly ColumnSpec<'interaction'>[] = [
  { id: 'label', width: 150, render: ({ kind }) => choiceLabel(kind) },
  { id: 'occurredAtMs', width: 205, render: ({ occurredAtMs }) => formatInstant(occurredAtMs) },
  // what the program itself recorded names its source by an id
  {
    id: 'source',
    render: ({ source }) => (
      <FieldValue field={{ kind: 'text' }} value={source === null ? null : reasonLabel(source)} />
    ),
  },
];

const ofKind = (kind: string): RowNode => ({ kind: 'row', field: 'kind', operator: 'is', values: [kind] });

const whichKind: QuickFilter = {
  isQuick: ({ field, operator, values, disabled }) =>
    field === 'kind' && operator === 'is' && values.length === 1 && disabled !== true,
  render: (row, set) => (
    <Select
      size="xs"
      w={190}
      aria-label={t('interactions.kind')}
      placeholder={t('interactions.allKinds')}
      data={interactionKinds.map((value) => ({ value, label: choiceLabel(value) }))}
      value={row === null ? null : String(row.values[0])}
      clearable
      clearButtonProps={{ 'aria-label': t('interactions.showAll') }}
      onChange={(kind) => set(kind === null ? null : ofKind(kind))}
    />
  ),
  empty: (row, set) =>
    row === null
      ? undefined
      : {
          icon: Activity,
          title: t('interactions.emptyKind'),
          body: t('interactions.emptyKindBody'),
          action: (
            <Button variant="default" onClick={() => set(null)}>
              {t('interactions.showAll')}
            </Button>
          ),
        },
};

/** Whom it was: the contact, else the lead. */
const whomOf = ({ contactId, leadId }: Pick<EntityRecord<'interaction'>, 'contactId' | 'leadId'>) =>
  contactId !== null ? recordPath('contact', contactId) : leadId !== null ? recordPath('lead', leadId) : null;

export function InteractionsPage() {
  const [, navigate] = useLocation();
  return (
    <Page title={t('interactions.title')} icon={Activity} fill>
      <RecordTable
        entity="interaction"
        storageKey="interactions"
        noun={t('interactions.noun')}
        columns={columns}
        defaultColumns={defaultColumns}
        initialSort={{ field: 'occurredAtMs', direction: 'desc' }}
        quick={whichKind}
        withSearch={false}
        withSelection={false}
        onOpen={(row) => {
          const path = whomOf(row);
          if (path === null) showDone(t('interactions.nobody'));
          else navigate(path);
        }}
        empty={{
          icon: Activity,
          title: t('interactions.emptyTitle'),
          body: t('interactions.emptyBody'),
          action: (
            <Button variant="default" onClick={() => navigate('/imports/new')}>
              {t('interactions.toImport')}
            </Button>
          ),
        }}
      />
    </Page>
  );
}
