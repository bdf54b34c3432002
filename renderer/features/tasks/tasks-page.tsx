/** What is to be done: mine first, the most urgent on top; one key or click marks a task as done. */
import { Checkbox, SegmentedControl, Text } from '@mantine/core';
import { ListTodo } from 'lucide-react';
import type { MouseEvent } from 'react';
import type { ListViewId } from '../../../shared/contract/records.ts';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import type { RowNode } from '../../../shared/rules/segment/schema.ts';
import { t } from '../../i18n/index.ts';
import { clickInActiveRow } from '../../ui/active-row.ts';
import { FieldValue } from '../../ui/field-value.tsx';
import { formatInstant } from '../../ui/format.ts';
import type { QuickFilter } from '../../ui/quick-filter.ts';
import { RecordListPage } from '../../ui/record-list-page.tsx';
import { type ColumnSpec } from '../../ui/record-table.tsx';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { isOverdue, useTaskDone } from './use-task-done.ts';

type Task = EntityRecord<'task'>;

const views: readonly ListViewId[] = ['mine', 'all', 'bin'];
const defaultColumns = ['doneAtMs', 'label', 'kind', 'dueAtMs', 'contactId', 'leadId', 'ownerId'];

const states = ['toDo', 'done', 'both'] as const;
type State = (typeof states)[number];

const rowOf: Readonly<Record<State, RowNode | null>> = {
  toDo: { kind: 'row', field: 'doneAtMs', operator: 'hasNoData', values: [] },
  done: { kind: 'row', field: 'doneAtMs', operator: 'hasData', values: [] },
  both: null,
};
const stateOf = (row: RowNode | null): State =>
  row === null ? 'both' : row.operator === 'hasNoData' ? 'toDo' : 'done';

const whatIsToDo: QuickFilter = {
  isQuick: ({ field, operator, disabled }) =>
    field === 'doneAtMs' && (operator === 'hasData' || operator === 'hasNoData') && disabled !== true,
  ...(rowOf.toDo === null ? {} : { initial: rowOf.toDo }),
  render: (row, set) => (
    <SegmentedControl
      size="xs"
      aria-label={t('tasks.which')}
      value={stateOf(row)}
      onChange={(value) => set(rowOf[states.find((each) => each === value) ?? 'both'])}
      data={states.map((value) => ({ value, label: t(`tasks.${value}`) }))}
    />
  ),
  empty: (row) =>
    stateOf(row) === 'done'
      ? { icon: ListTodo, title: t('tasks.emptyDone'), body: t('tasks.emptyDoneBody') }
      : undefined,
};

const columns: readonly ColumnSpec<'task'>[] = [
  { id: 'doneAtMs', width: 64, render: (task) => <DoneBox task={task} /> },
  { id: 'label', width: 260, render: ({ subject }) => subject },
  { id: 'dueAtMs', width: 205, render: (task) => <Due task={task} /> },
];

export function TasksPage() {
  useShortcuts([{ keys: 'd', label: t('tasks.scDone'), run: () => clickInActiveRow('input[data-done]') }]);
  return (
    <RecordListPage
      entity="task"
      icon={ListTodo}
      columns={columns}
      defaultColumns={defaultColumns}
      views={views}
      initialSort={{ field: 'dueAtMs', direction: 'asc' }}
      quick={whatIsToDo}
    />
  );
}

function DoneBox({ task }: { readonly task: Task }) {
  const done = useTaskDone();
  return (
    <Checkbox
      size="xs"
      // round, as the square one beside it selects
      radius="xl"
      tabIndex={-1}
      data-done
      aria-label={t('tasks.markRow', { subject: task.subject })}
      title={task.doneAtMs === null ? t('tasks.markDone') : t('tasks.doneOn', { when: formatInstant(task.doneAtMs) })}
      checked={task.doneAtMs !== null}
      disabled={done.pending || task.deletedAtMs !== null}
      onChange={() => void done.toggle(task)}
      // a tick is not an opening of the row
      wrapperProps={{ onClick: (event: MouseEvent) => event.stopPropagation() }}
    />
  );
}

function Due({ task }: { readonly task: Task }) {
  const { dueAtMs } = task;
  if (dueAtMs === null) return <FieldValue field={{ kind: 'instant' }} value={null} />;
  const isLate = isOverdue(task, Date.now());
  return (
    <Text
      span
      inherit
      title={isLate ? t('tasks.overdue') : undefined}
      {...(isLate ? { c: 'var(--mantine-color-error)', fw: 600 } : {})}
    >
      {formatInstant(dueAtMs)}
    </Text>
  );
}
