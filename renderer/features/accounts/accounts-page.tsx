/** All accounts. */
import { Button } from '@mantine/core';
import { Building2, Plus } from 'lucide-react';
import { useLocation } from 'wouter';
import type { ListViewId } from '../../../shared/contract/records.ts';
import { t } from '../../i18n/index.ts';
import { Page } from '../../ui/page.tsx';
import { RecordTable } from '../../ui/record-table.tsx';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';

const views: readonly ListViewId[] = ['all', 'mine', 'withoutContact', 'bin'];
const defaultColumns = ['label', 'kind', 'industry', 'employees', 'website', 'phone', 'ownerId', 'updatedAtMs'];

export function AccountsPage() {
  const [, navigate] = useLocation();
  const create = () => navigate('/accounts/new');
  useShortcuts([{ keys: 'n', label: t('accounts.new'), run: create }]);
  return (
    <Page
      title={t('accounts.title')}
      icon={Building2}
      fill
      actions={
        <ShortcutTooltip label={t('accounts.new')} keys="n">
          <Button leftSection={<Plus size={15} aria-hidden />} onClick={create}>
            {t('accounts.new')}
          </Button>
        </ShortcutTooltip>
      }
    >
      <RecordTable
        entity="account"
        storageKey="accounts"
        noun={t('accounts.noun')}
        defaultColumns={defaultColumns}
        views={views}
        onOpen={(row) => navigate(`/accounts/${row.id}`)}
        empty={{
          icon: Building2,
          title: t('accounts.emptyTitle'),
          body: t('accounts.emptyBody'),
          action: (
            <>
              <Button variant="default" onClick={() => navigate('/imports/new')}>
                {t('nav.importFile')}
              </Button>
              <Button variant="default" onClick={create}>
                {t('accounts.new')}
              </Button>
            </>
          ),
        }}
      />
    </Page>
  );
}
