/** What came of a campaign: leads, what they became, and what each cost. */
import { Text } from '@mantine/core';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import type { RowNode } from '../../../shared/rules/segment/schema.ts';
import { useList } from '../../app/list-calls.ts';
import { t } from '../../i18n/index.ts';
import { formatMoney, formatNumber } from '../../ui/format.ts';
import { Section } from '../../ui/page.tsx';
import { ValueList } from '../../ui/value-list.tsx';
import { type Cost, costOf, costPer } from './campaign-cost.ts';

const is = (field: string, value: string): RowNode => ({ kind: 'row', field, operator: 'is', values: [value] });

/** How many of a campaign's records have the status; null while it is asked. */
function useCount(entity: 'lead' | 'opportunity', campaignId: string, status?: string): number | null {
  const filters = [is('campaignId', campaignId), ...(status === undefined ? [] : [is('status', status)])];
  return useList(entity, { limit: 1, filters }, { keep: true }).data?.total ?? null;
}

const counted = (count: number | null): string => (count === null ? '…' : formatNumber(count));
const priced = (cost: Cost | null): string | null => (cost === null ? null : formatMoney(cost.amount, cost.currency));

export function CampaignResults({ campaign }: { readonly campaign: EntityRecord<'campaign'> }) {
  const { id } = campaign;
  const leads = useCount('lead', id);
  const qualified = useCount('lead', id, 'qualified');
  const opportunities = useCount('opportunity', id);
  const won = useCount('opportunity', id, 'won');
  const events = useList('event', { limit: 500, filters: [is('campaignId', id)] }, { keep: true });
  const cost = costOf(campaign, events.data?.rows ?? []);
  const known = cost === 'mixed' ? null : cost;
  return (
    <Section title={t('campaigns.results')} hint={t('campaigns.resultsHint')}>
      <ValueList
        items={[
          { name: t('campaigns.leadsAll'), value: counted(leads) },
          { name: t('campaigns.leadsQualified'), value: counted(qualified) },
          { name: t('campaigns.opportunitiesAll'), value: counted(opportunities) },
          { name: t('campaigns.opportunitiesWon'), value: counted(won) },
          { name: t('campaigns.costAll'), value: priced(known) },
          { name: t('campaigns.costPerLead'), value: known && priced(costPer(known, leads ?? 0)) },
          { name: t('campaigns.costPerWon'), value: known && priced(costPer(known, won ?? 0)) },
        ]}
      />
      {cost === 'mixed' && (
        <Text size="xs" c="dimmed" mt="xs">
          {t('campaigns.costMixed')}
        </Text>
      )}
    </Section>
  );
}
