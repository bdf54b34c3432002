/** One contact: its form at the left; timeline, leads, consent and history at the right. */
import { Badge } from '@mantine/core';
import { UserRound } from 'lucide-react';
import { useMemo } from 'react';
import type { ContactRecord } from '../../../shared/model/entities.ts';
import { consentRank } from '../../../shared/model/picklists.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { RecordPage, RecordView } from '../../ui/record-page.tsx';
import { TimelineList } from '../../ui/timeline-list.tsx';
import { PossibleDuplicates } from '../duplicates/possible-duplicates.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
import { DropOnPage } from '../notes/drop-on-page.tsx';
import { filesTab, notesTab } from '../notes/kept-tabs.tsx';
import { useAround } from '../notes/use-around.ts';
import { ConsentPanel } from './consent-panel.tsx';
import { contactFormFields } from './contact-fields.ts';
import { ContactLists } from './contact-lists.tsx';
import { ContactEvents, ContactLeads, ContactOpportunities } from './contact-related.tsx';
import { ContactSections } from './contact-sections.tsx';
import { NewContactPage } from './new-contact-page.tsx';

export function ContactPage() {
  return (
    <RecordPage entity="contact" renderNew={() => <NewContactPage />}>
      {(contact) => <ContactView contact={contact} />}
    </RecordPage>
  );
}

function ContactView({ contact }: { readonly contact: ContactRecord }) {
  const { id } = contact;
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
    <RecordView
      entity="contact"
      record={contact}
      icon={UserRound}
      fields={contactFormFields}
      detail={[contact.jobTitle, contact.company].filter(Boolean).join(' · ')}
      badges={
        <>
          {contact.marketingOnly && <Badge color="grape">{choiceLabel('marketingOnly')}</Badge>}
          {contact.child && <Badge color="orange">{t('contacts.child')}</Badge>}
          <Badge color={contact.consentLevel === 'none' ? 'gray' : 'teal'}>
            {contact.consentLevel === 'none'
              ? t('contacts.consentNoneBadge')
              : t('contacts.consentBadge', { rank: consentRank(contact.consentLevel) })}
          </Badge>
        </>
      }
      tabs={tabs}
    >
      <DropOnPage of="contact" id={id} label={contact.label} isClosed={isInBin} />
      <ContactSections contact={contact} />
    </RecordView>
  );
}
