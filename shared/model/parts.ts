/** Structured values inside records: emails, phones, addresses, answers. */
import { z } from 'zod';
import { addressKinds, phoneKinds } from './picklists.ts';

const line = (max: number) => z.string().trim().max(max);

/** One email address as typed. `valid` false: kept as it came, flagged, left out of matching and mail. */
export const emailPartSchema = z.object({
  address: line(320).min(1),
  kind: z.enum(addressKinds).default('work'),
  primary: z.boolean().default(false),
  optedOut: z.boolean().default(false),
  bounced: z.boolean().default(false),
  valid: z.boolean().default(true),
});
export type EmailPart = z.output<typeof emailPartSchema>;

/** One phone as typed, with its E.164 form where it is a possible number. `extension` apart. */
export const phonePartSchema = z.object({
  number: line(80).min(1),
  e164: z
    .string()
    .regex(/^\+[1-9]\d{3,14}$/)
    .nullable()
    .default(null),
  extension: line(20).nullable().default(null),
  kind: z.enum(phoneKinds).default('work'),
  primary: z.boolean().default(false),
  doNotCall: z.boolean().default(false),
  valid: z.boolean().default(true),
});
export type PhonePart = z.output<typeof phonePartSchema>;

/** A postal address in parts; `country` is ISO 3166-1 alpha-2 where known, else as it came. */
export const addressPartSchema = z.object({
  kind: z.enum(addressKinds).default('work'),
  street: line(250).nullable().default(null),
  street2: line(250).nullable().default(null),
  city: line(120).nullable().default(null),
  region: line(120).nullable().default(null),
  postalCode: line(40).nullable().default(null),
  country: line(120).nullable().default(null),
});
export type AddressPart = z.output<typeof addressPartSchema>;

/** The answer to a qualifier question of a capture form. */
/** Characters of a free answer. */
export const longestAnswer = 4000;

export const answerSchema = z.object({
  questionId: line(80),
  question: line(400),
  value: z.union([z.string().max(longestAnswer), z.number(), z.array(z.string().max(400))]),
});
export type Answer = z.output<typeof answerSchema>;

/** An optional value that was refused but not lost: which field, as it came, and why. */
export const flaggedValueSchema = z.object({ field: z.string(), value: z.string(), reason: z.string() });
export type FlaggedValue = z.output<typeof flaggedValueSchema>;
