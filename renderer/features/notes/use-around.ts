/** How many records stand around one, for the tabs of its page. */
import type { Holder } from '../../../shared/model/notes.ts';
import { useCall } from '../../app/use-call.ts';

type Counts = Readonly<Record<string, number>>;
const none: Counts = {};

export const useAround = (of: Holder, id: string): Counts =>
  useCall('records.around', { of, id }, { keep: true }).data?.counts ?? none;
