/** Attaches files to a record, one after the other; each is a change of its own, with its own undo. */
import { create } from 'zustand';
import type { Holder } from '../../../shared/model/notes.ts';
import { largestAttachmentBytes } from '../../../shared/rules/attachment.ts';
import { useAction, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { type ChosenFile, chooseFiles, takeFile } from '../../ui/file-drop.tsx';
import { formatBytes } from '../../ui/format.ts';
import { showRefused } from '../../ui/toast.tsx';

/** The file on its way: dropped on the page, it shows on the tab of files. */
const useAdding = create<{ readonly name: string | null }>(() => ({ name: null }));
const setAdding = (name: string | null): void => useAdding.setState({ name });

/** Said before the bytes are handed over, not after. */
function isSmall({ name, size }: { readonly name: string; readonly size: number }): boolean {
  if (size <= largestAttachmentBytes) return true;
  showRefused(t('files.tooLarge', { name, size: formatBytes(size) }));
  return false;
}

export function useAttach(of: Holder, id: string) {
  const adding = useAdding(({ name }) => name);
  const add = useAction('attachments.add');
  const undo = useUndoToast();
  const attach = async ({ file, name }: ChosenFile) => {
    setAdding(name);
    const result = await add.run({ of, id, file, name });
    if (result.ok) undo(t('files.added', { name: result.value.name }), result.value.writeId);
  };
  return {
    adding,
    async choose() {
      for (const chosen of await chooseFiles('attachment', isSmall)) await attach(chosen);
      setAdding(null);
    },
    async files(files: readonly File[]) {
      for (const file of files) {
        if (!isSmall(file)) continue;
        setAdding(file.name);
        const taken = await takeFile(file);
        if (taken !== null) await attach(taken);
      }
      setAdding(null);
    },
  };
}
