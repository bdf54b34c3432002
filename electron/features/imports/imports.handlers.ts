/** Files in: preview, import, past imports, taking one back. */
import { statSync } from 'node:fs';
import { callError } from '../../../shared/contract/call.ts';
import type { importsContract } from '../../../shared/contract/imports.ts';
import { err, ok } from '../../../shared/result.ts';
import { changedSince, findImportRun, type ImportRun, listImportRuns } from '../../../db/records/import-run.ts';
import type { HandlersOf } from '../handler.ts';
import { canGoOn, continueImport, runImport } from './imports.service.ts';
import { inspectFile } from './inspect.ts';
import { rehearse } from './rehearsal.ts';
import { rehearseStrategy, strategyUse } from './strategy-rehearsal.ts';
import { undoImport } from './undo-import.ts';

type ImportCalls = Extract<keyof typeof importsContract, `imports.${string}` | `strategies.${string}`>;

function stateOf({ finishedAtMs, interruptedAtMs, cancelled }: ImportRun) {
  if (finishedAtMs !== null) return cancelled ? 'cancelled' : 'done';
  return interruptedAtMs === null ? 'running' : 'interrupted';
}

/** Whether the file is still where it was, as long as it was; a longer look is taken when the import goes on. */
function goOnOf(run: ImportRun): 'asIs' | 'file' | null {
  if (!canGoOn(run)) return null;
  const stat = run.filePath === null ? undefined : statSync(run.filePath, { throwIfNoEntry: false });
  return stat?.isFile() && stat.size === run.fileBytes ? 'asIs' : 'file';
}

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
        state: stateOf(run),
        goOn: goOnOf(run),
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
  'imports.continue': (input, context) => continueImport(context, input),
  'strategies.rehearse': async (input, context) => ok(await rehearseStrategy(context, input)),
  'strategies.usedBy': ({ id }, { store }) => ok(strategyUse(store, id)),
  'imports.changedSince': ({ importId }, { store }) => {
    const run = findImportRun(store, importId);
    return run === null ? err(callError('notFound', 'There is no such import.')) : ok(changedSince(store, run.id));
  },
  'imports.undo': (input, context) => undoImport(context, input),
} satisfies HandlersOf<ImportCalls>;
