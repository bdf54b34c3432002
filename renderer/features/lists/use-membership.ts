/**
 * Who is on a subscription list. A contact is on a list once: who is on it already is not added again, and who left it
 * comes back by the membership they had, after a question, since they once said no.
 */
import type { ListViewId } from '../../../shared/contract/records.ts';
import type { RowNode } from '../../../shared/rules/segment/schema.ts';
import { bridge } from '../../app/client.ts';
import { useList } from '../../app/list-calls.ts';
import { useAction, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { confirm } from '../../ui/confirm.tsx';
import { formatInstantDay } from '../../ui/format.ts';
import { showDone, showError } from '../../ui/toast.tsx';

const is = (field: string, id: string): RowNode => ({ kind: 'row', field, operator: 'is', values: [id] });
export const ofList = (listId: string): RowNode[] => [is('listId', listId)];

/** How many are on the list, or have left it (`bin`); null while it is asked. */
export function useMemberCount(listId: string, view: Extract<ListViewId, 'all' | 'bin'> = 'all'): number | null {
  return useList('listMember', { limit: 1, view, filters: ofList(listId) }, { keep: true }).data?.total ?? null;
}

export function useMembership() {
  const create = useAction('listMembers.create');
  const remove = useAction('listMembers.remove');
  const restore = useAction('listMembers.restore');
  const undo = useUndoToast();

  const find = (listId: string, contactId: string, view: 'all' | 'bin') =>
    bridge.call('listMembers.list', { limit: 1, view, filters: [...ofList(listId), is('contactId', contactId)] });

  const putBack = async (memberId: string): Promise<void> => {
    const result = await restore.run({ ids: [memberId] });
    if (result.ok) undo(t('lists.isBack'), result.value.writeId);
  };

  return {
    pending: create.pending || remove.pending || restore.pending,
    putBack,
    withdraw: async (memberId: string): Promise<void> => {
      const result = await remove.run({ ids: [memberId] });
      if (result.ok) undo(t('lists.isWithdrawn'), result.value.writeId);
    },
    add: async (listId: string, contactId: string, name: string): Promise<void> => {
      const current = await find(listId, contactId, 'all');
      if (!current.ok) return showError(current.error);
      if (current.value.total > 0) return showDone(t('lists.alreadyOn', { name }));
      const withdrawn = await find(listId, contactId, 'bin');
      if (!withdrawn.ok) return showError(withdrawn.error);
      const [before] = withdrawn.value.rows;
      if (before !== undefined) {
        const isWanted = await confirm({
          title: t('lists.againTitle', { name }),
          body: t('lists.againBody', { day: formatInstantDay(before.deletedAtMs ?? before.updatedAtMs) }),
          action: t('lists.again'),
        });
        if (isWanted) await putBack(before.id);
        return;
      }
      const result = await create.run({ values: { listId, contactId } });
      if (result.ok) undo(t('lists.added', { name }), result.value.writeId);
    },
  };
}
