/** Shapes that several areas share. */
import { z } from 'zod';
import { uuidSchema } from '../model/ids.ts';

/** Chosen by the caller; progress events carry it and `jobs.cancel` takes it. */
export const jobIdSchema = z.string().min(1).max(80);

/**
 * A file that a call reads. From a window: the token that the host gave for a chosen or dropped file (`file:…`).
 * From the terminal: a path.
 */
export const fileRefSchema = z.string().min(1).max(4096);

/** A folder that a call writes into: a host's token (`folder:…`) from a window, a path from the terminal. */
export const folderRefSchema = z.string().min(1).max(4096);

export const jobProgressSchema = z.object({
  jobId: jobIdSchema,
  kind: z.enum([
    'import',
    'rehearsal',
    'export',
    'receive',
    'seed',
    'check',
    'rebuild',
    'backup',
    'undo',
    'bulk',
    'duplicates',
  ]),
  label: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  done: z.int(),
  /** Null while not known. */
  total: z.int().nullable(),
  /** Rows that are safe on disk. */
  saved: z.int(),
  perSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** Of jobs that can be made to wait. */
  pausable: z.boolean().optional(),
  paused: z.boolean().optional(),
});
export type JobProgress = z.output<typeof jobProgressSchema>;

/** One entry of a timeline: what happened, when, from which record. */
export const timelineEntrySchema = z.object({
  id: uuidSchema,
  entity: z.enum([
    'interaction',
    'call',
    'stageMove',
    'consentChange',
    'registration',
    'checkIn',
    'task',
    'note',
    'attachment',
  ]),
  kind: z.string(),
  atMs: z.int(),
  title: z.string(),
  detail: z.string().nullable(),
  leadId: uuidSchema.nullable(),
  contactId: uuidSchema.nullable(),
});
export type TimelineEntry = z.output<typeof timelineEntrySchema>;
