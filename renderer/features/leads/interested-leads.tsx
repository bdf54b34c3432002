/** Leads in something (a campaign, a product), the last changed first, each with how it stands. */
import { Badge } from '@mantine/core';
import type { ComponentProps } from 'react';
import type { LeadRecord } from '../../../shared/model/entities.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { RelatedList } from '../../ui/related-list.tsx';

type ListProps = ComponentProps<typeof RelatedList<'lead'>>;

/** Its score while it is open, what became of it after. */
export function LeadBadge({ status, score, salesReady }: Pick<LeadRecord, 'status' | 'score' | 'salesReady'>) {
  if (status !== 'open') {
    return (
      <Badge flex="none" color={status === 'qualified' ? 'teal' : 'gray'}>
        {choiceLabel(status)}
      </Badge>
    );
  }
  if (score === null) return null;
  return (
    <Badge flex="none" color={salesReady ? 'teal' : 'gray'}>
      {t('contacts.score', { score })}
    </Badge>
  );
}

export function InterestedLeads({ where, empty }: Pick<ListProps, 'where' | 'empty'>) {
  return (
    <RelatedList
      entity="lead"
      where={where}
      sort={{ field: 'updatedAtMs', direction: 'desc' }}
      renderDetail={({ company, stage }) => [company, choiceLabel(stage ?? '')].filter(Boolean).join(' · ')}
      renderBadge={(lead) => <LeadBadge {...lead} />}
      empty={empty}
    />
  );
}
