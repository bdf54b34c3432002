/** The tabs of notes and files that every record page of these kinds has. */
import type { Holder } from '../../../shared/model/notes.ts';
import { t } from '../../i18n/index.ts';
import type { SideTab } from '../../ui/side-tabs.tsx';
import { FilesPanel } from './files-panel.tsx';
import { NotesPanel } from './notes-panel.tsx';

type Of = { readonly of: Holder; readonly id: string; readonly isClosed: boolean };
type Counts = Readonly<Record<string, number>>;

export const notesTab = (of: Of, counts: Counts): SideTab => ({
  id: 'notes',
  label: t('notes.title'),
  count: counts['notes'],
  content: () => <NotesPanel {...of} />,
});

export const filesTab = (of: Of, counts: Counts): SideTab => ({
  id: 'files',
  label: t('files.title'),
  count: counts['attachments'],
  content: () => <FilesPanel {...of} />,
});
