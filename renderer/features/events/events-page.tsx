/** All events. */
import { CalendarDays } from 'lucide-react';
import type { ListViewId } from '../../../shared/contract/records.ts';
import { countryName } from '../../ui/countries.ts';
import { FieldValue } from '../../ui/field-value.tsx';
import type { ColumnSpec } from '../../ui/record-columns.tsx';
import { RecordListPage } from '../../ui/record-list-page.tsx';

const views: readonly ListViewId[] = ['all', 'bin'];
const defaultColumns = ['label', 'startsOn', 'endsOn', 'venue', 'city', 'country', 'updatedAtMs'];

const columns: readonly ColumnSpec<'event'>[] = [
  {
    id: 'country',
    render: ({ country }) => (
      <FieldValue field={{ kind: 'text' }} value={country === null ? null : countryName(country)} />
    ),
  },
];

export function EventsPage() {
  return (
    <RecordListPage
      entity="event"
      icon={CalendarDays}
      columns={columns}
      defaultColumns={defaultColumns}
      views={views}
    />
  );
}
