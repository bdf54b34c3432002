/** Notes being written, by record: kept in memory while one looks at another tab or record, and nowhere else. */
import { create } from 'zustand';

type Drafts = { readonly byRecord: Readonly<Record<string, string>> };
const useDrafts = create<Drafts>(() => ({ byRecord: {} }));

export function useNoteDraft(record: string): readonly [string, (text: string) => void] {
  const draft = useDrafts(({ byRecord }) => byRecord[record] ?? '');
  const set = (text: string) => useDrafts.setState(({ byRecord }) => ({ byRecord: { ...byRecord, [record]: text } }));
  return [draft, set];
}
