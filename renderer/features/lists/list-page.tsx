/** One subscription list: who asked for it and who left it, beside what it is. */
import { Stack } from '@mantine/core';
import { Mails } from 'lucide-react';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import { t } from '../../i18n/index.ts';
import { FieldInput } from '../../ui/field-input.tsx';
import { Section } from '../../ui/page.tsx';
import { NewRecordPage, RecordPage, RecordView } from '../../ui/record-page.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
import { ListMembers } from './list-members.tsx';
import classes from './lists.module.css';
import { useMemberCount } from './use-membership.ts';

const fields = ['name', 'description'] as const;

export function ListPage() {
  return (
    <RecordPage
      entity="subscriptionList"
      renderNew={() => (
        <NewRecordPage entity="subscriptionList" icon={Mails} fields={fields}>
          <ListFields autoFocus />
        </NewRecordPage>
      )}
    >
      {(list) => <ListView list={list} />}
    </RecordPage>
  );
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

function ListView({ list }: { readonly list: EntityRecord<'subscriptionList'> }) {
  const { id } = list;
  const count = useMemberCount(id);
  return (
    <RecordView
      entity="subscriptionList"
      record={list}
      icon={Mails}
      fields={fields}
      detail={count === null ? '' : t('lists.membersCount', { count })}
      body={(form) => (
        <div className={classes.layout}>
          <ListMembers listId={id} />
          <aside className={classes.side}>
            {form}
            <Section title={t('history.title')}>
              <HistoryPanel entity="subscriptionList" id={id} />
            </Section>
          </aside>
        </div>
      )}
    >
      <ListFields />
    </RecordView>
  );
}
