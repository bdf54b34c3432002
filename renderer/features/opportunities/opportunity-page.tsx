/** One opportunity: what it is worth and when, with whom, and the way back to its lead and campaign. */
import { Badge } from '@mantine/core';
import { Handshake, Waypoints } from 'lucide-react';
import { type ReactNode, useCallback, useMemo } from 'react';
import { useLocation, useParams } from 'wouter';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import { bridge } from '../../app/client.ts';
import { useAction, useCall, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { BinButton } from '../../ui/bin-actions.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FieldInput } from '../../ui/field-input.tsx';
import { formatDay, formatMoney } from '../../ui/format.ts';
import { LinkedRecords } from '../../ui/linked-records.tsx';
import { NewRecordForm } from '../../ui/new-record-form.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { RecordForm, SaveButtons, useRecordForm } from '../../ui/record-form.tsx';
import { FieldGrid, RecordLayout } from '../../ui/record-layout.tsx';
import { SideTabs } from '../../ui/side-tabs.tsx';
import { TimelineList } from '../../ui/timeline-list.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
import { filesTab, notesTab } from '../notes/kept-tabs.tsx';
import { useAround } from '../notes/use-around.ts';
import { OpportunityBadge } from './opportunity-badge.tsx';
import { OutcomeActions } from './outcome-actions.tsx';

type Opportunity = EntityRecord<'opportunity'>;

const dealFields = ['name', 'ownerId', 'amount', 'currency', 'closeDate'] as const;
const partyFields = ['contactId', 'accountId', 'campaignId'] as const;
const newFields: readonly string[] = [...dealFields, ...partyFields, 'description'];
// its lead and its outcome are changed by what is done, not typed
const formFields: readonly string[] = [...newFields, 'lostReason'];

export function OpportunityPage() {
  const { id } = useParams<{ id: string }>();
  return id === 'new' ? <NewOpportunity /> : <LoadedOpportunity id={id} key={id} />;
}

type FieldsProps = {
  readonly labels: Readonly<Record<string, string>>;
  readonly autoFocus?: boolean;
  readonly extra?: ReactNode;
};

function OpportunityFields({ labels, autoFocus = false, extra }: FieldsProps) {
  return (
    <>
      <Section title={t('opportunities.deal')}>
        <FieldGrid>
          {dealFields.map((name) => (
            <FieldInput
              key={name}
              of="opportunity"
              name={name}
              refLabel={labels[name]}
              autoFocus={autoFocus && name === 'name'}
            />
          ))}
          {extra}
        </FieldGrid>
      </Section>
      <Section title={t('opportunities.parties')} hint={t('opportunities.partiesHint')}>
        <FieldGrid>
          {partyFields.map((name) => (
            <FieldInput key={name} of="opportunity" name={name} refLabel={labels[name]} />
          ))}
        </FieldGrid>
      </Section>
      <Section title={t('opportunities.more')}>
        <FieldInput of="opportunity" name="description" />
      </Section>
    </>
  );
}

function NewOpportunity() {
  const [, navigate] = useLocation();
  const session = useCall('session.get', {});
  const create = useAction('opportunities.create', { quiet: true });
  const undo = useUndoToast();
  return (
    <Page title={t('opportunities.new')} icon={Handshake}>
      <QueryGate query={session}>
        {({ userId, userName }) => (
          <NewRecordForm
            entity="opportunity"
            fields={newFields}
            initial={{ ownerId: userId }}
            submitLabel={t('opportunities.create')}
            create={(values) => create.run({ values })}
            onCancel={() => navigate('/opportunities')}
            onCreated={(id, writeId) => {
              undo(t('common.created'), writeId);
              navigate(`/opportunities/${id}`, { replace: true });
            }}
          >
            <OpportunityFields labels={{ ownerId: userName }} autoFocus />
          </NewRecordForm>
        )}
      </QueryGate>
    </Page>
  );
}

function LoadedOpportunity({ id }: { readonly id: string }) {
  const query = useCall('opportunities.get', { id });
  return <QueryGate query={query}>{(opportunity) => <OpportunityView opportunity={opportunity} />}</QueryGate>;
}

function OpportunityView({ opportunity }: { readonly opportunity: Opportunity }) {
  const { id, labels, status, amount, currency, closeDate, leadId, contactId, accountId, campaignId } = opportunity;
  const [, navigate] = useLocation();
  const { run } = useAction('opportunities.update', { quiet: true });
  const state = useRecordForm({
    entity: 'opportunity',
    record: opportunity,
    fields: formFields,
    save: useCallback((values, baseVersion) => run({ id, values, baseVersion }), [run, id]),
    reload: useCallback(() => bridge.call('opportunities.get', { id }), [id]),
  });
  const isInBin = opportunity.deletedAtMs !== null;
  const counts = useAround('opportunity', id);
  const tabs = useMemo(
    () => [
      {
        id: 'origin',
        label: t('opportunities.origin'),
        content: <Origin leadId={leadId} contactId={contactId} accountId={accountId} campaignId={campaignId} />,
      },
      {
        id: 'timeline',
        label: t('opportunities.timeline'),
        content: <WhatHappened leadId={leadId} contactId={contactId} accountId={accountId} />,
      },
      notesTab({ of: 'opportunity', id, isClosed: isInBin }, counts),
      filesTab({ of: 'opportunity', id, isClosed: isInBin }, counts),
      { id: 'history', label: t('history.title'), content: <HistoryPanel entity="opportunity" id={id} /> },
    ],
    [id, leadId, contactId, accountId, campaignId, counts, isInBin],
  );
  const detail = [
    formatMoney(amount, currency),
    closeDate === null ? null : formatDay(closeDate),
    labels['accountId'] ?? labels['contactId'],
    labels['ownerId'],
  ];
  return (
    <Page
      title={opportunity.label}
      icon={Handshake}
      fill
      detail={detail.filter(Boolean).join(' · ')}
      badges={
        <>
          {isInBin && <Badge color="red">{t('contacts.inBin')}</Badge>}
          <OpportunityBadge status={status} />
        </>
      }
      actions={
        <>
          <BinButton
            area="opportunities"
            ids={[id]}
            isInBin={isInBin}
            onDone={() => {
              if (!isInBin) navigate('/opportunities');
            }}
          />
          {!isInBin && <OutcomeActions opportunity={opportunity} />}
          <SaveButtons state={state} />
        </>
      }
    >
      <RecordLayout
        main={
          <RecordForm state={state}>
            <OpportunityFields
              labels={labels}
              extra={status === 'lost' && <FieldInput of="opportunity" name="lostReason" />}
            />
          </RecordForm>
        }
        side={<SideTabs tabs={tabs} />}
      />
    </Page>
  );
}

type Parties = Pick<Opportunity, 'leadId' | 'contactId' | 'accountId'>;

function Origin(links: Parties & Pick<Opportunity, 'campaignId'>) {
  if (Object.values(links).every((link) => link === null)) {
    return (
      <EmptyState icon={Waypoints} title={t('opportunities.originNone')} body={t('opportunities.originNoneHint')} />
    );
  }
  return <LinkedRecords {...links} />;
}

/** Of the lead it came from, else of the person, else of the company. */
function WhatHappened({ leadId, contactId, accountId }: Parties) {
  if (leadId !== null) return <TimelineList of="lead" id={leadId} />;
  if (contactId !== null) return <TimelineList of="contact" id={contactId} />;
  if (accountId !== null) return <TimelineList of="account" id={accountId} />;
  return (
    <EmptyState icon={Waypoints} title={t('opportunities.timelineNone')} body={t('opportunities.timelineNoneHint')} />
  );
}
