/** One account: firmographics at the left; its people, leads, timeline and history at the right. */
import { Badge, Stack } from '@mantine/core';
import { Building2 } from 'lucide-react';
import { useMemo } from 'react';
import type { AccountRecord } from '../../../shared/model/entities.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { FieldInput } from '../../ui/field-input.tsx';
import { FlaggedValues } from '../../ui/flagged-values.tsx';
import { Section } from '../../ui/page.tsx';
import { FieldGrid } from '../../ui/record-layout.tsx';
import { NewRecordPage, RecordPage, RecordView } from '../../ui/record-page.tsx';
import { TimelineList } from '../../ui/timeline-list.tsx';
import { MoreFields, MoreFieldsIfAny } from '../custom-fields/more-fields.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
import { DropOnPage } from '../notes/drop-on-page.tsx';
import { filesTab, notesTab } from '../notes/kept-tabs.tsx';
import { useAround } from '../notes/use-around.ts';
import { accountFormFields, companyFields, newAccountFields } from './account-fields.ts';
import {
  AccountActivity,
  AccountContacts,
  AccountLeads,
  AccountOpportunities,
  ChildAccounts,
} from './account-related.tsx';

export function AccountPage() {
  return (
    <RecordPage
      entity="account"
      renderNew={() => (
        <NewRecordPage entity="account" icon={Building2} fields={newAccountFields}>
          <Section title={t('accounts.company')}>
            <Stack gap="sm">
              {newAccountFields.map((name, index) => (
                <FieldInput key={name} of="account" name={name} autoFocus={index === 0} />
              ))}
            </Stack>
          </Section>
          <MoreFieldsIfAny of="account" />
        </NewRecordPage>
      )}
    >
      {(account) => <AccountView account={account} />}
    </RecordPage>
  );
}

function AccountView({ account }: { readonly account: AccountRecord }) {
  const { id, labels } = account;
  const isInBin = account.deletedAtMs !== null;
  const counts = useAround('account', id);
  const tabs = useMemo(() => {
    const kept = { of: 'account', id, isClosed: isInBin } as const;
    return [
      {
        id: 'contacts',
        label: t('accounts.contacts'),
        count: counts['contacts'],
        content: <AccountContacts id={id} />,
      },
      { id: 'leads', label: t('accounts.leads'), count: counts['leads'], content: <AccountLeads id={id} /> },
      {
        id: 'opportunities',
        label: t('accounts.opportunities'),
        count: counts['opportunities'],
        content: <AccountOpportunities id={id} />,
      },
      notesTab(kept, counts),
      { id: 'timeline', label: t('timeline.title'), content: <TimelineList of="account" id={id} /> },
      { id: 'activity', label: t('accounts.activity'), content: <AccountActivity id={id} /> },
      filesTab(kept, counts),
      {
        id: 'children',
        label: t('accounts.children'),
        count: counts['children'],
        content: <ChildAccounts id={id} />,
      },
      { id: 'history', label: t('history.title'), content: <HistoryPanel entity="account" id={id} /> },
    ];
  }, [id, counts, isInBin]);
  return (
    <RecordView
      entity="account"
      record={account}
      icon={Building2}
      fields={accountFormFields}
      detail={[account.industry, account.website].filter(Boolean).join(' · ')}
      badges={<Badge color="gray">{choiceLabel(account.kind)}</Badge>}
      tabs={tabs}
    >
      <DropOnPage of="account" id={id} label={account.label} isClosed={isInBin} />
      <FlaggedValues values={account.flaggedValues} />
      <Section title={t('accounts.company')}>
        <FieldGrid>
          {companyFields.map((name) => (
            <FieldInput
              key={name}
              of="account"
              name={name}
              refLabel={labels[name]}
              {...(name === 'parentAccountId' ? { exclude: id } : {})}
            />
          ))}
        </FieldGrid>
      </Section>
      <Section title={t('accounts.reach')}>
        <Stack gap="sm">
          <FieldInput of="account" name="phones" />
          <FieldInput of="account" name="addresses" />
        </Stack>
      </Section>
      <MoreFields of="account" />
      <Section title={t('accounts.more')}>
        <Stack gap="sm">
          <FieldInput of="account" name="description" />
          <FieldGrid>
            <FieldInput of="account" name="externalId" />
            <FieldInput of="account" name="externalSource" />
          </FieldGrid>
        </Stack>
      </Section>
    </RecordView>
  );
}
