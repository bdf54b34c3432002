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

export const comparisons = ['exact', 'similar'] as const;
/** What people misspell; a key made of numbers and addresses is the same or another. */
export const similarAttributes = ['givenName', 'familyName', 'company'] as const;
export const canBeSimilar = (attribute: MatchingAttribute): boolean =>
  similarAttributes.some((each) => each === attribute);
export const defaultLevel = 0.9;

export const blankKeyActions = ['review', 'create', 'skip'] as const;
export const severalMatchesActions = ['review', 'mostRecentlyUpdated'] as const;
export const hitActions = ['fillEmpty', 'overwrite', 'keep'] as const;
/** What a hit does to one field: also put behind what is there, where that makes sense. */
export const fieldHitActions = [...hitActions, 'append'] as const;
export type HitAction = (typeof hitActions)[number];
export type FieldHitAction = (typeof fieldHitActions)[number];

export const matchingDefinitionSchema = z.object({
  version: z.literal(1).default(1),
  /** A record matches when all of them match: exact after normalisation, or at least as similar as `level` says. */
  attributes: z
    .array(
      z
        .object({
          attribute: z.enum(matchingAttributes),
          compare: z.enum(comparisons).optional(),
          /** Of `similar`: 1 is the same. */
          level: z.number().min(0.7).max(1).optional(),
        })
        .refine(({ attribute, compare }) => compare !== 'similar' || canBeSimilar(attribute), {
          message: 'Only names and companies can be compared by similarity',
        }),
    )
    .min(1)
    .max(9),
  onBlankKey: z.enum(blankKeyActions).default('review'),
  onSeveralMatches: z.enum(severalMatchesActions).default('review'),
  onHit: z.enum(hitActions).default('fillEmpty'),
});
export type MatchingDefinition = z.output<typeof matchingDefinitionSchema>;

/** By these the store finds records through an index, names that are only similar by how they begin. */
const indexed: readonly MatchingAttribute[] = ['email', 'phone', 'externalId', 'familyName', 'company'];

/** A strategy of other attributes alone is held against every record, for each item that comes in. */
export const readsAllRecords = ({ attributes }: Pick<MatchingDefinition, 'attributes'>): boolean =>
  !attributes.some(({ attribute }) => indexed.includes(attribute));
