/** One task: what is to be done by when and whose it is, and the person or lead that it is about. */
import { Badge, Button, Stack } from '@mantine/core';
import { Check, ListTodo, RotateCcw, UserRound } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useLocation, useParams } from 'wouter';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import { bridge } from '../../app/client.ts';
import { useAction, useCall, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { BinButton } from '../../ui/bin-actions.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FieldInput } from '../../ui/field-input.tsx';
import { formatInstant } from '../../ui/format.ts';
import { LinkedRecords } from '../../ui/linked-records.tsx';
import { NewRecordForm } from '../../ui/new-record-form.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { RecordForm, SaveButtons, useRecordForm } from '../../ui/record-form.tsx';
import { FieldGrid, RecordLayout } from '../../ui/record-layout.tsx';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';
import { SideTabs } from '../../ui/side-tabs.tsx';
import { TimelineList } from '../../ui/timeline-list.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
import { isOverdue, useTaskDone } from './use-task-done.ts';

type Task = EntityRecord<'task'>;

const workFields = ['kind', 'dueAtMs', 'ownerId', 'forRole'] as const;
const aboutFields = ['contactId', 'leadId'] as const;
// done is what one does, not what one types
const fields: readonly string[] = ['subject', ...workFields, 'description', ...aboutFields];

export function TaskPage() {
  const { id } = useParams<{ id: string }>();
  return id === 'new' ? <NewTask /> : <LoadedTask id={id} key={id} />;
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
  const [, navigate] = useLocation();
  const session = useCall('session.get', {});
  const create = useAction('tasks.create', { quiet: true });
  const undo = useUndoToast();
  return (
    <Page title={t('tasks.new')} icon={ListTodo}>
      <QueryGate query={session}>
        {({ userId, userName }) => (
          <NewRecordForm
            entity="task"
            fields={fields}
            initial={{ ownerId: userId }}
            submitLabel={t('tasks.create')}
            create={(values) => create.run({ values })}
            onCancel={() => navigate('/tasks')}
            onCreated={(id, writeId) => {
              undo(t('common.created'), writeId);
              navigate(`/tasks/${id}`, { replace: true });
            }}
          >
            <TaskFields labels={{ ownerId: userName }} autoFocus />
          </NewRecordForm>
        )}
      </QueryGate>
    </Page>
  );
}

function LoadedTask({ id }: { readonly id: string }) {
  const query = useCall('tasks.get', { id });
  return <QueryGate query={query}>{(task) => <TaskView task={task} />}</QueryGate>;
}

function TaskView({ task }: { readonly task: Task }) {
  const { id, labels, doneAtMs, dueAtMs, leadId, contactId } = task;
  const [, navigate] = useLocation();
  const { run } = useAction('tasks.update', { quiet: true });
  const state = useRecordForm({
    entity: 'task',
    record: task,
    fields,
    save: useCallback((values, baseVersion) => run({ id, values, baseVersion }), [run, id]),
    reload: useCallback(() => bridge.call('tasks.get', { id }), [id]),
  });
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
  const isInBin = task.deletedAtMs !== null;
  const when =
    doneAtMs !== null
      ? t('tasks.doneOn', { when: formatInstant(doneAtMs) })
      : dueAtMs !== null && t('tasks.dueOn', { when: formatInstant(dueAtMs) });
  return (
    <Page
      title={task.label}
      icon={ListTodo}
      fill
      detail={[when, labels['ownerId']].filter(Boolean).join(' · ')}
      badges={
        <>
          {isInBin && <Badge color="red">{t('contacts.inBin')}</Badge>}
          <Badge color="gray">{choiceLabel(task.kind)}</Badge>
          {doneAtMs !== null && <Badge color="teal">{t('tasks.done')}</Badge>}
          {isOverdue(task, Date.now()) && <Badge color="red">{t('tasks.overdue')}</Badge>}
        </>
      }
      actions={
        <>
          <BinButton
            area="tasks"
            ids={[id]}
            isInBin={isInBin}
            onDone={() => {
              if (!isInBin) navigate('/tasks');
            }}
          />
          {!isInBin && <DoneButton task={task} />}
          <SaveButtons state={state} />
        </>
      }
    >
      <RecordLayout
        main={
          <RecordForm state={state}>
            <TaskFields labels={labels} />
          </RecordForm>
        }
        side={<SideTabs tabs={tabs} />}
      />
    </Page>
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
