/**
 * The options of a choice, one a line, in the order in which they are offered. Enter begins the next one, Alt+↑ and Alt+↓
 * move one, several lines pasted become several options.
 */
import { ActionIcon, Button, Group, Input, Stack, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { t } from '../../i18n/index.ts';
import { moved } from '../../ui/list-setup.ts';

/** A key of its own, so that a line keeps its input while it moves. `was`: what the option is called so far. */
export type OptionLine = { readonly key: number; readonly text: string; readonly was?: string };

let lastKey = 0;
export const lineOf = (text: string): OptionLine => ({ key: ++lastKey, text });
export const lineOfOption = (option: string): OptionLine => ({ ...lineOf(option), was: option });

type Props = {
  readonly lines: readonly OptionLine[];
  readonly onChange: (lines: readonly OptionLine[]) => void;
  /** How many records have an option. */
  readonly countOf: (option: string) => number;
  readonly error?: string | undefined;
};

export function OptionList({ lines, onChange, countOf, error }: Props) {
  const labelId = useId();
  const list = useRef<HTMLDivElement>(null);
  const focusNext = useRef<number | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const key = focusNext.current;
    focusNext.current = null;
    if (key !== null) list.current?.querySelector<HTMLElement>(`[data-line="${key}"]`)?.focus();
  }, [lines]);

  const insertAfter = (index: number, texts: readonly string[]) => {
    const made = texts.map(lineOf);
    focusNext.current = made.at(-1)?.key ?? null;
    onChange(lines.toSpliced(index + 1, 0, ...made));
  };
  const move = (index: number, by: -1 | 1) => {
    const to = index + by;
    const line = lines[index];
    if (line === undefined || to < 0 || to >= lines.length) return;
    focusNext.current = line.key;
    setSaid(t('customFields.optionMoved', { option: line.text, place: to + 1, of: lines.length }));
    onChange(
      moved(
        lines.map(({ key }) => String(key)),
        String(line.key),
        to,
      ).flatMap((key) => lines.find((each) => String(each.key) === key) ?? []),
    );
  };
  /** Nothing in it, and nobody has it. */
  const isFree = (line: OptionLine | undefined) => line?.text === '' && countOf(line.was ?? '') === 0;
  const remove = (index: number) => {
    focusNext.current = (lines[index + 1] ?? lines[index - 1])?.key ?? null;
    const rest = lines.toSpliced(index, 1);
    // there is always a line to type in
    onChange(rest.length === 0 ? [lineOf('')] : rest);
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    if (event.nativeEvent.isComposing) return;
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      move(index, event.key === 'ArrowUp' ? -1 : 1);
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      insertAfter(index, ['']);
    } else if (event.key === 'Backspace' && isFree(lines[index]) && lines.length > 1) {
      event.preventDefault();
      remove(index);
    }
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>, index: number) => {
    const pasted = event.clipboardData
      .getData('text/plain')
      .split(/\r\n|\r|\n/)
      .map((each) => each.trim())
      .filter(Boolean);
    if (pasted.length < 2) return;
    event.preventDefault();
    const isBlank = lines[index]?.text.trim() === '';
    const made = pasted.map(lineOf);
    focusNext.current = made.at(-1)?.key ?? null;
    onChange(isBlank ? lines.toSpliced(index, 1, ...made) : lines.toSpliced(index + 1, 0, ...made));
  };
  return (
    <div role="group" aria-labelledby={labelId}>
      <Input.Label component="div" id={labelId} required>
        {t('customFields.options')}
      </Input.Label>
      <Text size="xs" c="dimmed" mb={4}>
        {t('customFields.optionsHint')}
      </Text>
      <Stack gap={4} ref={list} mah={260} style={{ overflowY: 'auto' }}>
        {lines.map((line, index) => {
          const name = line.text.trim() === '' ? t('customFields.optionNumber', { n: index + 1 }) : line.text;
          const count = countOf(line.was ?? line.text);
          const isRenamed = line.was !== undefined && line.was !== line.text.trim();
          return (
            <Group key={line.key} gap={2} wrap="nowrap">
              <TextInput
                flex={1}
                data-line={line.key}
                aria-label={t('customFields.optionNumber', { n: index + 1 })}
                value={line.text}
                maxLength={200}
                onChange={(event) => onChange(lines.with(index, { ...line, text: event.currentTarget.value }))}
                onKeyDown={(event) => onKeyDown(event, index)}
                onPaste={(event) => onPaste(event, index)}
              />
              {count > 0 && (
                <Text size="xs" c="dimmed" px={6} flex="none">
                  {t(isRenamed ? 'customFields.renamedIn' : 'customFields.inRecords', { count })}
                </Text>
              )}
              <ActionIcon
                variant="transparent"
                bg="transparent"
                color="gray"
                aria-label={t('customFields.moveUp', { name })}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              >
                <ArrowUp size={15} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="transparent"
                bg="transparent"
                color="gray"
                aria-label={t('customFields.moveDown', { name })}
                disabled={index === lines.length - 1}
                onClick={() => move(index, 1)}
              >
                <ArrowDown size={15} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="transparent"
                bg="transparent"
                color="gray"
                aria-label={t('customFields.removeOption', { name })}
                disabled={count > 0}
                {...(count > 0 ? { title: t('customFields.optionHeld') } : {})}
                onClick={() => remove(index)}
              >
                <X size={15} aria-hidden />
              </ActionIcon>
            </Group>
          );
        })}
      </Stack>
      {error !== undefined && <Input.Error mt={4}>{error}</Input.Error>}
      <Button
        variant="subtle"
        size="compact-sm"
        mt={4}
        leftSection={<Plus size={14} aria-hidden />}
        onClick={() => insertAfter(lines.length - 1, [''])}
      >
        {t('customFields.addOption')}
      </Button>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </div>
  );
}
