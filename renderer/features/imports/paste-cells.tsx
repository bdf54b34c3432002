/** Cells copied from a spreadsheet: pasted here, they are a file like any other. */
import { Button, Group, Text, Textarea } from '@mantine/core';
import { ClipboardPaste } from 'lucide-react';
import { useState } from 'react';
import { useAction } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import type { ChosenFile } from '../../ui/file-drop.tsx';
import { Section } from '../../ui/page.tsx';

/** A text area with more of it would be slow to type in; the whole is kept beside it. */
const shownCharacters = 20_000;

export function PasteCells({ onFile }: { readonly onFile: (file: ChosenFile) => void }) {
  const [text, setText] = useState('');
  const take = useAction('host.takeText');
  const rows = text.trim() === '' ? 0 : text.trim().split(/\r\n|\r|\n/).length;
  const use = async () => {
    const result = await take.run({ name: `${t('imports.pastedName')}.tsv`, text });
    if (result.ok) onFile(result.value);
  };
  const isLong = text.length > shownCharacters;
  return (
    <Section title={t('imports.pasteTitle')} hint={t('imports.pasteHint')}>
      <Textarea
        aria-label={t('imports.pasteLabel')}
        value={isLong ? text.slice(0, shownCharacters) : text}
        readOnly={isLong}
        rows={4}
        styles={{ input: { fontFamily: 'monospace', fontSize: 12, whiteSpace: 'pre', overflowX: 'auto' } }}
        onChange={(change) => setText(change.currentTarget.value)}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text/plain');
          if (pasted.length <= shownCharacters) return;
          event.preventDefault();
          setText(pasted);
        }}
      />
      <Group justify="space-between" mt="xs">
        <Text size="sm" c="dimmed" role="status">
          {rows === 0 ? '' : t('imports.pasteRows', { count: rows })}
        </Text>
        <Group gap="xs">
          {text !== '' && (
            <Button variant="subtle" onClick={() => setText('')}>
              {t('common.clear')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<ClipboardPaste size={15} aria-hidden />}
            disabled={rows === 0}
            loading={take.pending}
            onClick={() => void use()}
          >
            {t('imports.pasteUse')}
          </Button>
        </Group>
      </Group>
    </Section>
  );
}
