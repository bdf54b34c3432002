/**
 * Makes the rules of a lead's process fire on what a write changed (domain.md section 5): a flag that was set, a first
 * score, a threshold crossed. What rules do is logged as theirs, under the write that made them fire. A rule's change
 * may make another fire; a lead is moved on at most so many times a write.
 *
 * An undo puts records back and fires nothing. What other laptops did arrives with what their rules did: only a
 * threshold that is crossed because two laptops' interactions come together fires here.
 */
import { type SalesFlag, firedRule, triggerOf, type Trigger } from '../../shared/rules/process/machine.ts';
import type { MoveRule } from '../../shared/rules/process/definition.ts';
import { moveLeads } from '../records/lead-life.ts';
import { processOf } from '../records/lead-start.ts';
import { updateSet } from '../records/update-set.ts';
import { asRule, type Write } from '../records/write.ts';
import type { ScoreEvent } from './scores.ts';

const flags = ['salesReady', 'teleprospectReady', 'teleprospectAccepted'] as const satisfies readonly SalesFlag[];

/** Why somebody set a flag, for the move that follows from it. */
const reasons = new WeakMap<Write, Map<number, string>>();

export function giveReason(write: Write, leadId: number, reason: string): void {
  const known = reasons.get(write) ?? new Map<number, string>();
  known.set(leadId, reason);
  reasons.set(write, known);
}

export type Fired = { readonly handled: Set<string> };

/** Fires what the changes call for. The leads that rules changed. */
export function fireRules(write: Write, events: readonly ScoreEvent[], { handled }: Fired): Set<number> {
  const cause = write.open[0]?.cause.cause;
  const changed = new Set<number>();
  if (cause === 'undo') return changed;
  const triggers = new Map<number, Set<Trigger>>();
  const crossing = new Set<number>();
  const add = (leadId: number, trigger: Trigger): void => {
    const known = triggers.get(leadId) ?? new Set<Trigger>();
    known.add(trigger);
    triggers.set(leadId, known);
  };
  // what either of two merged leads had has happened before
  const risen = cause === 'receive' || cause === 'merge' ? [] : flagsRisen(write, handled);
  for (const [leadId, trigger] of risen) add(leadId, trigger);
  for (const event of events) {
    if (cause === 'receive' && (!event.fromBelow || isMovedBesides(write, event.leadId))) continue;
    if (event.first) add(event.leadId, 'firstScore');
    if (event.crossed) crossing.add(event.leadId);
  }

  const steps = new Map<string, { rule: MoveRule | null; sets: boolean; leadIds: number[] }>();
  for (const leadId of new Set([...triggers.keys(), ...crossing])) {
    const step = stepOf(write, leadId, triggers.get(leadId) ?? new Set(), crossing.has(leadId));
    if (!step) continue;
    const { processId, rule, sets } = step;
    const key = `${processId}:${rule?.id}:${sets}`;
    const group = steps.get(key) ?? { rule, sets, leadIds: [] };
    group.leadIds.push(leadId);
    steps.set(key, group);
    changed.add(leadId);
    if (sets) handled.add(`${leadId}:salesReady`);
  }
  for (const { rule, sets, leadIds } of steps.values()) {
    asRule(write, rule?.id ?? 'salesReady', () => {
      const patch = sets ? { salesReady: true } : {};
      const cause = (leadId: number) => ({ rule: rule?.id ?? null, reason: reasons.get(write)?.get(leadId) ?? null });
      if (rule) moveLeads(write, leadIds, rule.to, cause, patch);
      else updateSet(write, 'lead', leadIds, patch);
    });
  }
  return changed;
}

function flagsRisen(write: Write, handled: Set<string>): [number, Trigger][] {
  const found: [number, Trigger][] = [];
  for (const [leadId, { fields }] of write.touched.get('lead') ?? []) {
    for (const flag of flags) {
      if (fields.get(flag)?.[1] !== true) continue;
      const key = `${leadId}:${flag}`;
      if (handled.has(key)) continue;
      handled.add(key);
      const trigger = triggerOf(flag);
      if (trigger) found.push([leadId, trigger]);
    }
  }
  return found;
}

/** The other laptop's changes say where the lead is now. */
function isMovedBesides(write: Write, leadId: number): boolean {
  const fields = write.touched.get('lead')?.get(leadId)?.fields;
  return ['stage', 'salesReady', 'recycleCount', 'status', 'stageEnteredAtMs'].some((field) => fields?.has(field));
}

type Position = {
  status: 'open' | 'qualified' | 'disqualified';
  stage: string | null;
  processId: number | null;
  deletedAtMs: number | null;
} & Record<'salesReady' | 'teleprospectReady' | 'teleprospectAccepted' | 'salesAccepted', number>;

/** `sets`: the threshold marks the lead sales ready. Null where nothing changes. */
function stepOf(
  write: Write,
  leadId: number,
  triggers: Set<Trigger>,
  crosses: boolean,
): { processId: number | null; rule: MoveRule | null; sets: boolean } | null {
  const row = write.store
    .sql(
      `SELECT status, stage, processId, deletedAtMs, salesReady, teleprospectReady, teleprospectAccepted, salesAccepted
       FROM lead WHERE id = ?`,
    )
    .get(leadId) as Position;
  if (row.deletedAtMs !== null || row.status !== 'open') return null;
  // sticky: a lead that is sales ready already is not marked again
  const sets = crosses && row.salesReady === 0;
  if (sets) triggers.add('salesReady');
  const process = processOf(write.store, write, row.processId);
  const position = {
    status: row.status,
    stage: row.stage,
    salesReady: sets || row.salesReady === 1,
    teleprospectReady: row.teleprospectReady === 1,
    teleprospectAccepted: row.teleprospectAccepted === 1,
    salesAccepted: row.salesAccepted === 1,
  };
  const rule = process ? firedRule(process.definition, position, triggers) : null;
  return rule === null && !sets ? null : { processId: row.processId, rule, sets };
}
