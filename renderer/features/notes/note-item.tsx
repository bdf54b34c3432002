/** One note: what it says, who wrote it when, and what can be done with it. */
import { ActionIcon, Alert, Anchor, Badge, Button, Group, Menu, Modal, Text } from '@mantine/core';
import { Ellipsis, History, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import { type Holder, holderField, holders, longestNote } from '../../../shared/model/notes.ts';
import { bridge } from '../../app/client.ts';
import { recordPath } from '../../app/record-path.ts';
import { useAction } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { formatInstant } from '../../ui/format.ts';
import { showError } from '../../ui/toast.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
import { NoteEditor } from './note-editor.tsx';
import classes from './notes.module.css';

type Note = EntityRecord<'note'>;
type Props = { readonly note: Note; readonly of: Holder; readonly id: string };

/** Longer ones are folded. */
const shownLetters = 700;
const shownLines = 12;

function shortened(text: string): string {
  const lines = text.split('\n').slice(0, shownLines).join('\n');
  return Array.from(lines.slice(0, shownLetters * 2))
    .slice(0, shownLetters)
    .join('');
}

export function NoteItem({ note, of, id }: Props) {
  const [isEditing, setIsEditing] = useState(false);
  const [showsHistory, setShowsHistory] = useState(false);
  return (
    <li className={classes.note} data-pinned={note.pinned || undefined}>
      {isEditing ? (
        <EditNote note={note} onDone={() => setIsEditing(false)} />
      ) : (
        <>
          <NoteHead note={note} onEdit={() => setIsEditing(true)} onHistory={() => setShowsHistory(true)} />
          <NoteText text={note.text} />
          <About record={note} of={of} id={id} />
        </>
      )}
      {showsHistory && (
        <Modal opened onClose={() => setShowsHistory(false)} title={t('notes.historyTitle')} size="lg">
          <HistoryPanel entity="note" id={note.id} />
        </Modal>
      )}
    </li>
  );
}

type HeadProps = { readonly note: Note; readonly onEdit: () => void; readonly onHistory: () => void };

function NoteHead({ note, onEdit, onHistory }: HeadProps) {
  const update = useAction('notes.update');
  const remove = useAction('notes.remove', { saved: t('notes.removed') });
  const writtenAtMs = note.writtenAtMs ?? note.createdAtMs;
  const when = formatInstant(writtenAtMs);
  return (
    <Group justify="space-between" wrap="nowrap" gap="xs">
      <Text size="xs" c="dimmed" truncate>
        {note.pinned && <Pin size={12} aria-label={t('notes.pinned')} className={classes.pin} />}
        {[note.labels['authorId'], when].filter(Boolean).join(' · ')}
      </Text>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('notes.more', { when })}>
            <Ellipsis size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Pencil size={14} aria-hidden />} onClick={onEdit}>
            {t('notes.edit')}
          </Menu.Item>
          <Menu.Item
            leftSection={note.pinned ? <PinOff size={14} aria-hidden /> : <Pin size={14} aria-hidden />}
            onClick={() => void update.run({ id: note.id, values: { pinned: !note.pinned } })}
          >
            {note.pinned ? t('notes.unpin') : t('notes.pin')}
          </Menu.Item>
          <Menu.Item leftSection={<History size={14} aria-hidden />} onClick={onHistory}>
            {t('notes.history')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="red"
            leftSection={<Trash2 size={14} aria-hidden />}
            onClick={() => void remove.run({ ids: [note.id] })}
          >
            {t('notes.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

function NoteText({ text }: { readonly text: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const short = shortened(text);
  const isLong = short.length < text.length;
  return (
    <>
      <Text size="sm" className={classes.text} dir="auto">
        {isLong && !isOpen ? `${short}…` : text}
      </Text>
      {isLong && (
        <Button variant="subtle" size="compact-xs" mt={2} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? t('notes.showLess') : t('notes.showAll')}
        </Button>
      )}
    </>
  );
}

type Held = Pick<EntityRecord<'note'> | EntityRecord<'attachment'>, 'labels' | `${Holder}Id`>;

/** The record that a note or file is kept with, where it is not the one whose page this is. */
export function About({ record, of, id }: { readonly record: Held; readonly of: Holder; readonly id: string }) {
  const others = holders.filter((holder) => {
    const held = record[holderField(holder)];
    return held !== null && !(holder === of && held === id);
  });
  if (record[holderField(of)] === id || others.length === 0) return null;
  return (
    <Group gap={6} mt={4}>
      {others.map((holder) => {
        const path = recordPath(holder, record[holderField(holder)] ?? '');
        return (
          <Group key={holder} gap={4} wrap="nowrap" miw={0}>
            <Badge color="gray" flex="none">
              {choiceLabel(holder)}
            </Badge>
            <Anchor component={Link} href={path ?? '/'} size="xs" truncate>
              {record.labels[holderField(holder)]}
            </Anchor>
          </Group>
        );
      })}
    </Group>
  );
}

function EditNote({ note, onDone }: { readonly note: Note; readonly onDone: () => void }) {
  const [text, setText] = useState(note.text);
  // what the text was written over; moves on once the person has seen what somebody else wrote
  const [base, setBase] = useState({ version: note.version, theirs: null as string | null });
  const update = useAction('notes.update', { saved: t('notes.saved'), quiet: ['changedSince'] });
  const isRefused = text.trim() === '' || text.length > longestNote;
  const save = async () => {
    if (isRefused || update.pending) return;
    const result = await update.run({ id: note.id, values: { text }, baseVersion: base.version });
    if (result.ok) return onDone();
    if (result.error.code !== 'changedSince') return;
    const now = await bridge.call('notes.get', { id: note.id });
    if (now.ok) setBase({ version: now.value.version, theirs: now.value.text });
    else showError(now.error);
  };
  return (
    <>
      {base.theirs !== null && (
        <Alert color="orange" variant="light" p="xs" mb={6} title={t('notes.changedTitle')}>
          <Text size="xs">{t('notes.changedBody')}</Text>
          <Text size="sm" mt={4} className={classes.text} dir="auto">
            {base.theirs}
          </Text>
        </Alert>
      )}
      <NoteEditor
        label={t('notes.editing')}
        text={text}
        autoFocus
        onChange={setText}
        onSave={() => void save()}
        onCancel={onDone}
        actions={
          <>
            <Button size="compact-sm" variant="default" onClick={onDone}>
              {t('common.cancel')}
            </Button>
            <Button size="compact-sm" loading={update.pending} disabled={isRefused} onClick={() => void save()}>
              {t('notes.save')}
            </Button>
          </>
        }
      />
    </>
  );
}
