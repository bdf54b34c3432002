/** One task: what is to be done by when and whose it is, and the person or lead that it is about. */
import { Badge, Button, Stack } from '@mantine/core';
import { Check, ListTodo, RotateCcw, UserRound } from 'lucide-react';
import { useMemo } from 'react';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FieldInput } from '../../ui/field-input.tsx';
import { formatInstant } from '../../ui/format.ts';
import { LinkedRecords } from '../../ui/linked-records.tsx';
import { Section } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { FieldGrid } from '../../ui/record-layout.tsx';
import { NewRecordPage, RecordPage, RecordView } from '../../ui/record-page.tsx';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';
import { TimelineList } from '../../ui/timeline-list.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
import { isOverdue, useTaskDone } from './use-task-done.ts';

type Task = EntityRecord<'task'>;

const workFields = ['kind', 'dueAtMs', 'ownerId', 'forRole'] as const;
const aboutFields = ['contactId', 'leadId'] as const;
// done is what one does, not what one types
const fields: readonly string[] = ['subject', ...workFields, 'description', ...aboutFields];

export function TaskPage() {
  return (
    <RecordPage entity="task" renderNew={() => <NewTask />}>
      {(task) => <TaskView task={task} />}
    </RecordPage>
  );
}

type FieldsProps = { readonly labels: Readonly<Record<string, string>>; readonly autoFocus?: boolean };

function TaskFields({ labels, autoFocus = false }: FieldsProps) {
  return (
    <>
      <Section title={t('tasks.work')}>
        <Stack gap="sm">
          <FieldInput of="task" name="subject" autoFocus={autoFocus} />
          <FieldGrid>
            {workFields.map((name) => (
              <FieldInput
                key={name}
                of="task"
                name={name}
                refLabel={labels[name]}
                {...(name === 'forRole' ? { hint: t('tasks.forRoleHint') } : {})}
              />
            ))}
          </FieldGrid>
          <FieldInput of="task" name="description" />
        </Stack>
      </Section>
      <Section title={t('tasks.about')} hint={t('tasks.aboutHint')}>
        <FieldGrid>
          {aboutFields.map((name) => (
            <FieldInput key={name} of="task" name={name} refLabel={labels[name]} />
          ))}
        </FieldGrid>
      </Section>
    </>
  );
}

function NewTask() {
  const session = useCall('session.get', {});
  return (
    <QueryGate query={session}>
      {({ userId, userName }) => (
        <NewRecordPage entity="task" icon={ListTodo} fields={fields} initial={{ ownerId: userId }}>
          <TaskFields labels={{ ownerId: userName }} autoFocus />
        </NewRecordPage>
      )}
    </QueryGate>
  );
}

function TaskView({ task }: { readonly task: Task }) {
  const { id, labels, doneAtMs, dueAtMs, leadId, contactId } = task;
  const tabs = useMemo(
    () => [
      { id: 'linked', label: t('tasks.linked'), content: <About leadId={leadId} contactId={contactId} /> },
      ...(leadId === null && contactId === null
        ? []
        : [
            {
              id: 'timeline',
              label: t('tasks.timeline'),
              content: <TimelineList of={contactId === null ? 'lead' : 'contact'} id={contactId ?? leadId ?? ''} />,
            },
          ]),
      { id: 'history', label: t('history.title'), content: <HistoryPanel entity="task" id={id} /> },
    ],
    [id, leadId, contactId],
  );
  const when =
    doneAtMs !== null
      ? t('tasks.doneOn', { when: formatInstant(doneAtMs) })
      : dueAtMs !== null && t('tasks.dueOn', { when: formatInstant(dueAtMs) });
  return (
    <RecordView
      entity="task"
      record={task}
      icon={ListTodo}
      fields={fields}
      detail={[when, labels['ownerId']].filter(Boolean).join(' · ')}
      badges={
        <>
          <Badge color="gray">{choiceLabel(task.kind)}</Badge>
          {doneAtMs !== null && <Badge color="teal">{t('tasks.done')}</Badge>}
          {isOverdue(task, Date.now()) && <Badge color="red">{t('tasks.overdue')}</Badge>}
        </>
      }
      actions={<DoneButton task={task} />}
      tabs={tabs}
    >
      <TaskFields labels={labels} />
    </RecordView>
  );
}

function DoneButton({ task }: { readonly task: Task }) {
  const done = useTaskDone();
  const toggle = () => void done.toggle(task);
  useShortcuts([{ keys: 'd', label: t('tasks.scDone'), run: toggle, disabled: done.pending }]);
  const isDone = task.doneAtMs !== null;
  const label = isDone ? t('tasks.markOpen') : t('tasks.markDone');
  const Icon = isDone ? RotateCcw : Check;
  return (
    <ShortcutTooltip label={label} keys="d">
      <Button variant="default" leftSection={<Icon size={15} aria-hidden />} loading={done.pending} onClick={toggle}>
        {label}
      </Button>
    </ShortcutTooltip>
  );
}

function About({ leadId, contactId }: Pick<Task, 'leadId' | 'contactId'>) {
  if (leadId === null && contactId === null) {
    return <EmptyState icon={UserRound} title={t('tasks.linkedNone')} body={t('tasks.linkedNoneHint')} />;
  }
  return <LinkedRecords leadId={leadId} contactId={contactId} />;
}
