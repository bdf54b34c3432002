/** Marks a task as done or open again, with undo. */
import type { EntityRecord } from '../../../shared/model/entities.ts';
import { useAction, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';

type Task = Pick<EntityRecord<'task'>, 'id' | 'subject' | 'doneAtMs'>;

export function useTaskDone() {
  const update = useAction('tasks.update');
  const undo = useUndoToast();
  return {
    pending: update.pending,
    toggle: async ({ id, subject, doneAtMs }: Task): Promise<void> => {
      const isDone = doneAtMs === null;
      const result = await update.run({ id, values: { doneAtMs: isDone ? Date.now() : null } });
      if (result.ok)
        undo(isDone ? t('tasks.isDone', { subject }) : t('tasks.isOpen', { subject }), result.value.writeId);
    },
  };
}

/** Past its time and not done. */
export const isOverdue = (
  { dueAtMs, doneAtMs }: Pick<EntityRecord<'task'>, 'dueAtMs' | 'doneAtMs'>,
  nowMs: number,
): boolean => doneAtMs === null && dueAtMs !== null && dueAtMs < nowMs;
