/** Files in: inspect, run, results, and the items that wait for a person. */
import { z } from 'zod';
import { uuidSchema } from '../model/ids.ts';
import { fieldHitActions, hitActions } from '../rules/matching/definition.ts';
import { call } from './call.ts';
import { columnMapSchema, importTargetSchema, newFieldSchema } from './import-fields.ts';
import { fileRefSchema, folderRefSchema, jobIdSchema } from './parts.ts';
import { strategiesContract } from './strategies.ts';

export const importFormats = [
  'auto',
  'csv',
  'xlsx',
  'eventbrite',
  'linkedin',
  'dynamics365',
  'salesforce',
  'hubspot',
  'google',
  'outlook',
  'mailchimp',
  'vcard',
] as const;
export type ImportFormat = (typeof importFormats)[number];

/**
 * The kind of record that rows become. Registrations, check-ins, interactions and members of a subscription list also
 * make or find their contact.
 */
export const importKinds = [
  'contacts',
  'accounts',
  'leads',
  'registrations',
  'checkins',
  'interactions',
  'members',
] as const;
export type ImportKind = (typeof importKinds)[number];

export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-1',
  'iso-8859-2',
  'iso-8859-15',
  'windows-1251',
  'shift_jis',
  'gb18030',
  'big5',
  'euc-kr',
  'macroman',
] as const;

export const inspectionSchema = z.object({
  file: fileRefSchema,
  name: z.string(),
  sizeBytes: z.int(),
  format: z.enum(importFormats),
  kind: z.enum(importKinds),
  encoding: z.string(),
  /** Null for formats without columns (vCard). */
  delimiter: z.string().nullable(),
  hasHeader: z.boolean(),
  /** Of a workbook; empty for any other file. */
  sheets: z.array(z.object({ name: z.string(), hidden: z.boolean() })),
  sheet: z.string().nullable(),
  /** The row of the sheet where the table begins. */
  headerRow: z.int().nullable(),
  columns: z.array(
    z.object({
      header: z.string(),
      field: importTargetSchema,
      samples: z.array(z.string()),
      /** As it was chosen for a file of these columns before. */
      onHit: z.enum(fieldHitActions).nullable(),
      values: z.record(z.string(), z.string().nullable()),
      /** Different values among the first rows, those that come most often first; empty where they are too many. */
      distinct: z.array(z.object({ value: z.string(), count: z.int() })),
    }),
  ),
  /** First rows as they stand in the file, by column. */
  preview: z.array(z.array(z.string())),
  /** Of cards, which have no columns: the field that each place of the preview fills. */
  previewFields: z.array(z.string()),
  /** Places in the preview of rows with more or fewer cells than there are columns: they will wait in review. */
  oddRows: z.array(z.int()),
  /** Records in the file; null while not counted. */
  rowsEstimate: z.int().nullable(),
  /** The whole file was seen: the estimate is the number. */
  rowsCounted: z.boolean(),
  warnings: z.array(z.object({ line: z.int().nullable(), message: z.string() })),
});
export type Inspection = z.output<typeof inspectionSchema>;

export const missActions = ['create', 'skip'] as const;

export const importOptionsSchema = z.strictObject({
  file: fileRefSchema,
  format: z.enum(importFormats).default('auto'),
  kind: z.enum(importKinds).optional(),
  encoding: z.string().max(40).optional(),
  delimiter: z.string().max(3).optional(),
  hasHeader: z.boolean().optional(),
  /** Of a workbook, by name; the first visible one that holds anything where absent. */
  sheet: z.string().max(200).optional(),
  /** The row of the sheet with the names of the columns; found where absent. */
  headerRow: z.int().min(1).max(1_048_576).optional(),
  columns: columnMapSchema.optional(),
  /** Custom fields to make for columns; one that is there already under the name is filled. Taken back with the import. */
  newFields: z.array(newFieldSchema).max(100).optional(),
  /** Make custom fields of all columns that fill nothing. */
  leftoverFields: z.boolean().optional(),
  /** The event or campaign the rows come from, by name (made where unknown) or id; also their capture source. */
  event: z.string().trim().min(1).max(300).optional(),
  /** Topic of leads without one of their own. */
  topic: z.string().trim().min(1).max(300).optional(),
  /** A matching strategy by name or id; the default of the kind where absent. */
  strategy: z.string().max(200).optional(),
  /** Column whose value identifies the row; kept as the external id. */
  keyColumn: z.string().max(1000).optional(),
  /** What a row does to the record that it hits, instead of what the strategy says. */
  onHit: z.enum(hitActions).optional(),
  /** What becomes of a row that hits no record. */
  onMiss: z.enum(missActions).optional(),
  /** Of members: the subscription list, by name (made where unknown) or id. */
  list: z.string().trim().min(1).max(300).optional(),
  /** Make and link a marketing-only contact for every lead that has none. */
  createContacts: z.boolean().default(false),
  jobId: jobIdSchema.optional(),
});

