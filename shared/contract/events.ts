/** What the program tells its windows without being asked. */
import { z } from 'zod';
import { entityNames } from '../model/entities.ts';
import { jobProgressSchema } from './parts.ts';

export const appEventSchema = z.discriminatedUnion('type', [
  /** Committed: records of these kinds changed. Screens that show them ask again. */
  z.object({ type: z.literal('changed'), entities: z.array(z.enum(entityNames as [string, ...string[]])) }),
  z.object({ type: z.literal('job'), progress: jobProgressSchema }),
  /** The workspace was opened, locked or closed. */
  z.object({ type: z.literal('workspace') }),
]);
export type AppEvent = z.output<typeof appEventSchema>;
