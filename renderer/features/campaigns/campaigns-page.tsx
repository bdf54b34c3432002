/** All campaigns. */
import { Megaphone } from 'lucide-react';
import type { ListViewId } from '../../../shared/contract/records.ts';
import { FieldValue } from '../../ui/field-value.tsx';
import { formatMoney } from '../../ui/format.ts';
import { RecordListPage } from '../../ui/record-list-page.tsx';
import { type ColumnSpec } from '../../ui/record-table.tsx';

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
  return (
    <RecordListPage
      entity="campaign"
      icon={Megaphone}
      columns={columns}
      defaultColumns={defaultColumns}
      views={views}
    />
  );
}
