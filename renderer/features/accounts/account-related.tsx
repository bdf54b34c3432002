/** What stands around an account: its people, the interests of the whole company, what it belongs together with. */
import { Anchor, Badge, Button, Group, Table, Text } from '@mantine/core';
import { Activity, Building2, Handshake, Target, UsersRound } from 'lucide-react';
import { Link } from 'wouter';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatDay, formatInstant, formatInstantDay, formatMoney, formatNumber } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { RelatedList, RelatedRows } from '../../ui/related-list.tsx';
import { LeadBadge } from '../leads/interested-leads.tsx';
import { OpportunityBadge } from '../opportunities/opportunity-badge.tsx';
import classes from './accounts.module.css';

type Props = { readonly id: string };

export function AccountContacts({ id }: Props) {
  return (
    <RelatedList
      entity="contact"
      where={{ field: 'accountId', id }}
      renderDetail={(contact) => [contact.jobTitle, contact.email].filter(Boolean).join(' · ')}
      renderBadge={(contact) =>
        contact.role !== null && (
          <Badge flex="none" color="gray">
            {choiceLabel(contact.role)}
          </Badge>
        )
      }
      empty={{
        icon: UsersRound,
        title: t('accounts.contactsNone'),
        body: t('accounts.contactsNoneHint'),
        action: (
          <Button component={Link} href="/contacts/new" variant="default">
            {t('contacts.new')}
          </Button>
        ),
      }}
    />
  );
}

/** Of the company and of its people: open ones first. */
export function AccountLeads({ id }: Props) {
  const query = useCall('accounts.interests', { id });
  return (
    <QueryGate query={query}>
      {({ leads, leadTotal }) => (
        <RelatedRows
          entity="lead"
          rows={leads}
          total={leadTotal}
          renderDetail={(lead) =>
            [
              lead.labels['contactId'] ?? t('accounts.ofTheCompany'),
              choiceLabel(lead.stage ?? ''),
              lead.labels['eventId'] ?? lead.labels['campaignId'],
              formatInstantDay(lead.createdAtMs),
            ]
              .filter(Boolean)
              .join(' · ')
          }
          renderBadge={(lead) => <LeadBadge {...lead} />}
          empty={{ icon: Target, title: t('accounts.leadsNone'), body: t('accounts.leadsNoneHint') }}
        />
      )}
    </QueryGate>
  );
}

export function AccountOpportunities({ id }: Props) {
  const query = useCall('accounts.interests', { id });
  return (
    <QueryGate query={query}>
      {({ opportunities, opportunityTotal }) => (
        <RelatedRows
          entity="opportunity"
          rows={opportunities}
          total={opportunityTotal}
          renderDetail={({ amount, currency, closeDate, labels }) =>
            [
              formatMoney(amount, currency),
              closeDate === null ? null : formatDay(closeDate),
              labels['contactId'],
              labels['ownerId'],
            ]
              .filter(Boolean)
              .join(' · ')
          }
          renderBadge={({ status }) => <OpportunityBadge status={status} />}
          empty={{
            icon: Handshake,
            title: t('accounts.opportunitiesNone'),
            body: t('accounts.opportunitiesNoneHint'),
          }}
        />
      )}
    </QueryGate>
  );
}

export function ChildAccounts({ id }: Props) {
  return (
    <RelatedList
      entity="account"
      where={{ field: 'parentAccountId', id }}
      renderDetail={({ industry, website }) => [industry, website].filter(Boolean).join(' · ')}
      renderBadge={({ kind }) => (
        <Badge flex="none" color="gray">
          {choiceLabel(kind)}
        </Badge>
      )}
      empty={{ icon: Building2, title: t('accounts.childrenNone'), body: t('accounts.childrenNoneHint') }}
    />
  );
}

/** What all its people did, added up. */
export function AccountActivity({ id }: Props) {
  const query = useCall('accounts.activity', { id });
  return (
    <QueryGate query={query}>
      {({ kinds, lastSeen, lastSeenAtMs, total }) =>
        kinds.length === 0 || lastSeenAtMs === null ? (
          <EmptyState icon={Activity} title={t('accounts.activityNone')} body={t('accounts.activityNoneHint')} />
        ) : (
          <>
            <Group gap={6} my="xs">
              <Text size="sm">{t('accounts.lastSeen', { when: formatInstant(lastSeenAtMs) })}</Text>
              {lastSeen !== null && (
                <Anchor component={Link} href={`/contacts/${lastSeen.id}`} size="sm">
                  {lastSeen.label}
                </Anchor>
              )}
            </Group>
            <Table className={classes.activity}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('accounts.activityKind')}</Table.Th>
                  <Table.Th data-right>{t('accounts.activityCount')}</Table.Th>
                  <Table.Th data-right>{t('accounts.activityPeople')}</Table.Th>
                  <Table.Th data-right>{t('accounts.activityLast')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {kinds.map(({ kind, count, contacts, lastAtMs }) => (
                  <Table.Tr key={kind}>
                    <Table.Td>{choiceLabel(kind)}</Table.Td>
                    <Table.Td data-right>{formatNumber(count)}</Table.Td>
                    <Table.Td data-right>{formatNumber(contacts)}</Table.Td>
                    <Table.Td data-right>{formatInstantDay(lastAtMs)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
              <Table.Tfoot>
                <Table.Tr>
                  <Table.Th>{t('accounts.activityTotal')}</Table.Th>
                  <Table.Th data-right>{formatNumber(total)}</Table.Th>
                  <Table.Th />
                  <Table.Th />
                </Table.Tr>
              </Table.Tfoot>
            </Table>
          </>
        )
      }
    </QueryGate>
  );
}
