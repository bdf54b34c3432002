/** One subscription list: who asked for it and who left it, beside what it is. */
import { Badge, Stack } from '@mantine/core';
import { Mails } from 'lucide-react';
import { useCallback } from 'react';
import { useLocation, useParams } from 'wouter';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import { bridge } from '../../app/client.ts';
import { useAction, useCall, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { BinButton } from '../../ui/bin-actions.tsx';
import { FieldInput } from '../../ui/field-input.tsx';
import { NewRecordForm } from '../../ui/new-record-form.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { RecordForm, SaveButtons, useRecordForm } from '../../ui/record-form.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
import { ListMembers } from './list-members.tsx';
import classes from './lists.module.css';
import { useMemberCount } from './use-membership.ts';

const fields = ['name', 'description'] as const;

export function ListPage() {
  const { id } = useParams<{ id: string }>();
  return id === 'new' ? <NewList /> : <LoadedList id={id} key={id} />;
}

function ListFields({ autoFocus = false }: { readonly autoFocus?: boolean }) {
  return (
    <Section title={t('lists.details')}>
      <Stack gap="sm">
        {fields.map((name) => (
          <FieldInput key={name} of="subscriptionList" name={name} autoFocus={autoFocus && name === 'name'} />
        ))}
      </Stack>
    </Section>
  );
}

function NewList() {
  const [, navigate] = useLocation();
  const create = useAction('subscriptionLists.create', { quiet: true });
  const undo = useUndoToast();
  return (
    <Page title={t('lists.new')} icon={Mails}>
      <NewRecordForm
        entity="subscriptionList"
        fields={fields}
        submitLabel={t('lists.create')}
        create={(values) => create.run({ values })}
        onCancel={() => navigate('/lists')}
        onCreated={(id, writeId) => {
          undo(t('common.created'), writeId);
          navigate(`/lists/${id}`, { replace: true });
        }}
      >
        <ListFields autoFocus />
      </NewRecordForm>
    </Page>
  );
}

function LoadedList({ id }: { readonly id: string }) {
  const query = useCall('subscriptionLists.get', { id });
  return <QueryGate query={query}>{(list) => <ListView list={list} />}</QueryGate>;
}

function ListView({ list }: { readonly list: EntityRecord<'subscriptionList'> }) {
  const { id } = list;
  const [, navigate] = useLocation();
  const count = useMemberCount(id);
  const { run } = useAction('subscriptionLists.update', { quiet: true });
  const state = useRecordForm({
    entity: 'subscriptionList',
    record: list,
    fields,
    save: useCallback((values, baseVersion) => run({ id, values, baseVersion }), [run, id]),
    reload: useCallback(() => bridge.call('subscriptionLists.get', { id }), [id]),
  });
  const isInBin = list.deletedAtMs !== null;
  return (
    <Page
      title={list.label}
      icon={Mails}
      fill
      detail={count === null ? '' : t('lists.membersCount', { count })}
      badges={isInBin && <Badge color="red">{t('contacts.inBin')}</Badge>}
      actions={
        <>
          <BinButton
            area="subscriptionLists"
            ids={[id]}
            isInBin={isInBin}
            onDone={() => {
              if (!isInBin) navigate('/lists');
            }}
          />
          <SaveButtons state={state} />
        </>
      }
    >
      <div className={classes.layout}>
        <ListMembers listId={id} />
        <aside className={classes.side}>
          <RecordForm state={state}>
            <ListFields />
          </RecordForm>
          <Section title={t('history.title')}>
            <HistoryPanel entity="subscriptionList" id={id} />
          </Section>
        </aside>
      </div>
    </Page>
  );
}
