/** One campaign: what it cost and when; its events, leads and opportunities, and what each result cost. */
import { CalendarDays, Handshake, Megaphone, Target } from 'lucide-react';
import { useMemo } from 'react';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import { t } from '../../i18n/index.ts';
import { FieldInput } from '../../ui/field-input.tsx';
import { formatDay, formatMoney } from '../../ui/format.ts';
import { Section } from '../../ui/page.tsx';
import { FieldGrid } from '../../ui/record-layout.tsx';
import { NewRecordPage, RecordPage, RecordView } from '../../ui/record-page.tsx';
import { RelatedList } from '../../ui/related-list.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
import { InterestedLeads } from '../leads/interested-leads.tsx';
import { OpportunityBadge } from '../opportunities/opportunity-badge.tsx';
import { CampaignResults } from './campaign-results.tsx';

const shortFields = ['name', 'kind', 'startsOn', 'endsOn', 'cost', 'currency'] as const;
const fields: readonly string[] = [...shortFields, 'description'];

export function CampaignPage() {
  return (
    <RecordPage
      entity="campaign"
      renderNew={() => (
        <NewRecordPage entity="campaign" icon={Megaphone} fields={fields}>
          <CampaignFields autoFocus />
        </NewRecordPage>
      )}
    >
      {(campaign) => <CampaignView campaign={campaign} />}
    </RecordPage>
  );
}

function CampaignFields({ autoFocus = false }: { readonly autoFocus?: boolean }) {
  return (
    <Section title={t('campaigns.details')}>
      <FieldGrid>
        {shortFields.map((name) => (
          <FieldInput key={name} of="campaign" name={name} autoFocus={autoFocus && name === 'name'} />
        ))}
      </FieldGrid>
      <div style={{ marginTop: 10 }}>
        <FieldInput of="campaign" name="description" />
      </div>
    </Section>
  );
}

function CampaignView({ campaign }: { readonly campaign: EntityRecord<'campaign'> }) {
  const { id, startsOn, endsOn, cost, currency } = campaign;
  const tabs = useMemo(
    () => [
      { id: 'leads', label: t('campaigns.leads'), content: <CampaignLeads id={id} /> },
      { id: 'opportunities', label: t('campaigns.opportunities'), content: <CampaignOpportunities id={id} /> },
      { id: 'history', label: t('history.title'), content: <HistoryPanel entity="campaign" id={id} /> },
    ],
    [id],
  );
  const days = [startsOn, endsOn].filter((day) => day !== null).map(formatDay);
  return (
    <RecordView
      entity="campaign"
      record={campaign}
      icon={Megaphone}
      fields={fields}
      detail={[days.join(' – '), formatMoney(cost, currency)].filter(Boolean).join(' · ')}
      tabs={tabs}
      below={
        <>
          <CampaignResults campaign={campaign} />
          <Section title={t('campaigns.events')}>
            <CampaignEvents id={id} />
          </Section>
        </>
      }
    >
      <CampaignFields />
    </RecordView>
  );
}

function CampaignEvents({ id }: { readonly id: string }) {
  return (
    <RelatedList
      entity="event"
      where={{ field: 'campaignId', id }}
      sort={{ field: 'startsOn', direction: 'desc' }}
      renderDetail={({ startsOn, city, cost, currency }) =>
        [startsOn === null ? null : formatDay(startsOn), city, formatMoney(cost, currency)].filter(Boolean).join(' · ')
      }
      empty={{ icon: CalendarDays, title: t('campaigns.eventsNone'), body: t('campaigns.eventsNoneHint') }}
    />
  );
}

function CampaignLeads({ id }: { readonly id: string }) {
  return (
    <InterestedLeads
      where={{ field: 'campaignId', id }}
      empty={{ icon: Target, title: t('campaigns.leadsNone'), body: t('campaigns.leadsNoneHint') }}
    />
  );
}

function CampaignOpportunities({ id }: { readonly id: string }) {
  return (
    <RelatedList
      entity="opportunity"
      where={{ field: 'campaignId', id }}
      renderDetail={({ amount, currency, labels }) =>
        [formatMoney(amount, currency), labels['ownerId']].filter(Boolean).join(' · ')
      }
      renderBadge={({ status }) => <OpportunityBadge status={status} />}
      empty={{
        icon: Handshake,
        title: t('campaigns.opportunitiesNone'),
        body: t('campaigns.opportunitiesNoneHint'),
      }}
    />
  );
}
