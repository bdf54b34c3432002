/**
 * The process of a lead as a state machine (domain.md section 5). Rules fire on changes, never on standing states: a
 * flag that was set, a score that arrived, a threshold that was crossed. When several fire at once sales ready wins,
 * also over a teleprospecting flag that is set while sales ready stands. What a person does by hand (move, decline,
 * recycle, disqualify, reopen) is checked here and carried out by db/records/lead-life.ts.
 *
 * Example: in Teleprospect qualification, ticking sales ready fires the rule `salesReady`, which moves to Sales
 * acceptance; the threshold crossed in Teleprospect acceptance does the same.
 */
import { err, ok, type Result } from '../../result.ts';
import type { MoveRule, ProcessDefinition, Stage } from './definition.ts';

export const salesFlags = ['salesReady', 'teleprospectReady', 'teleprospectAccepted', 'salesAccepted'] as const;
export type SalesFlag = (typeof salesFlags)[number];

export type LeadPosition = {
  readonly status: 'open' | 'qualified' | 'disqualified';
  readonly stage: string | null;
} & Readonly<Record<SalesFlag, boolean>>;

/** What can make a rule fire. */
export type Trigger = MoveRule['on'];

/** The furthest-reaching first. */
const precedence = [
  'salesReady',
  'teleprospectAccepted',
  'teleprospectReady',
  'firstScore',
] as const satisfies readonly Trigger[];

/** The rule that a change makes fire, if any. `lead` is as the change left it; `triggers` is what changed. */
export function firedRule(
  definition: ProcessDefinition,
  lead: LeadPosition,
  triggers: ReadonlySet<Trigger>,
): MoveRule | null {
  if (lead.status !== 'open') return null;
  for (const trigger of precedence) {
    if (!triggers.has(trigger)) continue;
    const yieldsToSales = trigger !== 'salesReady' && trigger !== 'firstScore' && lead.salesReady;
    const rule = yieldsToSales ? undefined : definition.rules.find((each) => fires(each, trigger, definition, lead));
    if (rule) return rule;
    if (trigger === 'salesReady') return null;
  }
  return null;
}

const fires = (rule: MoveRule, on: Trigger, definition: ProcessDefinition, lead: LeadPosition): boolean =>
  rule.on === on &&
  rule.to !== lead.stage &&
  stageOf(definition, rule.to) !== null &&
  (rule.from.length === 0 || (lead.stage !== null && rule.from.includes(lead.stage)));

export const stageOf = (definition: ProcessDefinition, id: string | null): Stage | null =>
  definition.stages.find((stage) => stage.id === id) ?? null;

/** Which flags a person may set make which rule fire. */
export const triggerOf = (flag: SalesFlag): Trigger | null => (flag === 'salesAccepted' ? null : flag);

export type Refusal =
  | { readonly code: 'leadClosed' }
  | { readonly code: 'stageUnknown' }
  | { readonly code: 'moveNotAllowed' }
  | { readonly code: 'requiredField'; readonly field: string };

/** May a person move the lead there? Going forward completes the stage: its required fields must be there. */
export function checkMove(
  definition: ProcessDefinition,
  lead: LeadPosition,
  values: Readonly<Record<string, unknown>>,
  to: string,
): Result<{ readonly from: string | null; readonly to: string }, Refusal> {
  if (lead.status !== 'open') return err({ code: 'leadClosed' });
  if (stageOf(definition, to) === null) return err({ code: 'stageUnknown' });
  if (lead.stage === to) return err({ code: 'moveNotAllowed' });
  const missing = missingToComplete(definition, lead.stage, to, values);
  return missing === null ? ok({ from: lead.stage, to }) : err({ code: 'requiredField', field: missing });
}

/** May a person set this flag? Where that completes the stage, its required fields must be there. */
export function checkFlag(
  definition: ProcessDefinition,
  lead: LeadPosition,
  values: Readonly<Record<string, unknown>>,
  flag: SalesFlag,
  value: boolean,
): Result<void, Refusal> {
  if (lead.status !== 'open') return err({ code: 'leadClosed' });
  const trigger = triggerOf(flag);
  if (!value || lead[flag] || trigger === null) return ok(undefined);
  const after = { ...lead, [flag]: true };
  const rule = firedRule(definition, after, new Set([trigger]));
  const missing =
    rule === null ? null : missingToComplete(definition, lead.stage, rule.to, { ...values, [flag]: true });
  return missing === null ? ok(undefined) : err({ code: 'requiredField', field: missing });
}

/** The first required field of the stage that is blank (a flag: not ticked), where the move goes forward. */
function missingToComplete(
  definition: ProcessDefinition,
  from: string | null,
  to: string,
  values: Readonly<Record<string, unknown>>,
): string | null {
  const stages = definition.stages.map((stage) => stage.id);
  const stage = stageOf(definition, from);
  if (stage === null || stages.indexOf(to) <= stages.indexOf(stage.id)) return null;
  return stage.required.find((field) => isBlank(values[field])) ?? null;
}

const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || value === false || (Array.isArray(value) && !value.length);

/** Where a new lead starts; a seller's own counts as taken on by sales already. */
export function startOf(
  definition: ProcessDefinition,
  enteredBySeller: boolean,
): { readonly stage: string | null; readonly salesReady: boolean; readonly salesAccepted: boolean } {
  const own = enteredBySeller ? stageOf(definition, definition.sellerStartStage) : null;
  if (own) return { stage: own.id, salesReady: true, salesAccepted: true };
  return { stage: definition.stages[0]?.id ?? null, salesReady: false, salesAccepted: false };
}

export const clearedFlags = {
  salesReady: false,
  teleprospectReady: false,
  teleprospectAccepted: false,
  salesAccepted: false,
} as const satisfies Record<SalesFlag, false>;

/** Where a lead that is recycled or declined goes: the stage that the process names, else its first. */
export const recycleStageOf = (definition: ProcessDefinition): string | null =>
  stageOf(definition, definition.recycleStage)?.id ?? definition.stages[0]?.id ?? null;

/**
 * The stages whose leads wait for a call: those that raise work for teleprospectors, and where a lead that they
 * accepted goes.
 */
export function callStagesOf(definition: ProcessDefinition): readonly string[] {
  const raising = definition.stages.filter((stage) => stage.raisesWorkFor === 'teleprospector');
  const accepted = definition.rules.filter((rule) => rule.on === 'teleprospectAccepted');
  return [...new Set([...raising.map((stage) => stage.id), ...accepted.map((rule) => rule.to)])];
}
