/** What a qualified lead became: its opportunity, and how that stands. */
import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { LeadDetail } from '../../../shared/contract/leads.ts';
import { useList } from '../../app/list-calls.ts';
import { recordPath } from '../../app/record-path.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel, fieldLabel } from '../../i18n/words.ts';
import { formatDay, formatNumber } from '../../ui/format.ts';
import { Section } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { ValueList } from '../../ui/value-list.tsx';

function Named({ path, name }: { readonly path: string | null; readonly name: string }) {
  if (path === null) return name;
  return (
    <Anchor component={Link} href={path} inherit>
      {name}
    </Anchor>
  );
}

const statusColor = { open: 'outpost', won: 'teal', lost: 'gray' } as const;

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
                <Text size="sm" fw={600} miw={0} style={{ overflowWrap: 'anywhere' }}>
                  <Named path={recordPath('opportunity', id)} name={name} />
                </Text>
                <Badge flex="none" color={statusColor[status]}>
                  {choiceLabel(status)}
                </Badge>
              </Group>
              <ValueList
                items={[
                  {
                    name: t('leads.convertAmount'),
                    value: amount === null ? null : [formatNumber(amount), currency].filter(Boolean).join(' '),
                  },
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
