/** History and undo, search over everything, the home page, and the upkeep of the database itself. */
import { z } from 'zod';
import { entityNames } from '../model/entities.ts';
import { uuidSchema } from '../model/ids.ts';
import { call } from './call.ts';
import { folderRefSchema, jobIdSchema } from './parts.ts';

const entityName = z.enum(entityNames as [string, ...string[]]);

/** Why a write happened. */
export const causeKinds = [
  'edit',
  'capture',
  'import',
  'rule',
  'call',
  'undo',
  'receive',
  'seed',
  'merge',
  'system',
] as const;
export type CauseKind = (typeof causeKinds)[number];

/** `partly`: its undo was stopped, or single changes of it were put back. */
export const operationStateSchema = z.enum(['done', 'partly', 'undone']);
const operationKindSchema = z.enum(['create', 'update', 'remove', 'restore']);

export const historyEntrySchema = z.object({
  writeId: z.int(),
  atMs: z.int(),
  userName: z.string().nullable(),
  deviceName: z.string().nullable(),
  cause: z.enum(causeKinds),
  /** The rule, import or form by name. */
  causeLabel: z.string().nullable(),
  operation: operationKindSchema,
  /** The bulk change or import that the change is a part of, with how many records it made or changed in all. */
  partOf: z.object({ id: uuidSchema, records: z.int(), state: operationStateSchema }).nullable(),
  /** `values` are as stored; references by id with their label. */
  fields: z.array(
    z.object({
      field: z.string(),
      before: z.unknown(),
      after: z.unknown(),
      beforeLabel: z.string().nullable(),
      afterLabel: z.string().nullable(),
    }),
  ),
  undone: z.boolean(),
});

/** A write, or a whole operation as one. */
export const historyOperationSchema = z.object({
  /** Its last write. */
  writeId: z.int(),
  atMs: z.int(),
  userName: z.string().nullable(),
  deviceName: z.string().nullable(),
  cause: z.enum(causeKinds),
  causeLabel: z.string().nullable(),
  /** Null: a single write; `history.undo` takes it back. Else `history.undoOperation`. */
  operationId: uuidSchema.nullable(),
  records: z.int(),
  state: operationStateSchema,
  /** What was done to the first of its records, and which fields it changed. */
  operation: operationKindSchema,
  fields: z.array(z.string()),
  first: z.object({ entity: entityName, id: uuidSchema, label: z.string() }).nullable(),
});

const undoResult = z.object({
  writeId: z.int(),
  undone: z.int(),
  /** Fields left alone because they changed since. */ kept: z.int(),
  /** Records that are gone for good: they stay so. */ gone: z.int(),
});

export const historyContract = {
  'history.ofRecord': call(
    'read',
    'Who changed what of a record, when and by which rule, newest first',
    z.strictObject({ entity: entityName, id: uuidSchema, limit: z.int().min(1).max(500).default(100) }),
    z.object({ entries: z.array(historyEntrySchema) }),
    ['notFound'],
  ),
  'history.page': call(
    'read',
    'What was done in this workspace, newest first; a bulk change or an import is one entry',
    z.strictObject({ limit: z.int().min(1).max(200).default(50), before: z.int().optional() }),
    z.object({
      entries: z.array(historyOperationSchema),
      /** Pass as `before` for the next page; null at the end. */ next: z.int().nullable(),
    }),
  ),
  'history.operation': call(
    'read',
    'What a bulk change or an import did, and how many of its records changed since',
    z.strictObject({ operationId: uuidSchema }),
    z.object({
      id: uuidSchema,
      records: z.int(),
      state: operationStateSchema,
      kinds: z.array(z.object({ entity: entityName, count: z.int() })),
      changedSince: z.int(),
      /** Of its records, those that are gone for good. */ gone: z.int(),
    }),
    ['notFound'],
  ),
  'history.undo': call(
    'write',
    'Puts a write back, with what rules did because of it; itself undoable',
    z.strictObject({ writeId: z.int() }),
    undoResult,
    ['notFound', 'alreadyUndone', 'nothingToUndo'],
  ),
  'history.undoOperation': call(
    'write',
    'Puts all writes of a bulk change or an import back, last first; what changed since is left alone. Cancelled, it can go on later',
    z.strictObject({ operationId: uuidSchema, jobId: jobIdSchema.optional() }),
    z.object({ undone: z.int(), kept: z.int(), gone: z.int() }),
    ['notFound', 'alreadyUndone', 'cancelled'],
  ),
  'search.everything': call(
    'read',
    'Whatever has a page of its own (contacts, accounts, leads, …), notes and files, by part of any word',
    z.strictObject({ search: z.string().max(200), limit: z.int().min(1).max(50).default(8) }),
    z.object({
      hits: z.array(
        z.object({
          entity: entityName,
          id: uuidSchema,
          label: z.string(),
          detail: z.string().nullable(),
          /** Of a note or file: the record on whose page it is. */
          of: z.object({ entity: entityName, id: uuidSchema }).nullable(),
        }),
      ),
    }),
  ),
  'home.summary': call(
    'read',
    'What to do now and where things stand',
    z.strictObject({}),
    z.object({
      contacts: z.int(),
      accounts: z.int(),
      openLeads: z.int(),
      unlinkedLeads: z.int(),
      leadsByStage: z.array(z.object({ stage: z.string(), name: z.string(), count: z.int() })),
      salesReady: z.int(),
      queueWaiting: z.int(),
      callbacksDue: z.int(),
      reviewItems: z.int(),
      tasksOpen: z.int(),
      capturedToday: z.int(),
      notYetExported: z.int(),
      notYetReceived: z.int(),
    }),
  ),
  'counters.get': call(
    'read',
    'The counters that every screen shows',
    z.strictObject({}),
    z.object({
      notYetExported: z.int(),
      notYetReceived: z.int(),
      reviewItems: z.int(),
      queueWaiting: z.int(),
      salesInbox: z.int(),
    }),
  ),
  'maintenance.seed': call(
    'write',
    'Fills the database with made-up records in the reference ratios',
    z.strictObject({
      contacts: z.int().min(1).max(5_000_000),
      seed: z.int().default(1),
      jobId: jobIdSchema.optional(),
    }),
    z.object({ contacts: z.int(), accounts: z.int(), leads: z.int(), interactions: z.int() }),
  ),
  'maintenance.check': call(
    'read',
    'Verifies integrity, foreign keys, and that every derived table equals its rebuild',
    z.strictObject({ jobId: jobIdSchema.optional() }),
    z.object({
      healthy: z.boolean(),
      checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string().nullable() })),
    }),
  ),
  'maintenance.rebuild': call(
    'write',
    'Makes every derived table again from the records',
    z.strictObject({ jobId: jobIdSchema.optional() }),
    z.object({ tables: z.array(z.string()) }),
  ),
  'maintenance.backup': call(
    'write',
    'Copies the database, still encrypted, to a folder',
    z.strictObject({ folder: folderRefSchema.optional(), jobId: jobIdSchema.optional() }),
    z.object({ file: z.string() }),
    ['diskFull', 'notPermitted'],
  ),
};
