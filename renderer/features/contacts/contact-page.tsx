/** One contact: its form at the left; timeline, leads, consent and history at the right. */
import { Badge } from '@mantine/core';
import { UserRound } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useLocation, useParams } from 'wouter';
import type { ContactRecord } from '../../../shared/model/entities.ts';
import { bridge } from '../../app/client.ts';
import { consentRank } from '../../../shared/model/picklists.ts';
import { useAction, useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { BinButton } from '../../ui/bin-actions.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { RecordForm, SaveButtons, useRecordForm } from '../../ui/record-form.tsx';
import { RecordLayout } from '../../ui/record-layout.tsx';
import { SideTabs } from '../../ui/side-tabs.tsx';
import { TimelineList } from '../../ui/timeline-list.tsx';
import { PossibleDuplicates } from '../duplicates/possible-duplicates.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
import { filesTab, notesTab } from '../notes/kept-tabs.tsx';
import { useAround } from '../notes/use-around.ts';
import { ConsentPanel } from './consent-panel.tsx';
import { contactFormFields } from './contact-fields.ts';
import { ContactLists } from './contact-lists.tsx';
import { ContactEvents, ContactLeads, ContactOpportunities } from './contact-related.tsx';
import { ContactSections } from './contact-sections.tsx';
import { NewContactPage } from './new-contact-page.tsx';

export function ContactPage() {
  const { id } = useParams<{ id: string }>();
  return id === 'new' ? <NewContactPage /> : <LoadedContact id={id} key={id} />;
}

function LoadedContact({ id }: { readonly id: string }) {
  const query = useCall('contacts.get', { id });
  return <QueryGate query={query}>{(contact) => <ContactView contact={contact} />}</QueryGate>;
}

function ContactView({ contact }: { readonly contact: ContactRecord }) {
  const { id } = contact;
  const [, navigate] = useLocation();
  const update = useAction('contacts.update', { quiet: true });
  const { run } = update;
  const state = useRecordForm({
    entity: 'contact',
    record: contact,
    fields: contactFormFields,
    save: useCallback((values, baseVersion) => run({ id, values, baseVersion }), [run, id]),
    reload: useCallback(() => bridge.call('contacts.get', { id }), [id]),
  });
  const isInBin = contact.deletedAtMs !== null;
  const counts = useAround('contact', id);
  const tabs = useMemo(() => {
    const kept = { of: 'contact', id, isClosed: isInBin } as const;
    const seen = (counts['registrations'] ?? 0) + (counts['checkIns'] ?? 0);
    return [
      { id: 'timeline', label: t('contacts.timeline'), content: <TimelineList of="contact" id={id} /> },
      notesTab(kept, counts),
      { id: 'leads', label: t('contacts.leads'), count: counts['leads'], content: <ContactLeads id={id} /> },
      {
        id: 'opportunities',
        label: t('contacts.opportunities'),
        count: counts['opportunities'],
        content: <ContactOpportunities id={id} />,
      },
      filesTab(kept, counts),
      { id: 'lists', label: t('contacts.lists'), count: counts['lists'], content: <ContactLists contact={contact} /> },
      { id: 'events', label: t('contacts.events'), count: seen, content: <ContactEvents id={id} count={seen} /> },
      { id: 'consent', label: t('contacts.consent'), content: <ConsentPanel contact={contact} /> },
      { id: 'duplicates', label: t('duplicates.possible'), content: <PossibleDuplicates of="contact" id={id} /> },
      { id: 'history', label: t('contacts.history'), content: <HistoryPanel entity="contact" id={id} /> },
    ];
  }, [id, contact, counts, isInBin]);
  return (
    <Page
      title={contact.label}
      icon={UserRound}
      fill
      detail={[contact.jobTitle, contact.company].filter(Boolean).join(' · ')}
      badges={
        <>
          {isInBin && <Badge color="red">{t('contacts.inBin')}</Badge>}
          {contact.marketingOnly && <Badge color="grape">{choiceLabel('marketingOnly')}</Badge>}
          {contact.child && <Badge color="orange">{t('contacts.child')}</Badge>}
          <Badge color={contact.consentLevel === 'none' ? 'gray' : 'teal'}>
            {contact.consentLevel === 'none'
              ? t('contacts.consentNoneBadge')
              : t('contacts.consentBadge', { rank: consentRank(contact.consentLevel) })}
          </Badge>
        </>
      }
      actions={
        <>
          <BinButton
            area="contacts"
            ids={[id]}
            isInBin={isInBin}
            onDone={() => {
              if (!isInBin) navigate('/contacts');
            }}
          />
          <SaveButtons state={state} />
        </>
      }
    >
      <RecordLayout
        main={
          <RecordForm state={state}>
            <ContactSections contact={contact} />
          </RecordForm>
        }
        side={<SideTabs tabs={tabs} />}
      />
    </Page>
  );
}
