/** A matching strategy: decides whether a contact or lead exists already (domain.md section 2). */
import { z } from 'zod';

export const matchingAttributes = [
  'email',
  'phone',
  'givenName',
  'familyName',
  'company',
  'captureSource',
  'externalId',
  'birthDate',
  'postalCode',
] as const;
export type MatchingAttribute = (typeof matchingAttributes)[number];

export const blankKeyActions = ['review', 'create', 'skip'] as const;
export const severalMatchesActions = ['review', 'mostRecentlyUpdated'] as const;
export const hitActions = ['fillEmpty', 'overwrite', 'keep'] as const;

export const matchingDefinitionSchema = z.object({
  version: z.literal(1).default(1),
  /** A record matches when all of them match; each exact after normalisation. */
  attributes: z
    .array(z.object({ attribute: z.enum(matchingAttributes) }))
    .min(1)
    .max(9),
  onBlankKey: z.enum(blankKeyActions).default('review'),
  onSeveralMatches: z.enum(severalMatchesActions).default('review'),
  onHit: z.enum(hitActions).default('fillEmpty'),
});
export type MatchingDefinition = z.output<typeof matchingDefinitionSchema>;
