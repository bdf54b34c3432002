/** One account: firmographics at the left; its people, leads, timeline and history at the right. */
import { Badge, Stack } from '@mantine/core';
import { Building2 } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useLocation, useParams } from 'wouter';
import type { AccountRecord } from '../../../shared/model/entities.ts';
import { bridge } from '../../app/client.ts';
import { useAction, useCall, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { BinButton } from '../../ui/bin-actions.tsx';
import { FieldInput } from '../../ui/field-input.tsx';
import { NewRecordForm } from '../../ui/new-record-form.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { RecordForm, SaveButtons, useRecordForm } from '../../ui/record-form.tsx';
import { FieldGrid, RecordLayout } from '../../ui/record-layout.tsx';
import { SideTabs } from '../../ui/side-tabs.tsx';
import { TimelineList } from '../../ui/timeline-list.tsx';
import { MoreFields, MoreFieldsIfAny } from '../custom-fields/more-fields.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
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
  const { id } = useParams<{ id: string }>();
  return id === 'new' ? <NewAccount /> : <LoadedAccount id={id} key={id} />;
}

function NewAccount() {
  const [, navigate] = useLocation();
  const create = useAction('accounts.create', { quiet: true });
  const undo = useUndoToast();
  return (
    <Page title={t('accounts.new')} icon={Building2}>
      <NewRecordForm
        entity="account"
        fields={newAccountFields}
        submitLabel={t('accounts.create')}
        create={(values) => create.run({ values })}
        onCancel={() => navigate('/accounts')}
        onCreated={(id, writeId) => {
          undo(t('common.created'), writeId);
          navigate(`/accounts/${id}`, { replace: true });
        }}
      >
        <Section title={t('accounts.company')}>
          <Stack gap="sm">
            {newAccountFields.map((name, index) => (
              <FieldInput key={name} of="account" name={name} autoFocus={index === 0} />
            ))}
          </Stack>
        </Section>
        <MoreFieldsIfAny of="account" />
      </NewRecordForm>
    </Page>
  );
}

function LoadedAccount({ id }: { readonly id: string }) {
  const query = useCall('accounts.get', { id });
  return <QueryGate query={query}>{(account) => <AccountView account={account} />}</QueryGate>;
}

function AccountView({ account }: { readonly account: AccountRecord }) {
  const { id, labels } = account;
  const [, navigate] = useLocation();
  const { run } = useAction('accounts.update', { quiet: true });
  const state = useRecordForm({
    entity: 'account',
    record: account,
    fields: accountFormFields,
    save: useCallback((values, baseVersion) => run({ id, values, baseVersion }), [run, id]),
    reload: useCallback(() => bridge.call('accounts.get', { id }), [id]),
  });
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
    <Page
      title={account.label}
      icon={Building2}
      fill
      detail={[account.industry, account.website].filter(Boolean).join(' · ')}
      badges={
        <>
          {isInBin && <Badge color="red">{t('contacts.inBin')}</Badge>}
          <Badge color="gray">{choiceLabel(account.kind)}</Badge>
        </>
      }
      actions={
        <>
          <BinButton
            area="accounts"
            ids={[id]}
            isInBin={isInBin}
            onDone={() => {
              if (!isInBin) navigate('/accounts');
            }}
          />
          <SaveButtons state={state} />
        </>
      }
    >
      <RecordLayout
        main={
          <RecordForm state={state}>
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
          </RecordForm>
        }
        side={<SideTabs tabs={tabs} />}
      />
    </Page>
  );
}
