/** The notes of a record and of those around it: write one, read them, change or remove one. */
import { Button, Group } from '@mantine/core';
import { NotebookPen } from 'lucide-react';
import { useState } from 'react';
import { type Holder, holderField, longestNote } from '../../../shared/model/notes.ts';
import { useAction, useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { useNoteDraft } from './note-drafts.ts';
import { NoteEditor } from './note-editor.tsx';
import { NoteItem } from './note-item.tsx';
import classes from './notes.module.css';
import { RemovedItems } from './removed-items.tsx';

type Props = {
  readonly of: Holder;
  readonly id: string;
  /** The record is in the bin: nothing is added. */ readonly isClosed?: boolean;
};

const perPage = 50;

export function NotesPanel({ of, id, isClosed = false }: Props) {
  const [limit, setLimit] = useState(perPage);
  const query = useCall('notes.about', { of, id, limit }, { keep: true });
  return (
    <div>
      {!isClosed && <NewNote of={of} id={id} />}
      <QueryGate query={query}>
        {({ notes, total, inBin }) => (
          <>
            {notes.length === 0 ? (
              <EmptyState icon={NotebookPen} title={t('notes.empty')} body={t('notes.emptyHint')} />
            ) : (
              <ol className={classes.list}>
                {notes.map((note) => (
                  <NoteItem key={note.id} note={note} of={of} id={id} />
                ))}
              </ol>
            )}
            {total > notes.length && limit < 1000 && (
              <Group justify="center" mt="sm">
                <Button variant="default" loading={query.isPlaceholderData} onClick={() => setLimit(limit + perPage)}>
                  {t('notes.showMore')}
                </Button>
              </Group>
            )}
            <RemovedItems kind="note" of={of} id={id} count={inBin} />
          </>
        )}
      </QueryGate>
    </div>
  );
}

function NewNote({ of, id }: { readonly of: Holder; readonly id: string }) {
  const [text, setText] = useNoteDraft(`${of}:${id}`);
  const create = useAction('notes.create', { saved: t('notes.saved') });
  const isBlank = text.trim() === '';
  const save = async () => {
    if (isBlank || text.length > longestNote || create.pending) return;
    const result = await create.run({ values: { text, [holderField(of)]: id } });
    if (result.ok) setText('');
  };
  return (
    <NoteEditor
      label={t('notes.write')}
      text={text}
      onChange={setText}
      onSave={() => void save()}
      actions={
        !isBlank && (
          <Button
            size="compact-sm"
            loading={create.pending}
            disabled={text.length > longestNote}
            onClick={() => void save()}
          >
            {t('notes.save')}
          </Button>
        )
      }
    />
  );
}
