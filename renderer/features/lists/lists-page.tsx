/** All subscription lists, with how many are on each. */
import { Mails } from 'lucide-react';
import type { ListViewId } from '../../../shared/contract/records.ts';
import { t } from '../../i18n/index.ts';
import { formatNumber } from '../../ui/format.ts';
import { RecordListPage } from '../../ui/record-list-page.tsx';
import { type ColumnSpec } from '../../ui/record-table.tsx';
import { useMemberCount } from './use-membership.ts';

const views: readonly ListViewId[] = ['all', 'bin'];
const defaultColumns = ['label', 'members', 'description', 'updatedAtMs'];

function MemberCount({ listId }: { readonly listId: string }) {
  const count = useMemberCount(listId);
  return count === null ? null : formatNumber(count);
}

const columns: readonly ColumnSpec<'subscriptionList'>[] = [
  {
    id: 'members',
    header: t('lists.members'),
    width: 110,
    align: 'right',
    render: ({ id }) => <MemberCount listId={id} />,
  },
];

export function ListsPage() {
  return (
    <RecordListPage
      entity="subscriptionList"
      icon={Mails}
      columns={columns}
      defaultColumns={defaultColumns}
      views={views}
    />
  );
}
