/** What stands around a contact: leads, opportunities, registrations and check-ins. */
import { Anchor, Badge, Button, Text } from '@mantine/core';
import { Handshake, MapPinCheck, Target, Ticket } from 'lucide-react';
import { Link } from 'wouter';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { formatDay, formatInstant, formatInstantDay, formatMoney, formatTime } from '../../ui/format.ts';
import { RelatedList } from '../../ui/related-list.tsx';
import { TabPart } from '../../ui/side-tabs.tsx';
import { LeadBadge } from '../leads/interested-leads.tsx';
import { OpportunityBadge } from '../opportunities/opportunity-badge.tsx';

type Props = { readonly id: string };

export function ContactLeads({ id }: Props) {
  return (
    <RelatedList
      entity="lead"
      where={{ field: 'contactId', id }}
      renderDetail={(lead) =>
        [choiceLabel(lead.stage ?? ''), lead.source === null ? null : choiceLabel(lead.source), lead.labels['eventId']]
          .filter(Boolean)
          .join(' · ')
      }
      renderBadge={(lead) => <LeadBadge {...lead} />}
      empty={{
        icon: Target,
        title: t('contacts.leadsNone'),
        body: t('contacts.leadsNoneHint'),
      }}
    />
  );
}

export function ContactOpportunities({ id }: Props) {
  return (
    <RelatedList
      entity="opportunity"
      where={{ field: 'contactId', id }}
      renderDetail={({ amount, currency, closeDate, labels, lostReason }) =>
        [
          formatMoney(amount, currency),
          closeDate === null ? null : formatDay(closeDate),
          labels['campaignId'],
          labels['ownerId'],
          lostReason,
        ]
          .filter(Boolean)
          .join(' · ')
      }
      renderBadge={({ status }) => <OpportunityBadge status={status} />}
      empty={{
        icon: Handshake,
        title: t('contacts.opportunitiesNone'),
        body: t('contacts.opportunitiesNoneHint'),
      }}
    />
  );
}

/** Who registered, and who came: where neither is known, the way to import it. */
export function ContactEvents({ id, count }: Props & { readonly count: number }) {
  if (count === 0) {
    return (
      <RelatedList
        entity="registration"
        where={{ field: 'contactId', id }}
        empty={{
          icon: Ticket,
          title: t('contacts.eventsNone'),
          body: t('contacts.eventsNoneHint'),
          action: (
            <Button component={Link} href="/imports/new" variant="default">
              {t('nav.importFile')}
            </Button>
          ),
        }}
      />
    );
  }
  return (
    <>
      <TabPart title={t('contacts.registrations')}>
        <RelatedList
          entity="registration"
          where={{ field: 'contactId', id }}
          renderTitle={({ eventId, labels }) => <EventLink id={eventId} name={labels['eventId']} />}
          renderDetail={({ registeredAtMs, role, ticketType }) =>
            [registeredAtMs === null ? null : formatInstantDay(registeredAtMs), role, ticketType]
              .filter(Boolean)
              .join(' · ')
          }
          renderBadge={({ status }) => (
            <Badge flex="none" color={status === 'attended' ? 'teal' : 'gray'}>
              {choiceLabel(status)}
            </Badge>
          )}
          empty={{ icon: Ticket, title: t('contacts.registrationsNone'), isSmall: true }}
        />
      </TabPart>
      <TabPart title={t('contacts.checkIns')}>
        <RelatedList
          entity="checkIn"
          where={{ field: 'contactId', id }}
          renderTitle={({ eventId, labels }) => <EventLink id={eventId} name={labels['eventId']} />}
          renderDetail={({ inAtMs, outAtMs, session }) =>
            [
              session,
              inAtMs === null ? null : formatInstant(inAtMs),
              outAtMs === null ? null : t('contacts.until', { time: formatTime(outAtMs) }),
            ]
              .filter(Boolean)
              .join(' · ')
          }
          empty={{ icon: MapPinCheck, title: t('contacts.checkInsNone'), isSmall: true }}
        />
      </TabPart>
    </>
  );
}

function EventLink({ id, name }: { readonly id: string; readonly name: string | undefined }) {
  if (name === undefined) return <Text size="sm">–</Text>;
  return (
    <Anchor component={Link} href={`/events/${id}`} size="sm" fw={500} truncate>
      {name}
    </Anchor>
  );
}
