/** The records that one belongs to, from what it began with to who gets the credit, each with a line that tells which. */
import { Anchor, Badge, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { recordPath } from '../app/record-path.ts';
import { useCall } from '../app/use-call.ts';
import { t } from '../i18n/index.ts';
import { choiceLabel, fieldLabel } from '../i18n/words.ts';
import { formatDay, formatMoney } from './format.ts';
import classes from './related-list.module.css';

type Links = {
  readonly leadId?: string | null;
  readonly contactId?: string | null;
  readonly accountId?: string | null;
  readonly campaignId?: string | null;
};

type ItemProps = {
  readonly entity: 'lead' | 'contact' | 'account' | 'campaign';
  readonly record: { readonly id: string; readonly label: string; readonly deletedAtMs: number | null } | undefined;
  readonly details?: readonly (string | null | undefined)[];
  readonly badge?: ReactNode;
};

export function LinkedRecords({ leadId = null, contactId = null, accountId = null, campaignId = null }: Links) {
  return (
    <ul className={classes.list}>
      {leadId !== null && <LinkedLead id={leadId} />}
      {contactId !== null && <LinkedContact id={contactId} />}
      {accountId !== null && <LinkedAccount id={accountId} />}
      {campaignId !== null && <LinkedCampaign id={campaignId} />}
    </ul>
  );
}

function Item({ entity, record, details = [], badge }: ItemProps) {
  const detail = details.filter(Boolean).join(' · ');
  return (
    <li className={classes.item}>
      <Text size="xs" c="dimmed">
        {choiceLabel(entity)}
      </Text>
      {record !== undefined && (
        <>
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <Anchor component={Link} href={recordPath(entity, record.id) ?? '/'} size="sm" fw={500} truncate>
              {record.label}
            </Anchor>
            {record.deletedAtMs === null ? (
              badge
            ) : (
              <Badge flex="none" color="red">
                {t('contacts.inBin')}
              </Badge>
            )}
          </Group>
          {detail !== '' && (
            <Text size="xs" c="dimmed" truncate>
              {detail}
            </Text>
          )}
        </>
      )}
    </li>
  );
}

function LinkedLead({ id }: { readonly id: string }) {
  const { data } = useCall('leads.get', { id });
  return (
    <Item
      entity="lead"
      record={data}
      details={[
        data?.source == null ? null : choiceLabel(data.source),
        data?.labels['eventId'],
        data?.stage == null ? null : choiceLabel(data.stage),
        data?.score == null ? null : `${fieldLabel('score')} ${data.score}`,
      ]}
      badge={
        data && (
          <Badge flex="none" color="gray">
            {choiceLabel(data.status)}
          </Badge>
        )
      }
    />
  );
}

function LinkedContact({ id }: { readonly id: string }) {
  const { data } = useCall('contacts.get', { id });
  return (
    <Item
      entity="contact"
      record={data}
      details={[data?.jobTitle, data?.company, data?.email, data?.phone]}
      badge={
        data?.role == null ? null : (
          <Badge flex="none" color="gray">
            {choiceLabel(data.role)}
          </Badge>
        )
      }
    />
  );
}

function LinkedAccount({ id }: { readonly id: string }) {
  const { data } = useCall('accounts.get', { id });
  return (
    <Item
      entity="account"
      record={data}
      details={[data?.industry, data?.website]}
      badge={
        data && (
          <Badge flex="none" color="gray">
            {choiceLabel(data.kind)}
          </Badge>
        )
      }
    />
  );
}

function LinkedCampaign({ id }: { readonly id: string }) {
  const { data } = useCall('campaigns.get', { id });
  return (
    <Item
      entity="campaign"
      record={data}
      details={[
        data?.kind,
        [data?.startsOn, data?.endsOn]
          .filter((day) => day != null)
          .map(formatDay)
          .join(' – '),
        data === undefined ? null : formatMoney(data.cost, data.currency),
      ]}
    />
  );
}
