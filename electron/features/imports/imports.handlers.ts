/** Files in: preview, import, past imports, taking one back. */
import type { importsContract } from '../../../shared/contract/imports.ts';
import { ok } from '../../../shared/result.ts';
import { listImportRuns } from '../../../db/records/import-run.ts';
import type { HandlersOf } from '../handler.ts';
import { runImport } from './imports.service.ts';
import { inspectFile } from './inspect.ts';
import { rehearse } from './rehearsal.ts';
import { undoImport } from './undo-import.ts';

type ImportCalls = Extract<keyof typeof importsContract, `imports.${string}`>;

export const importHandlers = {
  'imports.inspect': (input, { store }) => inspectFile(store, input),
  'imports.rehearse': (input, context) => rehearse(context, input),
  'imports.run': (input, context) => runImport(context, input),
  'imports.list': ({ limit }, { store }) =>
    ok({
      rows: listImportRuns(store, limit).map((run) => ({
        importId: run.id,
        fileName: run.fileName,
        format: run.format,
        kind: run.kind,
        startedAtMs: run.startedAtMs,
        finishedAtMs: run.finishedAtMs,
        undone: run.undone,
        cancelled: run.cancelled,
        rows: run.created + run.updated + run.unchanged + run.pending + run.failed + run.skipped,
        created: run.created,
        updated: run.updated,
        unchanged: run.unchanged,
        pending: run.pending,
        failed: run.failed,
        skipped: run.skipped,
        flagged: run.flagged,
      })),
    }),
  'imports.undo': (input, context) => undoImport(context, input),
} satisfies HandlersOf<ImportCalls>;
