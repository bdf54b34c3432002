/** The contacts of a subscription list, or those who left it; each says whether mail of the list may reach them. */
import { ActionIcon, Badge, Tabs, Text } from '@mantine/core';
import { UserMinus, UserPlus, UsersRound } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import { permissionFor } from '../../../shared/rules/permission.ts';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { fieldLabel } from '../../i18n/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FieldValue } from '../../ui/field-value.tsx';
import { formatInstantDay, formatNumber } from '../../ui/format.ts';
import { clickInActiveRow } from '../../ui/active-row.ts';
import { RecordPicker } from '../../ui/record-picker.tsx';
import { type ColumnSpec, RecordTable } from '../../ui/record-table.tsx';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { rememberTable } from '../../ui/table-memory.ts';
import { obstacleText } from '../contacts/permission-list.tsx';
import classes from './lists.module.css';
import { ofList, useMemberCount, useMembership } from './use-membership.ts';

type Member = EntityRecord<'listMember'>;
const viewOf = { current: 'all', withdrawn: 'bin' } as const;
type Which = keyof typeof viewOf;

const text = { kind: 'text' } as const;

function ContactText({ member, name }: { readonly member: Member; readonly name: 'company' | 'email' }) {
  const { data } = useCall('contacts.get', { id: member.contactId });
  return data === undefined ? null : <FieldValue field={text} value={data[name]} />;
}

/** Do-not-allow-bulk-email and consent override membership, which comes to life again when they are cleared. */
function MayBeMailed({ member }: { readonly member: Member }) {
  const { data } = useCall('contacts.get', { id: member.contactId });
  if (data === undefined) return null;
  if (data.deletedAtMs !== null) return <Badge color="red">{t('lists.inBin')}</Badge>;
  const { allowed, obstacles } = permissionFor(data, 'subscribedMail');
  if (allowed) return t('lists.mailAllowed');
  const why = t('lists.mailNot', { why: obstacles.map(obstacleText).join(', ') });
  return (
    <Text span inherit c="dimmed" title={why}>
      {why}
    </Text>
  );
}

const memberColumns = (which: Which): readonly ColumnSpec<'listMember'>[] => [
  {
    id: 'contactId',
    width: 190,
    render: ({ labels }) => (
      <Text span inherit fw={550}>
        {labels['contactId'] ?? ''}
      </Text>
    ),
  },
  {
    id: 'company',
    header: fieldLabel('company'),
    width: 150,
    render: (member) => <ContactText member={member} name="company" />,
  },
  {
    id: 'email',
    header: fieldLabel('email'),
    width: 190,
    render: (member) => <ContactText member={member} name="email" />,
  },
  which === 'current'
    ? { id: 'mail', header: t('lists.mail'), width: 200, render: (member) => <MayBeMailed member={member} /> }
    : {
        id: 'left',
        header: t('lists.left'),
        width: 145,
        render: ({ deletedAtMs }) => (deletedAtMs === null ? null : formatInstantDay(deletedAtMs)),
      },
  {
    id: 'createdAtMs',
    header: t('lists.joined'),
    width: 145,
    render: (member) => formatInstantDay(member.createdAtMs),
  },
];

const defaultColumns = {
  current: ['contactId', 'email', 'mail', 'createdAtMs', 'move'],
  withdrawn: ['contactId', 'email', 'createdAtMs', 'left', 'move'],
} as const;

/** Off the list, or back on it. */
function moveColumn(which: Which, pending: boolean, move: (member: Member) => void): ColumnSpec<'listMember'> {
  const what = which === 'current' ? t('lists.withdraw') : t('lists.again');
  const Icon = which === 'current' ? UserMinus : UserPlus;
  return {
    id: 'move',
    header: which === 'current' ? t('lists.off') : t('lists.back'),
    width: 120,
    render: (member) => (
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        tabIndex={-1}
        data-move
        disabled={pending}
        title={what}
        aria-label={`${what}: ${member.labels['contactId'] ?? ''}`}
        onClick={(event) => {
          event.stopPropagation();
          move(member);
        }}
      >
        <Icon size={15} aria-hidden />
      </ActionIcon>
    ),
  };
}

/** Where the table was left is kept for the list that it was left on. */
let leftOn: string | null = null;
function beginAnew(listId: string): void {
  if (leftOn === listId) return;
  leftOn = listId;
  for (const which of Object.keys(viewOf)) rememberTable(`list-${which}`, { active: 0, scrollTop: 0 });
}

export function ListMembers({ listId }: { readonly listId: string }) {
  const [, navigate] = useLocation();
  const [which, setWhich] = useState<Which>(() => {
    beginAnew(listId);
    return 'current';
  });
  const membership = useMembership();
  const totals = { current: useMemberCount(listId), withdrawn: useMemberCount(listId, 'bin') };
  const filters = useMemo(() => ofList(listId), [listId]);
  useShortcuts([
    {
      keys: 'x',
      label: which === 'current' ? t('lists.withdraw') : t('lists.again'),
      run: () => clickInActiveRow('button[data-move]'),
    },
  ]);
  const move = (member: Member) =>
    void (which === 'current' ? membership.withdraw(member.id) : membership.putBack(member.id));
  const columns = [...memberColumns(which), moveColumn(which, membership.pending, move)];
  const label = (each: Which) =>
    t(`lists.${each}`, { total: totals[each] === null ? '…' : formatNumber(totals[each]) });
  const open = ({ contactId }: Member) => navigate(`/contacts/${contactId}`);
  const shared = {
    entity: 'listMember',
    storageKey: `list-${which}`,
    noun: t('lists.membersNoun'),
    columns,
    defaultColumns: defaultColumns[which],
    initialView: viewOf[which],
    filters,
    withSearch: false,
    withSelection: false,
    onOpen: open,
  } as const;
  return (
    <Tabs
      value={which}
      onChange={(value) => setWhich(value === 'withdrawn' ? 'withdrawn' : 'current')}
      keepMounted={false}
      classNames={{ root: classes.members, list: classes.tabs, panel: classes.panel }}
    >
      <Tabs.List>
        <Tabs.Tab value="current">{label('current')}</Tabs.Tab>
        <Tabs.Tab value="withdrawn">{label('withdrawn')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="current">
        <RecordTable
          {...shared}
          viewActions={() => <AddMember onAdd={(contactId, name) => membership.add(listId, contactId, name)} />}
          empty={{ icon: UsersRound, title: t('lists.membersNone'), body: t('lists.membersNoneBody') }}
        />
      </Tabs.Panel>
      <Tabs.Panel value="withdrawn">
        {totals.withdrawn === 0 ? (
          <EmptyState icon={UsersRound} title={t('lists.withdrawnNone')} body={t('lists.withdrawnNoneBody')} />
        ) : (
          <RecordTable {...shared} />
        )}
      </Tabs.Panel>
    </Tabs>
  );
}

function AddMember({ onAdd }: { readonly onAdd: (contactId: string, name: string) => Promise<void> }) {
  return (
    <div className={classes.add}>
      <RecordPicker
        entity="contact"
        label={t('lists.add')}
        placeholder={t('lists.add')}
        hideLabel
        value={null}
        detail={({ company, email }) => [company, email].filter(Boolean).join(' · ')}
        onChange={(id, row) => {
          if (id !== null) void onAdd(id, row?.label ?? '');
        }}
      />
    </div>
  );
}
