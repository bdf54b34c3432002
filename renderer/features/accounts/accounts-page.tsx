/** All accounts. */
import { Building2 } from 'lucide-react';
import type { ListViewId } from '../../../shared/contract/records.ts';
import { t } from '../../i18n/index.ts';
import { RecordListPage } from '../../ui/record-list-page.tsx';

const views: readonly ListViewId[] = ['all', 'mine', 'withoutContact', 'bin'];
const defaultColumns = ['label', 'kind', 'industry', 'employees', 'website', 'phone', 'ownerId', 'updatedAtMs'];

export function AccountsPage() {
  return (
    <RecordListPage
      entity="account"
      icon={Building2}
      source={{ label: t('nav.importFile'), path: '/imports/new' }}
      defaultColumns={defaultColumns}
      views={views}
    />
  );
}
