/** A lead scoring model: rows of conditions and points, grades, threshold (domain.md section 4). */
import { z } from 'zod';
import { consentLevels } from '../../model/picklists.ts';
import { groupSchema } from '../segment/schema.ts';

/** An entity reached from the lead. */
export const scoringEntities = [
  'lead',
  'contact',
  'account',
  'interaction',
  'registration',
  'checkIn',
  'call',
] as const;
export type ScoringEntity = (typeof scoringEntities)[number];

export const conditionSchema = z.object({
  entity: z.enum(scoringEntities),
  /** `each` counts every occurrence, `atLeastOnce` and `none` once. */
  frequency: z.enum(['each', 'atLeastOnce', 'none']).default('atLeastOnce'),
  /** Only occurrences of the last n days; null for ever. */
  lastDays: z.int().min(1).max(36_500).nullable().default(null),
  /** Expressions on the entity's fields, all of them; none = any occurrence. */
  where: groupSchema.nullable().default(null),
});
export type ScoringCondition = z.output<typeof conditionSchema>;

export const scoringRowSchema = z.object({
  id: z.string().min(1).max(80),
  name: z.string().max(200).default(''),
  /** All must hold. The first with `each` decides how often the points count. */
  conditions: z.array(conditionSchema).min(1).max(20),
  points: z.int().min(-100_000).max(100_000),
  /** The row's points halve every n days after the occurrence. */
  halfLifeDays: z.int().min(1).max(36_500).nullable().default(null),
});
export type ScoringRow = z.output<typeof scoringRowSchema>;

/** A named range of scores, `from` included, `to` excluded; null for open. */
export const gradeSchema = z.object({
  name: z.string().min(1).max(40),
  from: z.int().nullable(),
  to: z.int().nullable(),
});
export type Grade = z.output<typeof gradeSchema>;

/** Ranges follow each other without gap or overlap, lowest or highest first; only the ends may be open. */
function areContiguous(grades: readonly Grade[]): boolean {
  const lowest = (grade: Grade): number => grade.from ?? Number.NEGATIVE_INFINITY;
  const sorted = grades.toSorted((a, b) => lowest(a) - lowest(b));
  return sorted.every((grade, index) => {
    if (grade.from !== null && grade.to !== null && grade.from >= grade.to) return false;
    const next = sorted[index + 1];
    return next === undefined || (grade.to !== null && grade.to === next.from);
  });
}

export const scoringDefinitionSchema = z.object({
  version: z.literal(1).default(1),
  rows: z.array(scoringRowSchema).max(200).default([]),
  grades: z
    .array(gradeSchema)
    .max(20)
    .refine(areContiguous, 'grades must follow each other without gap or overlap')
    .default([]),
  /** Reaching it marks the lead sales ready; null for never. */
  salesReadyThreshold: z.int().nullable().default(null),
  minimumConsent: z.enum(consentLevels).default('consent'),
});
export type ScoringDefinition = z.output<typeof scoringDefinitionSchema>;

/** One line of the score ledger: why these points. The ledger adds up to the score. */
export const ledgerEntrySchema = z.object({
  modelId: z.string(),
  rowId: z.string(),
  rowName: z.string(),
  points: z.int(),
  /** The occurrence, where the row counts occurrences. */
  interactionId: z.string().nullable(),
  /** What it rests on, in words: a field and its value, or the kind of interaction. */
  evidence: z.string(),
  /** When the points were earned; epoch ms. */
  atMs: z.int(),
  /** When the points lapse by the row's window; null for never. */
  expiresAtMs: z.int().nullable(),
});
export type LedgerEntry = z.output<typeof ledgerEntrySchema>;
