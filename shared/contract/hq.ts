/** To HQ and to other laptops: bundles, receipts, exports for other systems. */
import { z } from 'zod';
import { uuidSchema } from '../model/ids.ts';
import { call } from './call.ts';
import { fileRefSchema, folderRefSchema, jobIdSchema } from './parts.ts';

export const exportFormats = ['bundle', 'dynamics365', 'salesforce', 'hubspot', 'csv', 'vcard'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const bundleManifestSchema = z.object({
  bundleId: uuidSchema,
  formatVersion: z.int(),
  workspaceId: uuidSchema,
  deviceId: uuidSchema,
  deviceName: z.string(),
  createdAtMs: z.int(),
  fromWrite: z.int(),
  toWrite: z.int(),
  writes: z.int(),
  changes: z.int(),
  parts: z.array(z.object({ name: z.string(), sha256: z.string(), bytes: z.int(), changes: z.int() })),
});

export const hqStatusSchema = z.object({
  /** Changes made on this laptop that no bundle holds yet. */
  notYetExported: z.int(),
  /** Changes made on this laptop for which no receipt of HQ has come back. */
  notYetReceived: z.int(),
  lastExportAtMs: z.int().nullable(),
  lastReceiptAtMs: z.int().nullable(),
  bundles: z.array(
    z.object({
      bundleId: uuidSchema,
      fileName: z.string(),
      createdAtMs: z.int(),
      changes: z.int(),
      sizeBytes: z.int(),
      state: z.enum(['exported', 'received', 'rejected']),
      reason: z.string().nullable(),
    }),
  ),
  receivedBundles: z.array(
    z.object({ bundleId: uuidSchema, deviceName: z.string(), receivedAtMs: z.int(), changes: z.int() }),
  ),
});

/** One of the two values: what it was set to, by whom, where and when. References have the label of their record. */
const conflictSideSchema = z.object({
  value: z.unknown(),
  label: z.string().nullable(),
  atMs: z.int(),
  userName: z.string().nullable(),
  deviceName: z.string().nullable(),
});

/** Two laptops changed a field without knowing of each other: the later value stands, the other gave way. */
export const conflictSchema = z.object({
  id: z.int(),
  entity: z.string(),
  recordId: uuidSchema,
  label: z.string(),
  field: z.string(),
  kept: conflictSideSchema,
  lost: conflictSideSchema,
  /** False once the field was changed again: then neither value may be what it is now. */
  stands: z.boolean(),
  /** The value that gave way can be taken instead: nothing was changed since, and people may set the field. */
  canSwap: z.boolean(),
});

export const preflightIssueSchema = z.object({
  recordId: uuidSchema.nullable(),
  label: z.string(),
  field: z.string(),
  message: z.string(),
  level: z.enum(['error', 'warning']),
});

export const hqContract = {
  'hq.status': call(
    'read',
    'What is not yet exported, what is not yet received at HQ, and the bundles so far',
    z.strictObject({}),
    hqStatusSchema,
  ),
  'hq.conflicts': call(
    'read',
    'Fields that two laptops changed without knowing of each other, with both values, newest first',
    z.strictObject({ limit: z.int().min(1).max(200).default(100) }),
    z.object({ rows: z.array(conflictSchema), total: z.int() }),
  ),
  'hq.swapConflict': call(
    'write',
    'Takes the value that gave way instead of the one that stands',
    z.strictObject({ id: z.int() }),
    z.object({ writeId: z.int().nullable() }),
    ['notFound', 'changedSince'],
  ),
  'exports.run': call(
    'write',
    'Writes a bundle of everything new, or a file for another system',
    z.strictObject({
      format: z.enum(exportFormats),
      folder: folderRefSchema,
      /** For files: which records; leads where absent (contacts for HubSpot, vCard). */
      entity: z.enum(['leads', 'contacts', 'accounts']).optional(),
      /** For contacts: only members of this segment. */
      segmentId: uuidSchema.optional(),
      /** Bundle: everything this laptop ever exported, once more. */
      again: z.boolean().default(false),
      excelBom: z.boolean().default(false),
      vcardVersion: z.enum(['3.0', '4.0']).default('3.0'),
      jobId: jobIdSchema.optional(),
    }),
    z.object({
      changes: z.int(),
      records: z.int(),
      files: z.array(z.object({ name: z.string(), bytes: z.int(), sha256: z.string() })),
      preflight: z.array(preflightIssueSchema),
    }),
    ['diskFull', 'notPermitted', 'notFound', 'badInput', 'noWorkspace', 'cancelled'],
  ),
  'exports.preflight': call(
    'read',
    'Applies the target’s own rules without writing anything',
    z.strictObject({
      format: z.enum(exportFormats),
      entity: z.enum(['leads', 'contacts', 'accounts']).optional(),
      segmentId: uuidSchema.optional(),
    }),
    z.object({ records: z.int(), issues: z.array(preflightIssueSchema) }),
  ),
  'hq.receive': call(
    'write',
    'Takes in a bundle of another laptop or a receipt of HQ; doing it twice changes nothing',
    z.strictObject({ file: fileRefSchema, jobId: jobIdSchema.optional() }),
    z.object({
      kind: z.enum(['bundle', 'receipt']),
      bundleId: uuidSchema,
      deviceName: z.string(),
      changes: z.int(),
      applied: z.int(),
      alreadyKnown: z.int(),
      conflicts: z.int(),
    }),
    [
      'fileMissing',
      'bundleDamaged',
      'bundleIncomplete',
      'bundleOtherWorkspace',
      'bundleTooNew',
      'bundleNotOutpost',
      'bundleSenderUnknown',
      'receiptInvalid',
      'diskFull',
      'noWorkspace',
      'cancelled',
    ],
  ),
};
