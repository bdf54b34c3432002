/** All opportunities, the open ones first: what may still be won. */
import { Button } from '@mantine/core';
import { Handshake, Plus } from 'lucide-react';
import { useLocation } from 'wouter';
import type { ListViewId } from '../../../shared/contract/records.ts';
import { t } from '../../i18n/index.ts';
import { FieldValue } from '../../ui/field-value.tsx';
import { formatMoney } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { type ColumnSpec, RecordTable } from '../../ui/record-table.tsx';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';
import { OpportunityBadge } from './opportunity-badge.tsx';

const views: readonly ListViewId[] = ['open', 'mine', 'all', 'bin'];
const defaultColumns = ['label', 'status', 'amount', 'closeDate', 'accountId', 'contactId', 'campaignId', 'ownerId'];

const columns: readonly ColumnSpec<'opportunity'>[] = [
  { id: 'label', width: 240, render: ({ label }) => label },
  { id: 'status', width: 130, render: ({ status }) => <OpportunityBadge status={status} /> },
  {
    id: 'amount',
    width: 130,
    align: 'right',
    render: ({ amount, currency }) => <FieldValue field={{ kind: 'text' }} value={formatMoney(amount, currency)} />,
  },
];

export function OpportunitiesPage() {
  const [, navigate] = useLocation();
  const create = () => navigate('/opportunities/new');
  useShortcuts([{ keys: 'n', label: t('opportunities.new'), run: create }]);
  return (
    <Page
      title={t('opportunities.title')}
      icon={Handshake}
      fill
      actions={
        <ShortcutTooltip label={t('opportunities.new')} keys="n">
          <Button leftSection={<Plus size={15} aria-hidden />} onClick={create}>
            {t('opportunities.new')}
          </Button>
        </ShortcutTooltip>
      }
    >
      <RecordTable
        entity="opportunity"
        storageKey="opportunities"
        noun={t('opportunities.noun')}
        columns={columns}
        defaultColumns={defaultColumns}
        views={views}
        onOpen={({ id }) => navigate(`/opportunities/${id}`)}
        empty={{
          icon: Handshake,
          title: t('opportunities.emptyTitle'),
          body: t('opportunities.emptyBody'),
          action: (
            <>
              <Button variant="default" onClick={() => navigate('/leads')}>
                {t('opportunities.toLeads')}
              </Button>
              <Button variant="default" onClick={create}>
                {t('opportunities.new')}
              </Button>
            </>
          ),
        }}
      />
    </Page>
  );
}