export const importOutcomes = ['created', 'updated', 'unchanged', 'pending', 'failed'] as const;

/** Counted over the records of the kind imported; `rows` = the sum of the outcomes + skipped. */
export const importResultSchema = z.object({
  importId: uuidSchema,
  rows: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  pending: z.int(),
  failed: z.int(),
  skipped: z.int(),
  /** Values kept as they came, flagged and left out of matching. */
  flagged: z.int(),
  /** Links to records that the file, or one before it, names before it holds them; made when all rows are saved. */
  linked: z.int(),
  cancelled: z.boolean(),
  failures: z.array(z.object({ line: z.int(), reason: z.string() })),
});
export type ImportResult = z.output<typeof importResultSchema>;

export const rehearsalOutcomes = [
  'created',
  'updated',
  'unchanged',
  'severalMatches',
  'blankKey',
  'leftList',
  'invalid',
  'skipped',
] as const;
export type RehearsalOutcome = (typeof rehearsalOutcomes)[number];

/** What the run would do: its counts are the run's; `severalMatches`, `blankKey` and `leftList` make its `pending`. */
export const rehearsalSchema = z.object({
  kind: z.enum(importKinds),
  rows: z.int(),
  counts: z.object({
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    severalMatches: z.int(),
    blankKey: z.int(),
    leftList: z.int(),
    invalid: z.int(),
    skipped: z.int(),
    flagged: z.int(),
  }),
  /** Links to records that the file, or one before it, names before it holds them: as in the result of the run. */
  linked: z.int(),
  /** Records that would be made in all, by entity: those of the kind, and contacts, events and interactions beside. */
  alsoCreated: z.record(z.string(), z.int()),
  /** The first rows of each outcome. */
  samples: z.array(
    z.object({
      line: z.int(),
      outcome: z.enum(rehearsalOutcomes),
      entity: z.string().nullable(),
      /** Null for a record that is not there yet. */
      recordId: uuidSchema.nullable(),
      label: z.string().nullable(),
      /** As they came, by import field. */
      values: z.record(z.string(), z.string()),
      changes: z.array(
        z.object({
          field: z.string(),
          /** Of a field of the workspace, also of one that the import would make: what it is called. */
          name: z.string().nullable(),
          before: z.unknown(),
          after: z.unknown(),
          beforeLabel: z.string().nullable(),
          afterLabel: z.string().nullable(),
        }),
      ),
      candidates: z.array(z.object({ id: uuidSchema, label: z.string(), why: z.string() })),
      message: z.string().nullable(),
    }),
  ),
  cancelled: z.boolean(),
});
export type Rehearsal = z.output<typeof rehearsalSchema>;

export const reviewItemSchema = z.object({
  id: uuidSchema,
  source: z.enum(['import', 'capture']),
  sourceName: z.string(),
  importId: uuidSchema.nullable(),
  line: z.int().nullable(),
  /** `leftList`: the person left the subscription list that the row would put them on. */
  reason: z.enum(['blankKey', 'severalMatches', 'invalidRow', 'raggedRow', 'leftList']),
  /** In words, without a stack. */
  message: z.string(),
  kind: z.enum(importKinds),
  /** The values as they came, by import field. */
  values: z.record(z.string(), z.string()),
  candidates: z.array(z.object({ id: uuidSchema, label: z.string(), why: z.string() })),
  createdAtMs: z.int(),
});
export type ReviewItem = z.output<typeof reviewItemSchema>;

/** What reading any file can answer. */
const readErrors = [
  'fileMissing',
  'fileEmpty',
  'fileNotText',
  'fileTooLarge',
  'noHeader',
  'unknownFormat',
  'fileUnreadable',
  'fileEncrypted',
  'notFound',
] as const;

