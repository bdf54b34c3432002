/** The subscription lists of a contact: put on, taken off, and whether their mail may reach the person. */
import { ActionIcon, Alert, Anchor, Group, Text } from '@mantine/core';
import { Mails, ShieldAlert, UserMinus, UserPlus } from 'lucide-react';
import { Link } from 'wouter';
import type { ContactRecord, EntityRecord } from '../../../shared/model/entities.ts';
import type { RowNode } from '../../../shared/rules/segment/schema.ts';
import { permissionFor } from '../../../shared/rules/permission.ts';
import { useList } from '../../app/list-calls.ts';
import { t } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatInstantDay } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { RecordPicker } from '../../ui/record-picker.tsx';
import { TabPart } from '../../ui/side-tabs.tsx';
import related from '../../ui/related-list.module.css';
import { useMembership } from '../lists/use-membership.ts';
import { obstacleText } from './permission-list.tsx';

type Member = EntityRecord<'listMember'>;

export function ContactLists({ contact }: { readonly contact: ContactRecord }) {
  const membership = useMembership();
  const filters: RowNode[] = [{ kind: 'row', field: 'contactId', operator: 'is', values: [contact.id] }];
  const current = useList('listMember', { limit: 200, filters });
  const left = useList('listMember', { limit: 200, view: 'bin', filters });
  const isInBin = contact.deletedAtMs !== null;
  return (
    <>
      {!isInBin && (
        <Group my="xs">
          <RecordPicker
            entity="subscriptionList"
            label={t('contacts.listAdd')}
            placeholder={t('contacts.listAdd')}
            hideLabel
            value={null}
            onChange={(id) => {
              if (id !== null) void membership.add(id, contact.id, contact.label);
            }}
          />
        </Group>
      )}
      <QueryGate query={current}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState icon={Mails} title={t('contacts.listsNone')} body={t('contacts.listsNoneHint')} />
          ) : (
            <>
              <Overridden contact={contact} count={rows.length} />
              <ul className={related.list}>
                {rows.map((member) => (
                  <MemberItem
                    key={member.id}
                    member={member}
                    when={t('contacts.listSince', { day: formatInstantDay(member.createdAtMs) })}
                    action={t('lists.withdraw')}
                    icon={UserMinus}
                    disabled={membership.pending || isInBin}
                    onAct={() => void membership.withdraw(member.id)}
                  />
                ))}
              </ul>
            </>
          )
        }
      </QueryGate>
      {left.data !== undefined && left.data.rows.length > 0 && (
        <TabPart title={t('contacts.listsLeft')}>
          <ul className={related.list}>
            {left.data.rows.map((member) => (
              <MemberItem
                key={member.id}
                member={member}
                when={t('contacts.listLeft', { day: formatInstantDay(member.deletedAtMs ?? member.updatedAtMs) })}
                action={t('lists.again')}
                icon={UserPlus}
                disabled={membership.pending || isInBin}
                onAct={() => void membership.add(member.listId, contact.id, contact.label)}
              />
            ))}
          </ul>
        </TabPart>
      )}
    </>
  );
}

/** Membership that mail cannot follow, and why; it comes to life again when the obstacle is cleared. */
function Overridden({ contact, count }: { readonly contact: ContactRecord; readonly count: number }) {
  const { allowed, obstacles } = permissionFor(contact, 'subscribedMail');
  if (allowed) return null;
  return (
    <Alert color="yellow" variant="light" p="xs" mb="xs" icon={<ShieldAlert size={16} aria-hidden />}>
      <Text size="sm">{t('contacts.listsOverridden', { count, why: obstacles.map(obstacleText).join(', ') })}</Text>
    </Alert>
  );
}

type ItemProps = {
  readonly member: Member;
  readonly when: string;
  readonly action: string;
  readonly icon: typeof UserMinus;
  readonly disabled: boolean;
  readonly onAct: () => void;
};

function MemberItem({ member, when, action, icon: Icon, disabled, onAct }: ItemProps) {
  const name = member.labels['listId'] ?? '';
  return (
    <li className={related.item}>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <div style={{ minWidth: 0 }}>
          <Anchor component={Link} href={`/lists/${member.listId}`} size="sm" fw={500}>
            {name}
          </Anchor>
          <Text size="xs" c="dimmed">
            {when}
          </Text>
        </div>
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={disabled}
          title={action}
          aria-label={`${action}: ${name}`}
          onClick={onAct}
        >
          <Icon size={16} aria-hidden />
        </ActionIcon>
      </Group>
    </li>
  );
}
