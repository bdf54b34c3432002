/** This lead beside the other open leads of its person: the same fields in rows, so that two interests are told apart. */
import { Anchor, Badge, Text } from '@mantine/core';
import { Target } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { LeadDetail } from '../../../shared/contract/leads.ts';
import type { LeadRecord } from '../../../shared/model/entities.ts';
import { useList } from '../../app/list-calls.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel, fieldLabel } from '../../i18n/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatInstantDay, formatNumber } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import classes from './leads.module.css';

const choiceOrNull = (value: string | null): string | null => (value === null ? null : choiceLabel(value));

/** What tells leads apart; a row that says nothing of any of them is left out. */
const rowsOf = (
  stageName: (id: string | null) => string,
): readonly (readonly [string, (lead: LeadRecord) => ReactNode])[] => [
  ['stage', ({ stage }) => stageName(stage)],
  ['score', ({ score, grade }) => (score === null ? null : [formatNumber(score), grade].filter(Boolean).join(' · '))],
  ['source', ({ source, sourceDetail }) => choiceOrNull(source) ?? sourceDetail],
  ['eventId', ({ labels }) => labels['eventId']],
  ['campaignId', ({ labels }) => labels['campaignId']],
  ['rating', ({ rating }) => choiceOrNull(rating)],
  ['ownerId', ({ labels }) => labels['ownerId']],
  ['purchaseNeed', ({ purchaseNeed }) => choiceOrNull(purchaseNeed)],
  ['purchaseTimeFrame', ({ purchaseTimeFrame }) => choiceOrNull(purchaseTimeFrame)],
  ['budgetAmount', ({ budgetAmount }) => (budgetAmount === null ? null : formatNumber(budgetAmount))],
  ['company', ({ company }) => company],
  ['createdAtMs', ({ createdAtMs }) => formatInstantDay(createdAtMs)],
];

export function SideBySide({ detail }: { readonly detail: LeadDetail }) {
  const { lead, process } = detail;
  const others = useList(
    'lead',
    {
      limit: 20,
      view: 'open',
      filters: [{ kind: 'row', field: 'contactId', operator: 'is', values: [lead.contactId ?? ''] }],
    },
    { enabled: lead.contactId !== null },
  );
  const none = <EmptyState icon={Target} title={t('leads.siblingsNone')} body={t('leads.siblingsNoneHint')} />;
  if (lead.contactId === null) return none;
  const stageName = (id: string | null) =>
    process.definition.stages.find((stage) => stage.id === id)?.name ?? choiceLabel(id ?? '');
  return (
    <QueryGate query={others}>
      {({ rows }) => {
        const leads = [lead, ...rows.filter(({ id }) => id !== lead.id)];
        if (leads.length === 1) return none;
        const shown = rowsOf(stageName).filter(([, valueOf]) => leads.some((each) => valueOf(each)));
        return (
          // a keyboard scrolls it sideways
          <div className={classes.beside} tabIndex={0} role="region" aria-label={t('leads.siblings')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('leads.besideWhat')}</th>
                  {leads.map((each) => (
                    <th key={each.id} scope="col" data-this={each.id === lead.id || undefined}>
                      {each.id === lead.id ? (
                        <Text size="sm" fw={600}>
                          {each.topic}
                        </Text>
                      ) : (
                        <Anchor component={Link} href={`/leads/${each.id}`} size="sm" fw={600}>
                          {each.topic}
                        </Anchor>
                      )}
                      {each.id === lead.id && <Badge color="gray">{t('leads.thisLead')}</Badge>}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {shown.map(([name, valueOf]) => (
                  <tr key={name}>
                    <th scope="row">{fieldLabel(name)}</th>
                    {leads.map((each) => (
                      <td key={each.id} data-this={each.id === lead.id || undefined}>
                        {valueOf(each) || '–'}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        );
      }}
    </QueryGate>
  );
}
