/** Which actions a lead offers where it stands (domain.md section 5). Pure, so that the bar, buttons and shortcuts agree. */
import type { LeadRecord } from '../../../shared/model/entities.ts';
import type { UserRole } from '../../../shared/model/picklists.ts';
import type { ProcessDefinition } from '../../../shared/rules/process/definition.ts';

export type LeadAction =
  | 'next'
  | 'back'
  | 'salesReady'
  | 'teleprospectReady'
  | 'teleprospectAccepted'
  | 'decline'
  | 'salesAccepted'
  | 'convert'
  | 'recycle'
  | 'disqualify'
  | 'reopen';

type LeadState = Pick<
  LeadRecord,
  'status' | 'stage' | 'salesReady' | 'teleprospectReady' | 'teleprospectAccepted' | 'salesAccepted' | 'ownerId'
>;

export function stageIndex(definition: ProcessDefinition, stage: string | null): number {
  return definition.stages.findIndex(({ id }) => id === stage);
}

/** In the order in which the screen offers them. */
export function actionsOf(lead: LeadState, definition: ProcessDefinition): readonly LeadAction[] {
  if (lead.status === 'disqualified') return ['reopen'];
  if (lead.status === 'qualified') return [];
  const index = stageIndex(definition, lead.stage);
  const actions: LeadAction[] = [];
  if (index >= 0 && index < definition.stages.length - 1) actions.push('next');
  if (index > 0) actions.push('back');
  if (!lead.salesReady) actions.push('salesReady');
  if (!lead.teleprospectReady && !lead.salesReady) actions.push('teleprospectReady');
  if (lead.teleprospectReady && !lead.teleprospectAccepted && !lead.salesReady) actions.push('teleprospectAccepted');
  const waitsForSales = lead.salesReady && !lead.salesAccepted;
  const waitsForTeleprospecting = lead.teleprospectReady && !lead.salesReady;
  if (waitsForSales || waitsForTeleprospecting) actions.push('decline');
  if (waitsForSales) actions.push('salesAccepted');
  if (lead.salesReady) actions.push('convert');
  if (index > 0) actions.push('recycle');
  actions.push('disqualify');
  return actions;
}

/** The single step that most people take next from here; null where only a choice of several makes sense. */
export function mainActionOf(lead: LeadState, definition: ProcessDefinition, role: UserRole | null): LeadAction | null {
  const actions = actionsOf(lead, definition);
  const wanted: readonly LeadAction[] =
    role === 'seller' || role === 'manager'
      ? ['salesAccepted', 'convert', 'teleprospectAccepted', 'next', 'reopen']
      : role === 'teleprospector'
        ? ['teleprospectAccepted', 'salesReady', 'next', 'reopen']
        : ['salesAccepted', 'teleprospectAccepted', 'next', 'reopen'];
  return wanted.find((action) => actions.includes(action)) ?? null;
}
