/** Notes and attached files at rest. */
import { longestNote } from '../../shared/model/notes.ts';
import type { EntityStorage } from './entity-storage.ts';
import type { Write } from './write.ts';

const longestLabel = 120;

/** A note is called by its first line. */
function firstLine(text: string): string {
  const line = text.trimStart().split('\n', 1)[0]?.trim() ?? '';
  const letters = [...line];
  return letters.length <= longestLabel ? line : `${letters.slice(0, longestLabel - 1).join('')}…`;
}

/** What another laptop made was written there. */
const isReceived = (write: Write): boolean => write.open[0]?.cause.cause === 'receive';

export const noteStorage: EntityStorage<'note'> = {
  entity: 'note',
  derivedColumns: [],
  project: ({ text }) => ({ label: firstLine(text), words: [text], columns: [], longestText: longestNote * 2 }),
  starting: (write, given) =>
    isReceived(write)
      ? {}
      : { authorId: given.authorId ?? write.store.userRow, writtenAtMs: given.writtenAtMs ?? write.atMs },
  counters: () => ['note'],
};

export const attachmentStorage: EntityStorage<'attachment'> = {
  entity: 'attachment',
  derivedColumns: [],
  project: ({ name, note }) => ({
    label: name,
    // `Quote_2026.pdf` is found by 2026 as well
    words: [name, name.replace(/[._-]+/g, ' '), note],
    columns: [],
    longestText: longestNote,
  }),
  starting: (write, given) =>
    isReceived(write)
      ? {}
      : { authorId: given.authorId ?? write.store.userRow, addedAtMs: given.addedAtMs ?? write.atMs },
  counters: () => ['attachment'],
};
