/** One event: where and when; its capture forms, leads and registrations. */
import { Badge, Button, Group } from '@mantine/core';
import { CalendarDays, ClipboardPen, Plus, Target, Ticket } from 'lucide-react';
import { useMemo } from 'react';
import { Link, useLocation } from 'wouter';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import { useAction, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { FieldInput } from '../../ui/field-input.tsx';
import { formatDay } from '../../ui/format.ts';
import { Section } from '../../ui/page.tsx';
import { FieldGrid } from '../../ui/record-layout.tsx';
import { NewRecordPage, RecordPage, RecordView } from '../../ui/record-page.tsx';
import { RelatedList } from '../../ui/related-list.tsx';
import { MoreFields, MoreFieldsIfAny } from '../custom-fields/more-fields.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
import { LeadBadge } from '../leads/interested-leads.tsx';
import { DropOnPage } from '../notes/drop-on-page.tsx';
import { filesTab, notesTab } from '../notes/kept-tabs.tsx';
import { useAround } from '../notes/use-around.ts';

const fields = [
  'name',
  'campaignId',
  'startsOn',
  'endsOn',
  'venue',
  'city',
  'country',
  'timeZone',
  'capacity',
  'cost',
  'currency',
  'description',
] as const;

type EventRecord = EntityRecord<'event'>;

export function EventPage() {
  return (
    <RecordPage
      entity="event"
      renderNew={() => (
        <NewRecordPage entity="event" icon={CalendarDays} fields={fields}>
          <EventFields labels={{}} />
          <MoreFieldsIfAny of="event" />
        </NewRecordPage>
      )}
    >
      {(event) => <EventView event={event} />}
    </RecordPage>
  );
}

function EventFields({ labels }: { readonly labels: Readonly<Record<string, string>> }) {
  return (
    <Section title={t('events.details')}>
      <FieldGrid>
        {fields
          .filter((name) => name !== 'description')
          .map((name) => (
            <FieldInput key={name} of="event" name={name} refLabel={labels[name]} autoFocus={name === 'name'} />
          ))}
      </FieldGrid>
      <div style={{ marginTop: 10 }}>
        <FieldInput of="event" name="description" />
      </div>
    </Section>
  );
}

function EventView({ event }: { readonly event: EventRecord }) {
  const { id } = event;
  const isInBin = event.deletedAtMs !== null;
  const counts = useAround('event', id);
  const tabs = useMemo(
    () => [
      { id: 'forms', label: t('events.forms'), count: counts['forms'], content: <EventForms event={event} /> },
      { id: 'leads', label: t('events.leads'), count: counts['leads'], content: <EventLeads id={id} /> },
      {
        id: 'registrations',
        label: t('events.registrations'),
        count: counts['registrations'],
        content: <EventRegistrations id={id} />,
      },
      notesTab({ of: 'event', id, isClosed: isInBin }, counts),
      filesTab({ of: 'event', id, isClosed: isInBin }, counts),
      { id: 'history', label: t('history.title'), content: <HistoryPanel entity="event" id={id} /> },
    ],
    [id, event, counts, isInBin],
  );
  const days = [event.startsOn, event.endsOn].filter((day) => day !== null).map(formatDay);
  return (
    <RecordView
      entity="event"
      record={event}
      icon={CalendarDays}
      fields={fields}
      detail={[days.join(' – '), event.venue, event.city].filter(Boolean).join(' · ')}
      tabs={tabs}
    >
      <DropOnPage of="event" id={id} label={event.label} isClosed={isInBin} />
      <EventFields labels={event.labels} />
      <MoreFields of="event" />
    </RecordView>
  );
}

function EventForms({ event }: { readonly event: EventRecord }) {
  const [, navigate] = useLocation();
  const undo = useUndoToast();
  const create = useAction('captureForms.create');
  const make = async () => {
    const result = await create.run({
      values: { name: t('events.formName', { event: event.name }), eventId: event.id },
    });
    if (!result.ok) return;
    undo(t('events.formMade'), result.value.writeId);
    navigate(`/capture/${result.value.id}`);
  };
  return (
    <>
      <Group justify="flex-end" mt={4}>
        <Button
          variant="default"
          leftSection={<Plus size={15} aria-hidden />}
          loading={create.pending}
          onClick={() => void make()}
        >
          {t('events.makeForm')}
        </Button>
      </Group>
      <RelatedList
        entity="captureForm"
        where={{ field: 'eventId', id: event.id }}
        renderBadge={(form) => (
          <Button
            component={Link}
            href={`/capture/${form.id}`}
            variant="light"
            size="compact-sm"
            leftSection={<ClipboardPen size={14} aria-hidden />}
          >
            {t('events.openForm')}
          </Button>
        )}
        empty={{ icon: ClipboardPen, title: t('events.formsNone'), body: t('events.formsNoneHint') }}
      />
    </>
  );
}

function EventLeads({ id }: { readonly id: string }) {
  return (
    <RelatedList
      entity="lead"
      where={{ field: 'eventId', id }}
      renderDetail={(lead) => [lead.company, choiceLabel(lead.stage ?? '')].filter(Boolean).join(' · ')}
      renderBadge={(lead) => <LeadBadge {...lead} />}
      empty={{ icon: Target, title: t('events.leadsNone'), body: t('events.leadsNoneHint') }}
    />
  );
}

function EventRegistrations({ id }: { readonly id: string }) {
  return (
    <RelatedList
      entity="registration"
      where={{ field: 'eventId', id }}
      renderDetail={(row) => [row.labels['contactId'], row.ticketType].filter(Boolean).join(' · ')}
      renderBadge={(row) => <Badge color="gray">{choiceLabel(row.status)}</Badge>}
      empty={{ icon: Ticket, title: t('events.registrationsNone'), body: t('events.registrationsNoneHint') }}
    />
  );
}
