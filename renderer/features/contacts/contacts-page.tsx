/** All contacts: views by role, search by part of any word, columns by choice. */
import { Button } from '@mantine/core';
import { Plus, UsersRound } from 'lucide-react';
import { useLocation } from 'wouter';
import type { ListViewId } from '../../../shared/contract/records.ts';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { Page } from '../../ui/page.tsx';
import { type ColumnSpec, RecordTable } from '../../ui/record-table.tsx';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';

const views: readonly ListViewId[] = ['all', 'mine', 'sales', 'marketingOnly', 'bin'];
const defaultColumns = ['label', 'company', 'jobTitle', 'email', 'phone', 'role', 'consentLevel', 'updatedAtMs'];
const columns: readonly ColumnSpec<'contact'>[] = [];

export function ContactsPage() {
  const [, navigate] = useLocation();
  const session = useCall('session.get', {});
  const create = () => navigate('/contacts/new');
  useShortcuts([{ keys: 'n', label: t('contacts.new'), run: create }]);
  // sellers start without marketing-only contacts; a convenience, not a lock
  const role = session.data?.role;
  if (role === undefined && session.isPending) return null;
  const newButton = (
    <ShortcutTooltip label={t('contacts.new')} keys="n">
      <Button leftSection={<Plus size={15} aria-hidden />} onClick={create}>
        {t('contacts.new')}
      </Button>
    </ShortcutTooltip>
  );
  return (
    <Page title={t('contacts.title')} icon={UsersRound} fill actions={newButton}>
      <RecordTable
        entity="contact"
        storageKey="contacts"
        noun={t('contacts.noun')}
        columns={columns}
        defaultColumns={defaultColumns}
        views={views}
        initialView={role === 'seller' ? 'sales' : 'all'}
        onOpen={(row) => navigate(`/contacts/${row.id}`)}
        empty={{
          icon: UsersRound,
          title: t('contacts.emptyTitle'),
          body: t('contacts.emptyBody'),
          action: (
            <>
              <Button variant="default" onClick={() => navigate('/imports/new')}>
                {t('nav.importFile')}
              </Button>
              <Button variant="default" onClick={create}>
                {t('contacts.new')}
              </Button>
            </>
          ),
        }}
      />
    </Page>
  );
}
