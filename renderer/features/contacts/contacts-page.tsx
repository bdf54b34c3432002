/** All contacts: views by role, search by part of any word, columns by choice. */
import { UsersRound } from 'lucide-react';
import type { ListViewId } from '../../../shared/contract/records.ts';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { RecordListPage } from '../../ui/record-list-page.tsx';

const views: readonly ListViewId[] = ['all', 'mine', 'sales', 'marketingOnly', 'bin'];
const defaultColumns = ['label', 'company', 'jobTitle', 'email', 'phone', 'role', 'consentLevel', 'updatedAtMs'];

export function ContactsPage() {
  const session = useCall('session.get', {});
  // sellers start without marketing-only contacts; a convenience, not a lock
  const role = session.data?.role;
  if (role === undefined && session.isPending) return null;
  return (
    <RecordListPage
      entity="contact"
      icon={UsersRound}
      source={{ label: t('nav.importFile'), path: '/imports/new' }}
      initialView={role === 'seller' ? 'sales' : 'all'}
      defaultColumns={defaultColumns}
      views={views}
    />
  );
}
