/**
 * Every call that the store serves, by area. An area's code is loaded when one of its calls comes, so that a program
 * that only shows a list does not wait for what reads bundles. It does not compile while a call has no handler.
 */
import type { CallMap } from '../../shared/contract/call.ts';
import { aroundContract } from '../../shared/contract/around.ts';
import { binContract } from '../../shared/contract/bin.ts';
import { bulkContract } from '../../shared/contract/bulk.ts';
import { recordsContract } from '../../shared/contract/index.ts';
import { customFieldsContract } from '../../shared/contract/custom-fields.ts';
import { duplicatesContract } from '../../shared/contract/duplicates.ts';
import { historyContract } from '../../shared/contract/history.ts';
import { hqContract } from '../../shared/contract/hq.ts';
import { importsContract } from '../../shared/contract/imports.ts';
import { captureContract, leadsContract, queueContract } from '../../shared/contract/leads.ts';
import { notesContract } from '../../shared/contract/notes.ts';
import { reviewContract } from '../../shared/contract/review.ts';
import { segmentsContract } from '../../shared/contract/segments.ts';
import { workspaceContract } from '../../shared/contract/workspace.ts';
import type { StoreCallName } from '../host/calls.ts';
import type { HandlersOf } from './handler.ts';

type Area<N extends StoreCallName = StoreCallName> = {
  readonly names: readonly N[];
  load(): Promise<HandlersOf<N>>;
};

function area<const M extends CallMap>(
  contract: M,
  load: () => Promise<HandlersOf<Extract<keyof M, StoreCallName>>>,
): Area<Extract<keyof M, StoreCallName>> {
  const names = Object.keys(contract).filter((name) => contract[name]?.access !== 'host');
  // the type of a contract's keys is lost in Object.keys
  return { names: names as Extract<keyof M, StoreCallName>[], load };
}

const areas = {
  records: area(recordsContract, async () => (await import('./records/records.handlers.ts')).recordsHandlers),
  bin: area(binContract, async () => (await import('./records/bin.handlers.ts')).binHandlers),
  bulk: area(bulkContract, async () => (await import('./records/bulk.handlers.ts')).bulkHandlers),
  customFields: area(
    customFieldsContract,
    async () => (await import('./custom-fields/custom-fields.handlers.ts')).customFieldsHandlers,
  ),
  workspace: area(workspaceContract, async () => (await import('./workspace/workspace.handlers.ts')).workspaceHandlers),
  history: area(historyContract, async () => (await import('./history/history.handlers.ts')).historyHandlers),
  segments: area(segmentsContract, async () => (await import('./segments/segments.handlers.ts')).segmentsHandlers),
  imports: area({ ...importsContract, ...reviewContract }, async () => {
    const { importHandlers } = await import('./imports/imports.handlers.ts');
    const { reviewHandlers } = await import('./review/review.handlers.ts');
    return { ...importHandlers, ...reviewHandlers };
  }),
  duplicates: area(
    duplicatesContract,
    async () => (await import('./duplicates/duplicates.handlers.ts')).duplicatesHandlers,
  ),
  leads: area(leadsContract, async () => (await import('./leads/leads.handlers.ts')).leadsHandlers),
  capture: area(captureContract, async () => (await import('./capture/capture.handlers.ts')).captureHandlers),
  queue: area(queueContract, async () => (await import('./queue/queue.handlers.ts')).queueHandlers),
  notes: area(notesContract, async () => (await import('./notes/notes.handlers.ts')).notesHandlers),
  around: area(aroundContract, async () => (await import('./records/around.handlers.ts')).aroundHandlers),
  hq: area(hqContract, async () => (await import('./hq/hq.handlers.ts')).hqHandlers),
};

/** Must be every `StoreCallName`: `serve.ts` hands one over. */
type ServedCall = (typeof areas)[keyof typeof areas]['names'][number];

type AnyArea = { readonly names: readonly string[]; load(): Promise<Readonly<Record<string, unknown>>> };
const areaByCall = new Map<string, AnyArea>();
for (const each of Object.values(areas)) for (const name of each.names) areaByCall.set(name, each);

/** The handler of a call; undefined where there is none. */
export const handlerOf = async (name: ServedCall): Promise<unknown> => (await areaByCall.get(name)?.load())?.[name];

/** Loads every area, one after the other, with room for calls between them. */
export async function loadAllHandlers(pause: () => Promise<void>): Promise<void> {
  for (const each of Object.values(areas)) {
    await each.load();
    await pause();
  }
}
