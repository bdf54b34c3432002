/** What people did, newest first. It is recorded, never rewritten: this list only opens whom it was. */
import { Button, Select } from '@mantine/core';
import { Activity } from 'lucide-react';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { create } from 'zustand';
import type { RowNode } from '../../../shared/rules/segment/schema.ts';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import { interactionKinds } from '../../../shared/model/picklists.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { recordPath } from '../../app/record-path.ts';
import { formatInstant } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { type ColumnSpec, RecordTable } from '../../ui/record-table.tsx';
import { showDone } from '../../ui/toast.tsx';

const defaultColumns = ['occurredAtMs', 'kind', 'contactId', 'subject', 'leadId', 'eventId', 'source'];

const columns: readonly ColumnSpec<'interaction'>[] = [
  { id: 'label', width: 150, render: ({ kind }) => choiceLabel(kind) },
  { id: 'occurredAtMs', width: 205, render: ({ occurredAtMs }) => formatInstant(occurredAtMs) },
];

/** Coming back from a contact shows the list as it was left. */
const useShown = create<{ readonly kind: string | null }>(() => ({ kind: null }));

/** Whom it was: the contact, else the lead. */
const whomOf = ({ contactId, leadId }: Pick<EntityRecord<'interaction'>, 'contactId' | 'leadId'>) =>
  contactId !== null ? recordPath('contact', contactId) : leadId !== null ? recordPath('lead', leadId) : null;

export function InteractionsPage() {
  const [, navigate] = useLocation();
  const kind = useShown((shown) => shown.kind);
  const showKind = (next: string | null) => useShown.setState({ kind: next });
  const filters = useMemo<RowNode[]>(
    () => (kind === null ? [] : [{ kind: 'row', field: 'kind', operator: 'is', values: [kind] }]),
    [kind],
  );
  return (
    <Page title={t('interactions.title')} icon={Activity} fill>
      <RecordTable
        entity="interaction"
        storageKey="interactions"
        noun={t('interactions.noun')}
        columns={columns}
        defaultColumns={defaultColumns}
        initialSort={{ field: 'occurredAtMs', direction: 'desc' }}
        filters={filters}
        withSearch={false}
        withSelection={false}
        onOpen={(row) => {
          const path = whomOf(row);
          if (path === null) showDone(t('interactions.nobody'));
          else navigate(path);
        }}
        viewActions={() => (
          <Select
            size="xs"
            w={190}
            aria-label={t('interactions.kind')}
            placeholder={t('interactions.allKinds')}
            data={interactionKinds.map((value) => ({ value, label: choiceLabel(value) }))}
            value={kind}
            clearable
            clearButtonProps={{ 'aria-label': t('interactions.showAll') }}
            onChange={showKind}
          />
        )}
        empty={
          kind === null
            ? {
                icon: Activity,
                title: t('interactions.emptyTitle'),
                body: t('interactions.emptyBody'),
                action: (
                  <Button variant="default" onClick={() => navigate('/imports/new')}>
                    {t('interactions.toImport')}
                  </Button>
                ),
              }
            : {
                icon: Activity,
                title: t('interactions.emptyKind'),
                body: t('interactions.emptyKindBody'),
                action: (
                  <Button variant="default" onClick={() => showKind(null)}>
                    {t('interactions.showAll')}
                  </Button>
                ),
              }
        }
      />
    </Page>
  );
}
