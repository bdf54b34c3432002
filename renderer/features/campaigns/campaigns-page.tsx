/** All campaigns. */
import { Button } from '@mantine/core';
import { Megaphone, Plus } from 'lucide-react';
import { useLocation } from 'wouter';
import type { ListViewId } from '../../../shared/contract/records.ts';
import { t } from '../../i18n/index.ts';
import { FieldValue } from '../../ui/field-value.tsx';
import { formatMoney } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { type ColumnSpec, RecordTable } from '../../ui/record-table.tsx';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';

const views: readonly ListViewId[] = ['all', 'bin'];
const defaultColumns = ['label', 'kind', 'startsOn', 'endsOn', 'cost', 'updatedAtMs'];

const columns: readonly ColumnSpec<'campaign'>[] = [
  {
    id: 'cost',
    width: 130,
    align: 'right',
    render: ({ cost, currency }) => <FieldValue field={{ kind: 'text' }} value={formatMoney(cost, currency)} />,
  },
];

export function CampaignsPage() {
  const [, navigate] = useLocation();
  const create = () => navigate('/campaigns/new');
  useShortcuts([{ keys: 'n', label: t('campaigns.new'), run: create }]);
  return (
    <Page
      title={t('campaigns.title')}
      icon={Megaphone}
      fill
      actions={
        <ShortcutTooltip label={t('campaigns.new')} keys="n">
          <Button leftSection={<Plus size={15} aria-hidden />} onClick={create}>
            {t('campaigns.new')}
          </Button>
        </ShortcutTooltip>
      }
    >
      <RecordTable
        entity="campaign"
        storageKey="campaigns"
        noun={t('campaigns.noun')}
        columns={columns}
        defaultColumns={defaultColumns}
        views={views}
        onOpen={({ id }) => navigate(`/campaigns/${id}`)}
        empty={{
          icon: Megaphone,
          title: t('campaigns.emptyTitle'),
          body: t('campaigns.emptyBody'),
          action: (
            <Button variant="default" onClick={create}>
              {t('campaigns.new')}
            </Button>
          ),
        }}
      />
    </Page>
  );
}
