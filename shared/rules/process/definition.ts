/** A process: the stages a lead goes through, their fields and what is required (domain.md section 5). */
import { z } from 'zod';
import { userRoles } from '../../model/picklists.ts';

export const stageSchema = z.object({
  id: z.string().min(1).max(80),
  name: z.string().min(1).max(200),
  /** Lead fields shown in the stage's panel, by name. */
  fields: z.array(z.string().max(80)).max(60).default([]),
  required: z.array(z.string().max(80)).max(60).default([]),
  /** Each entry raises work for this role. */
  raisesWorkFor: z.enum(userRoles).nullable().default(null),
});
export type Stage = z.output<typeof stageSchema>;

/** Rules fire on changes, never on standing states. */
export const moveRuleSchema = z.object({
  id: z.string().min(1).max(80),
  on: z.enum(['firstScore', 'salesReady', 'teleprospectReady', 'teleprospectAccepted']),
  /** From these stages only; any where empty. */
  from: z.array(z.string().max(80)).max(60).default([]),
  to: z.string().min(1).max(80),
});
export type MoveRule = z.output<typeof moveRuleSchema>;

export const processDefinitionSchema = z.object({
  version: z.literal(1).default(1),
  stages: z.array(stageSchema).max(60).default([]),
  rules: z.array(moveRuleSchema).max(60).default([]),
  /** Where a lead that a seller enters by hand starts. */
  sellerStartStage: z.string().max(80).nullable().default(null),
  /** Where recycled and declined leads go. */
  recycleStage: z.string().max(80).nullable().default(null),
});
export type ProcessDefinition = z.output<typeof processDefinitionSchema>;
