/** All opportunities, the open ones first: what may still be won. */
import { Handshake } from 'lucide-react';
import type { ListViewId } from '../../../shared/contract/records.ts';
import { t } from '../../i18n/index.ts';
import { FieldValue } from '../../ui/field-value.tsx';
import { formatMoney } from '../../ui/format.ts';
import { RecordListPage } from '../../ui/record-list-page.tsx';
import { type ColumnSpec } from '../../ui/record-table.tsx';
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
  return (
    <RecordListPage
      entity="opportunity"
      icon={Handshake}
      columns={columns}
      source={{ label: t('opportunities.toLeads'), path: '/leads' }}
      defaultColumns={defaultColumns}
      views={views}
    />
  );
}
