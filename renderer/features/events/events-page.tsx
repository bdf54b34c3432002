/** All events. */
import { Button } from '@mantine/core';
import { CalendarDays, Plus } from 'lucide-react';
import { useLocation } from 'wouter';
import type { ListViewId } from '../../../shared/contract/records.ts';
import { t } from '../../i18n/index.ts';
import { countryName } from '../../ui/countries.ts';
import { FieldValue } from '../../ui/field-value.tsx';
import { Page } from '../../ui/page.tsx';
import type { ColumnSpec } from '../../ui/record-columns.tsx';
import { RecordTable } from '../../ui/record-table.tsx';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';

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
  const [, navigate] = useLocation();
  const create = () => navigate('/events/new');
  useShortcuts([{ keys: 'n', label: t('events.new'), run: create }]);
  const newButton = (
    <ShortcutTooltip label={t('events.new')} keys="n">
      <Button leftSection={<Plus size={15} aria-hidden />} onClick={create}>
        {t('events.new')}
      </Button>
    </ShortcutTooltip>
  );
  return (
    <Page title={t('events.title')} icon={CalendarDays} fill actions={newButton}>
      <RecordTable
        entity="event"
        storageKey="events"
        noun={t('events.noun')}
        columns={columns}
        defaultColumns={defaultColumns}
        views={views}
        onOpen={(row) => navigate(`/events/${row.id}`)}
        empty={{
          icon: CalendarDays,
          title: t('events.emptyTitle'),
          body: t('events.emptyBody'),
          action: (
            <Button variant="default" onClick={create}>
              {t('events.new')}
            </Button>
          ),
        }}
      />
    </Page>
  );
}