export const importsContract = {
  'imports.inspect': call(
    'read',
    'Reads the beginning of a file: format, encoding, columns and a preview; writes nothing',
    importOptionsSchema.pick({
      file: true,
      format: true,
      kind: true,
      encoding: true,
      delimiter: true,
      hasHeader: true,
      sheet: true,
      headerRow: true,
    }),
    inspectionSchema,
    [...readErrors],
  ),
  'imports.rehearse': call(
    'read',
    'Says what an import of the whole file would do, with a sample of each; writes nothing',
    importOptionsSchema,
    rehearsalSchema,
    [...readErrors, 'noRecognisedColumns', 'invalidValue', 'diskFull', 'notPermitted', 'fileChanged'],
  ),
  'imports.run': call(
    'write',
    'Imports a file; answers when it is done, with progress events meanwhile',
    importOptionsSchema,
    importResultSchema,
    [...readErrors, 'noRecognisedColumns', 'invalidValue', 'diskFull', 'importRunning', 'fileChanged'],
  ),
  'imports.list': call(
    'read',
    'Past imports, newest first',
    z.strictObject({ limit: z.int().min(1).max(200).default(50) }),
    z.object({
      rows: z.array(
        importResultSchema.omit({ failures: true, linked: true }).extend({
          fileName: z.string(),
          format: z.string(),
          kind: z.enum(importKinds),
          startedAtMs: z.int(),
          finishedAtMs: z.int().nullable(),
          undone: z.boolean(),
          state: z.enum(['running', 'done', 'cancelled', 'interrupted']),
          /** Null where there is nothing left to do; `file`: the file must be chosen again, it is not where it was. */
          goOn: z.enum(['asIs', 'file']).nullable(),
        }),
      ),
    }),
  ),
  'imports.continue': call(
    'write',
    'Takes up an import that was cut or cancelled, behind the last row that it saved',
    z.strictObject({ importId: uuidSchema, file: fileRefSchema.optional(), jobId: jobIdSchema.optional() }),
    importResultSchema,
    [...readErrors, 'noRecognisedColumns', 'invalidValue', 'diskFull', 'importRunning', 'fileChanged'],
  ),
  'imports.changedSince': call(
    'read',
    'How many records of an import were changed since by somebody, which taking it back has to do with',
    z.strictObject({ importId: uuidSchema }),
    z.object({
      /** Made by the import: removed with their changes, to the bin. */
      made: z.int(),
      /** Changed by it: what was changed since stays. */
      changed: z.int(),
    }),
    ['notFound'],
  ),
  'imports.undo': call(
    'write',
    'Takes back everything an import did, except what was changed since',
    z.strictObject({ importId: uuidSchema, jobId: jobIdSchema.optional() }),
    z.object({ undone: z.int(), kept: z.int() }),
    ['notFound', 'alreadyUndone'],
  ),
  ...strategiesContract,
  'reviewQueue.list': call(
    'read',
    'Items that wait for a person: blank keys, several matches, rows that could not be read',
    z.strictObject({ limit: z.int().min(1).max(500).default(100), importId: uuidSchema.optional() }),
    z.object({ rows: z.array(reviewItemSchema), total: z.int() }),
  ),
  'reviewQueue.resolve': call(
    'write',
    'Decides a waiting item: retry with edited values, link to a candidate, create, or skip',
    z.strictObject({
      id: uuidSchema,
      action: z.enum(['retry', 'useCandidate', 'create', 'skip']),
      candidateId: uuidSchema.optional(),
      values: z.record(z.string(), z.string().max(100_000)).optional(),
    }),
    z.object({
      outcome: z.enum([...importOutcomes, 'skipped']),
      recordId: uuidSchema.nullable(),
      message: z.string(),
      /** Null where no record changed. */
      writeId: z.int().nullable(),
    }),
    ['notFound', 'invalidValue'],
  ),
  'reviewQueue.reopen': call(
    'write',
    'Takes a decision back: undoes what it wrote, and the item waits again',
    z.strictObject({ id: uuidSchema, writeId: z.int().nullable() }),
    z.object({ undone: z.int(), kept: z.int(), writeId: z.int() }),
    ['notFound', 'alreadyUndone', 'nothingToUndo'],
  ),
  'reviewQueue.export': call(
    'read',
    'Writes waiting items with the reason beside each row as CSV',
    z.strictObject({ folder: folderRefSchema, importId: uuidSchema.optional() }),
    z.object({ file: z.string(), rows: z.int() }),
    ['diskFull', 'notPermitted'],
  ),
};
