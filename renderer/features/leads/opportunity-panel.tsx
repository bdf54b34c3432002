/** What a qualified lead became: its opportunity, and how that stands. */
import { Anchor, Group } from '@mantine/core';
import { Link } from 'wouter';
import type { LeadDetail } from '../../../shared/contract/leads.ts';
import { useList } from '../../app/list-calls.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel, fieldLabel } from '../../i18n/words.ts';
import { formatDay, formatMoney } from '../../ui/format.ts';
import { Section } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { ValueList } from '../../ui/value-list.tsx';
import { OpportunityBadge } from '../opportunities/opportunity-badge.tsx';

export function OpportunityPanel({ lead }: { readonly lead: LeadDetail['lead'] }) {
  const found = useList('opportunity', {
    limit: 20,
    filters: [{ kind: 'row', field: 'leadId', operator: 'is', values: [lead.id] }],
  });
  return (
    <QueryGate query={found} lines={2}>
      {({ rows }) => (
        <>
          {rows.map(({ id, name, status, amount, currency, closeDate, lostReason, labels }) => (
            <Section key={id} title={choiceLabel('opportunity')}>
              <Group gap="xs" mb={4} wrap="nowrap" align="flex-start" justify="space-between">
                <Anchor
                  component={Link}
                  href={`/opportunities/${id}`}
                  size="sm"
                  fw={600}
                  miw={0}
                  style={{ overflowWrap: 'anywhere' }}
                >
                  {name}
                </Anchor>
                <OpportunityBadge status={status} />
              </Group>
              <ValueList
                items={[
                  { name: t('leads.convertAmount'), value: formatMoney(amount, currency) },
                  { name: t('leads.convertClose'), value: closeDate === null ? null : formatDay(closeDate) },
                  { name: fieldLabel('ownerId'), value: labels['ownerId'] },
                  { name: fieldLabel('lostReason'), value: lostReason },
                ]}
              />
            </Section>
          ))}
        </>
      )}
    </QueryGate>
  );
}
