/** hq receive: HQ's side of a bundle. Needs no database, only HQ's key. */
import type { CallResult } from '../../../shared/contract/call.ts';
import { ok } from '../../../shared/result.ts';
import { hqReceive } from '../../features/hq/hq-desk.ts';
import type { Answer } from '../console.ts';
import { pathOf } from '../session.ts';

export type HqReceiveOptions = { readonly key: string; readonly hq: string; readonly out?: string };

export async function receiveAtHq(bundle: string, options: HqReceiveOptions): Promise<CallResult<Answer>> {
  const out = options.out === undefined ? null : pathOf(options.out);
  const result = await hqReceive(pathOf(bundle), pathOf(options.key), pathOf(options.hq), out);
  if (!result.ok) return result;
  const { deviceName, changes, known, archived, receipt } = result.value;
  const taken = known ? 'Received before' : 'Received';
  const human = `${taken}: ${changes} changes of ${deviceName}\nArchived: ${archived}\nReceipt: ${receipt}`;
  return ok({ json: result.value, human });
}
