/** One opportunity: what it is worth and when, with whom, and the way back to its lead and campaign. */
import { Handshake, Waypoints } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FieldInput } from '../../ui/field-input.tsx';
import { formatDay, formatMoney } from '../../ui/format.ts';
import { LinkedRecords } from '../../ui/linked-records.tsx';
import { Section } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { FieldGrid } from '../../ui/record-layout.tsx';
import { NewRecordPage, RecordPage, RecordView } from '../../ui/record-page.tsx';
import { TimelineList } from '../../ui/timeline-list.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
import { DropOnPage } from '../notes/drop-on-page.tsx';
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
  return (
    <RecordPage entity="opportunity" renderNew={() => <NewOpportunity />}>
      {(opportunity) => <OpportunityView opportunity={opportunity} />}
    </RecordPage>
  );
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
  const session = useCall('session.get', {});
  return (
    <QueryGate query={session}>
      {({ userId, userName }) => (
        <NewRecordPage entity="opportunity" icon={Handshake} fields={newFields} initial={{ ownerId: userId }}>
          <OpportunityFields labels={{ ownerId: userName }} autoFocus />
        </NewRecordPage>
      )}
    </QueryGate>
  );
}

function OpportunityView({ opportunity }: { readonly opportunity: Opportunity }) {
  const { id, labels, status, amount, currency, closeDate, leadId, contactId, accountId, campaignId } = opportunity;
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
    <RecordView
      entity="opportunity"
      record={opportunity}
      icon={Handshake}
      fields={formFields}
      detail={detail.filter(Boolean).join(' · ')}
      badges={<OpportunityBadge status={status} />}
      actions={<OutcomeActions opportunity={opportunity} />}
      tabs={tabs}
    >
      <DropOnPage of="opportunity" id={id} label={opportunity.label} isClosed={isInBin} />
      <OpportunityFields
        labels={labels}
        extra={status === 'lost' && <FieldInput of="opportunity" name="lostReason" />}
      />
    </RecordView>
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
