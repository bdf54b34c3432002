/** All subscription lists, with how many are on each. */
import { Button } from '@mantine/core';
import { Mails, Plus } from 'lucide-react';
import { useLocation } from 'wouter';
import type { ListViewId } from '../../../shared/contract/records.ts';
import { t } from '../../i18n/index.ts';
import { formatNumber } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { type ColumnSpec, RecordTable } from '../../ui/record-table.tsx';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';
import { useMemberCount } from './use-membership.ts';

const views: readonly ListViewId[] = ['all', 'bin'];
const defaultColumns = ['label', 'members', 'description', 'updatedAtMs'];

function MemberCount({ listId }: { readonly listId: string }) {
  const count = useMemberCount(listId);
  return count === null ? null : formatNumber(count);
}

export function ListsPage() {
  const [, navigate] = useLocation();
  const create = () => navigate('/lists/new');
  useShortcuts([{ keys: 'n', label: t('lists.new'), run: create }]);
  const columns: readonly ColumnSpec<'subscriptionList'>[] = [
    {
      id: 'members',
      header: t('lists.members'),
      width: 110,
      align: 'right',
      render: ({ id }) => <MemberCount listId={id} />,
    },
  ];
  return (
    <Page
      title={t('lists.title')}
      icon={Mails}
      fill
      actions={
        <ShortcutTooltip label={t('lists.new')} keys="n">
          <Button leftSection={<Plus size={15} aria-hidden />} onClick={create}>
            {t('lists.new')}
          </Button>
        </ShortcutTooltip>
      }
    >
      <RecordTable
        entity="subscriptionList"
        storageKey="lists"
        noun={t('lists.noun')}
        columns={columns}
        defaultColumns={defaultColumns}
        views={views}
        onOpen={({ id }) => navigate(`/lists/${id}`)}
        empty={{
          icon: Mails,
          title: t('lists.emptyTitle'),
          body: t('lists.emptyBody'),
          action: (
            <Button variant="default" onClick={create}>
              {t('lists.new')}
            </Button>
          ),
        }}
      />
    </Page>
  );
}
