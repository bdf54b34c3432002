/**
 * Where a new lead starts: in the default process, in its first stage; one that a seller enters by hand counts as taken
 * on by sales (domain.md section 5). Answers given at the booth fill the fields that they answer.
 */
import { fieldsOfAnswers } from '../../shared/rules/process/answers.ts';
import { type ProcessDefinition, processDefinitionSchema } from '../../shared/rules/process/definition.ts';
import { startOf } from '../../shared/rules/process/machine.ts';
import type { ReadableStore } from '../store.ts';
import type { StoredPatch } from './entity-storage.ts';
import type { Write } from './write.ts';

export type Process = { readonly id: number; readonly definition: ProcessDefinition };

/** Of a write; nobody edits processes and moves leads in the same one. */
const processesOf = new WeakMap<object, Map<number | 'default', Process | null>>();

function remembered(scope: object, key: number | 'default', read: () => Process | null): Process | null {
  let known = processesOf.get(scope);
  if (!known) processesOf.set(scope, (known = new Map()));
  let process = known.get(key);
  if (process === undefined) known.set(key, (process = read()));
  return process;
}

const decode = (row: unknown): Process | null => {
  if (row === undefined) return null;
  const { id, definition } = row as { id: number; definition: string };
  return { id, definition: processDefinitionSchema.parse(JSON.parse(definition)) };
};

/** `scope`: what remembers the answer, a write or anything as short-lived. */
export const defaultProcess = (store: ReadableStore, scope: object): Process | null =>
  remembered(scope, 'default', () =>
    decode(
      store
        .sql('SELECT id, definition FROM process WHERE isDefault = 1 AND deletedAtMs IS NULL ORDER BY uid LIMIT 1')
        .get(),
    ),
  );

/** The process of a lead; the default one where it names none. */
export const processOf = (store: ReadableStore, scope: object, processId: number | null): Process | null =>
  processId === null
    ? defaultProcess(store, scope)
    : remembered(scope, processId, () =>
        decode(store.sql('SELECT id, definition FROM process WHERE id = ?').get(processId)),
      );

export function leadStart(write: Write, given: StoredPatch<'lead'>): StoredPatch<'lead'> {
  const cause = write.open[0]?.cause.cause;
  // what another laptop made has started there
  if (cause === 'receive') return {};
  const answered = given.answers ? blankOnly(fieldsOfAnswers(given.answers), given) : {};
  const process = processOf(write.store, write, given.processId ?? null);
  if (!process) return answered;
  if (given.stage) {
    return { ...answered, processId: process.id, stageEnteredAtMs: given.stageEnteredAtMs ?? write.atMs };
  }
  const start = startOf(process.definition, cause === 'edit' && isSeller(write));
  return {
    ...answered,
    processId: process.id,
    stage: start.stage,
    stageEnteredAtMs: write.atMs,
    salesReady: given.salesReady || start.salesReady,
    salesAccepted: given.salesAccepted || start.salesAccepted,
    ...(start.salesAccepted ? { ownerId: given.ownerId ?? write.store.userRow } : {}),
  };
}

/** The answers to questions that the lead has no value for yet. */
export const blankOnly = (
  answered: ReturnType<typeof fieldsOfAnswers>,
  values: StoredPatch<'lead'>,
): StoredPatch<'lead'> =>
  Object.fromEntries(
    Object.entries(answered).filter(([field]) => ((values as Record<string, unknown>)[field] ?? null) === null),
  ) as StoredPatch<'lead'>;

function isSeller({ store }: Write): boolean {
  if (store.userRow === null) return false;
  return store.sql('SELECT role FROM user WHERE id = ?').pluck().get(store.userRow) === 'seller';
}
