/** Where a note is typed. Ctrl+Enter saves; Escape leaves an edit as it was. */
import { Group, Text, Textarea } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import { longestNote } from '../../../shared/model/notes.ts';
import { t } from '../../i18n/index.ts';
import { formatNumber } from '../../ui/format.ts';
import { keysText } from '../../ui/shortcuts.tsx';
import classes from './notes.module.css';

type EditorProps = {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onSave: () => void;
  readonly onCancel?: () => void;
  readonly actions: ReactNode;
  readonly autoFocus?: boolean;
};

export function NoteEditor({ label, text, onChange, onSave, onCancel, actions, autoFocus = false }: EditorProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSave();
    } else if (event.key === 'Escape' && onCancel) {
      event.preventDefault();
      event.stopPropagation();
      onCancel();
    }
  };
  const isTooLong = text.length > longestNote;
  return (
    <div className={classes.editor}>
      <Textarea
        aria-label={label}
        placeholder={t('notes.placeholder')}
        autosize
        minRows={text === '' ? 1 : 3}
        maxRows={14}
        dir="auto"
        value={text}
        autoFocus={autoFocus}
        error={
          isTooLong ? t('notes.tooLong', { most: formatNumber(longestNote), has: formatNumber(text.length) }) : null
        }
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {actions && (
        <Group justify="flex-end" gap="xs" mt={6}>
          <Text size="xs" c="dimmed">
            {t('notes.saveHint', { keys: keysText('mod+enter') })}
          </Text>
          {actions}
        </Group>
      )}
    </div>
  );
}
