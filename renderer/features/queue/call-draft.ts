/**
 * What a caller has typed about the lead on the line, kept on this laptop as it is typed, so that a crash or a reload in
 * the middle of a call loses nothing. One draft per lead; removed when the call is recorded.
 */
import { z } from 'zod';
import { qualificationSchema } from '../../../shared/contract/leads.ts';
import { disqualifyReasons } from '../../../shared/model/picklists.ts';

const callDraftSchema = z.object({
  callKey: z.string(),
  notes: z.string().default(''),
  qualification: qualificationSchema.default({}),
  teleprospectAccepted: z.boolean().nullable().default(null),
  salesReady: z.boolean().default(false),
  disqualify: z.enum(disqualifyReasons).nullable().default(null),
  /** When Dial was pressed; null while nobody has dialled. */
  startedAtMs: z.int().nullable().default(null),
});
export type CallDraft = z.output<typeof callDraftSchema>;

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
const keyOf = (leadId: string) => `outpost.call.${leadId}`;

const emptyCallDraft = (callKey: string): CallDraft => callDraftSchema.parse({ callKey });

/** What was typed before, or an empty draft; a damaged one is as good as none. */
export function loadCallDraft(store: Store, leadId: string, newKey: () => string): CallDraft {
  const text = store.getItem(keyOf(leadId));
  if (text === null) return emptyCallDraft(newKey());
  try {
    const parsed = callDraftSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : emptyCallDraft(newKey());
  } catch {
    return emptyCallDraft(newKey());
  }
}

/** False where the browser refuses (storage full or switched off): the screen says that notes are not kept. */
export function saveCallDraft(store: Store, leadId: string, draft: CallDraft): boolean {
  try {
    store.setItem(keyOf(leadId), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export const dropCallDraft = (store: Store, leadId: string): void => store.removeItem(keyOf(leadId));
