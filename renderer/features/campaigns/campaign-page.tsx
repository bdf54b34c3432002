/** One campaign: what it cost and when; its events, leads and opportunities, and what each result cost. */
import { Badge } from '@mantine/core';
import { CalendarDays, Handshake, Megaphone, Target } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useLocation, useParams } from 'wouter';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import { bridge } from '../../app/client.ts';
import { useAction, useCall, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { BinButton } from '../../ui/bin-actions.tsx';
import { FieldInput } from '../../ui/field-input.tsx';
import { formatDay, formatMoney } from '../../ui/format.ts';
import { NewRecordForm } from '../../ui/new-record-form.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { RecordForm, SaveButtons, useRecordForm } from '../../ui/record-form.tsx';
import { FieldGrid, RecordLayout } from '../../ui/record-layout.tsx';
import { RelatedList } from '../../ui/related-list.tsx';
import { SideTabs } from '../../ui/side-tabs.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
import { OpportunityBadge } from '../opportunities/opportunity-badge.tsx';
import { CampaignResults } from './campaign-results.tsx';

const shortFields = ['name', 'kind', 'startsOn', 'endsOn', 'cost', 'currency'] as const;
const fields: readonly string[] = [...shortFields, 'description'];

export function CampaignPage() {
  const { id } = useParams<{ id: string }>();
  return id === 'new' ? <NewCampaign /> : <LoadedCampaign id={id} key={id} />;
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

function NewCampaign() {
  const [, navigate] = useLocation();
  const create = useAction('campaigns.create', { quiet: true });
  const undo = useUndoToast();
  return (
    <Page title={t('campaigns.new')} icon={Megaphone}>
      <NewRecordForm
        entity="campaign"
        fields={fields}
        submitLabel={t('campaigns.create')}
        create={(values) => create.run({ values })}
        onCancel={() => navigate('/campaigns')}
        onCreated={(id, writeId) => {
          undo(t('common.created'), writeId);
          navigate(`/campaigns/${id}`, { replace: true });
        }}
      >
        <CampaignFields autoFocus />
      </NewRecordForm>
    </Page>
  );
}

function LoadedCampaign({ id }: { readonly id: string }) {
  const query = useCall('campaigns.get', { id });
  return <QueryGate query={query}>{(campaign) => <CampaignView campaign={campaign} />}</QueryGate>;
}

function CampaignView({ campaign }: { readonly campaign: EntityRecord<'campaign'> }) {
  const { id, startsOn, endsOn, cost, currency } = campaign;
  const [, navigate] = useLocation();
  const { run } = useAction('campaigns.update', { quiet: true });
  const state = useRecordForm({
    entity: 'campaign',
    record: campaign,
    fields,
    save: useCallback((values, baseVersion) => run({ id, values, baseVersion }), [run, id]),
    reload: useCallback(() => bridge.call('campaigns.get', { id }), [id]),
  });
  const tabs = useMemo(
    () => [
      { id: 'leads', label: t('campaigns.leads'), content: <CampaignLeads id={id} /> },
      { id: 'opportunities', label: t('campaigns.opportunities'), content: <CampaignOpportunities id={id} /> },
      { id: 'history', label: t('history.title'), content: <HistoryPanel entity="campaign" id={id} /> },
    ],
    [id],
  );
  const isInBin = campaign.deletedAtMs !== null;
  const days = [startsOn, endsOn].filter((day) => day !== null).map(formatDay);
  return (
    <Page
      title={campaign.label}
      icon={Megaphone}
      fill
      detail={[days.join(' – '), formatMoney(cost, currency)].filter(Boolean).join(' · ')}
      badges={isInBin && <Badge color="red">{t('contacts.inBin')}</Badge>}
      actions={
        <>
          <BinButton
            area="campaigns"
            ids={[id]}
            isInBin={isInBin}
            onDone={() => {
              if (!isInBin) navigate('/campaigns');
            }}
          />
          <SaveButtons state={state} />
        </>
      }
    >
      <RecordLayout
        main={
          <>
            <RecordForm state={state}>
              <CampaignFields />
            </RecordForm>
            <CampaignResults campaign={campaign} />
            <Section title={t('campaigns.events')}>
              <CampaignEvents id={id} />
            </Section>
          </>
        }
        side={<SideTabs tabs={tabs} />}
      />
    </Page>
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
    <RelatedList
      entity="lead"
      where={{ field: 'campaignId', id }}
      sort={{ field: 'updatedAtMs', direction: 'desc' }}
      renderDetail={({ company, stage }) => [company, choiceLabel(stage ?? '')].filter(Boolean).join(' · ')}
      renderBadge={({ status, score }) =>
        status !== 'open' ? (
          <Badge flex="none" color={status === 'qualified' ? 'teal' : 'gray'}>
            {choiceLabel(status)}
          </Badge>
        ) : (
          score !== null && (
            <Badge flex="none" color="gray">
              {t('contacts.score', { score })}
            </Badge>
          )
        )
      }
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
