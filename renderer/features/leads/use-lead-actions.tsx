/** What can be done with a lead: the same list for buttons, menu and keys; each says what it did, with a way back. */
import { useState } from 'react';
import type { CallResult } from '../../../shared/contract/call.ts';
import type { LeadDetail } from '../../../shared/contract/leads.ts';
import { useAction, useCall, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { actionsOf, type LeadAction, mainActionOf, stageIndex } from './flags.ts';
import { LeadDialog, type DialogAction } from './lead-dialogs.tsx';

export const actionKeys: Readonly<Record<LeadAction, string>> = {
  next: ']',
  back: '[',
  salesReady: 's',
  teleprospectReady: 't',
  teleprospectAccepted: 'a',
  salesAccepted: 'a',
  decline: 'd',
  convert: 'o',
  recycle: 'r',
  disqualify: 'x',
  reopen: 'u',
};

type Moved = CallResult<{ stage: string; writeId: number }>;

export function useLeadActions(detail: LeadDetail, onMoved: (stage: string) => void) {
  const { lead, process } = detail;
  const { stages } = process.definition;
  const session = useCall('session.get', {});
  const move = useAction('leads.move');
  const setFlag = useAction('leads.setFlag');
  const reopen = useAction('leads.reopen');
  const assign = useAction('leads.assign');
  const undo = useUndoToast();
  const [dialog, setDialog] = useState<DialogAction | null>(null);
  const role = session.data?.role ?? null;
  const available = actionsOf(lead, process.definition);
  const stageName = (id: string) => stages.find((stage) => stage.id === id)?.name ?? id;

  const finish = (message: string, result: Moved): boolean => {
    if (!result.ok) return false;
    undo(message, result.value.writeId);
    onMoved(result.value.stage);
    return true;
  };
  const moveTo = async (stage: string) =>
    finish(t('leads.moved', { stage: stageName(stage) }), await move.run({ id: lead.id, stage }));
  const step = async (by: -1 | 1) => {
    const target = stages[stageIndex(process.definition, lead.stage) + by];
    return target === undefined ? false : moveTo(target.id);
  };
  const flag = async (name: Parameters<typeof setFlag.run>[0]['flag'], value = true) =>
    finish(
      value ? t(`leads.done.${name}`) : t('leads.flagCleared', { flag: t(`leads.flags.${name}`) }),
      await setFlag.run({ id: lead.id, flag: name, value }),
    );

  /** A seller who takes a lead that nobody else owns needs no question. */
  const acceptForSales = async () => {
    const me = session.data;
    if (me?.role !== 'seller' || (lead.ownerId !== null && lead.ownerId !== me.userId)) {
      setDialog('salesAccepted');
      return false;
    }
    if (lead.ownerId === null) {
      const assigned = await assign.run({ ids: [lead.id], ownerId: me.userId });
      if (!assigned.ok) return false;
    }
    return flag('salesAccepted');
  };

  const run = async (action: LeadAction): Promise<boolean> => {
    switch (action) {
      case 'next':
        return step(1);
      case 'back':
        return step(-1);
      case 'salesReady':
      case 'teleprospectReady':
      case 'teleprospectAccepted':
        return flag(action);
      case 'salesAccepted':
        return acceptForSales();
      case 'reopen':
        return finish(t('leads.done.reopen'), await reopen.run({ id: lead.id }));
      case 'decline':
      case 'convert':
      case 'recycle':
      case 'disqualify':
        setDialog(action);
        return false;
    }
  };

  useShortcuts(
    available.map((action) => ({
      keys: actionKeys[action],
      label: t(`leads.actions.${action}`),
      run: () => void run(action),
    })),
  );

  return {
    available,
    main: mainActionOf(lead, process.definition, role),
    run,
    moveTo,
    flag,
    stageName,
    pending: move.pending || setFlag.pending || reopen.pending || assign.pending,
    dialog: (
      <LeadDialog detail={detail} action={dialog} onClose={() => setDialog(null)} onDone={(stage) => onMoved(stage)} />
    ),
  };
}

export type LeadActions = ReturnType<typeof useLeadActions>;
