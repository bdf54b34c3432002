/** Records side by side, with what each field will hold after the merge; a value is taken by a click. */
import { ActionIcon, NumberInput, Text, Textarea, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import { Pencil, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { foldText } from '../../../shared/rules/normalise/fold.ts';
import { isUnited, isUnsaid, mayChoose } from '../../../shared/rules/merging/merged-values.ts';
import { useFields } from '../../app/workspace-fields.ts';
import { t } from '../../i18n/index.ts';
import { fieldLabel } from '../../i18n/words.ts';
import { type ComparisonRow, ComparisonTable } from '../../ui/comparison-table.tsx';
import { valueText } from '../../ui/field-value.tsx';
import { formatInstant } from '../../ui/format.ts';
import type { Of } from './duplicates-store.ts';
import classes from './duplicates.module.css';
import {
  afterMerge,
  type Choice,
  type Choices,
  isTyped,
  type Shown,
  shownFields,
  typedValue,
  valuesToSend,
  type Way,
} from './merge-choices.ts';

type Choosing = {
  readonly way: Way;
  readonly choices: Choices;
  readonly onChoose: (name: string, choice: Choice | null) => void;
};

type Props = {
  readonly of: Of;
  /** In the order of the columns. */
  readonly records: readonly Shown[];
  readonly survivor: string;
  readonly heads: readonly ReactNode[];
  /** Null where the records are only looked at. */
  readonly choosing: Choosing | null;
};

export function ComparedValues({ of, records, survivor, heads, choosing }: Props) {
  const fields = useFields(of);
  const ordered = [...records].toSorted((a, b) => Number(b.id === survivor) - Number(a.id === survivor));
  const sent = choosing === null ? {} : valuesToSend(of, fields, ordered, choosing.way, choosing.choices);
  const after = afterMerge(of, ordered, sent);
  const textOf = (record: Shown, name: string): string =>
    isUnsaid(undefined, record[name]) ? '' : valueText(fields[name], record[name], record.labels[name]);
  const own = ordered[0];

  const row = (name: string): ComparisonRow => {
    const field = fields[name];
    const united = field !== undefined && isUnited(field);
    const chooses = choosing !== null && mayChoose(of, name) && !united;
    const texts = records.map((record) => textOf(record, name));
    const ownText = own ? textOf(own, name) : '';
    const stands = after[name];
    const standsText = (): string => {
      const holder = records.find((record) => JSON.stringify(record[name]) === JSON.stringify(stands));
      return isUnsaid(undefined, stands) ? '' : valueText(field, stands, holder?.labels[name] ?? null);
    };
    const cells = records.map((record, at) => {
      const shown = texts[at] ?? '';
      const differs = shown !== '' && ownText !== '' && foldText(shown) !== foldText(ownText);
      const isChosen = chooses && shown !== '' && !isByHand(choosing.choices[name]) && shown === standsText();
      const text = shown === '' ? '–' : shown;
      if (!chooses || new Set(texts).size < 2) return { content: text, differs };
      return {
        differs,
        isChosen,
        content: (
          <UnstyledButton
            className={classes.value}
            fz="sm"
            aria-pressed={isChosen}
            aria-label={t('duplicates.take', { field: fieldLabel(name), name: record.label, value: text })}
            onClick={() => choosing.onChoose(name, { from: record.id })}
          >
            {text}
          </UnstyledButton>
        ),
      };
    });
    const result = choosing !== null && (
      <AfterCell of={of} name={name} text={standsText()} united={united} choosing={choosing} />
    );
    return {
      key: name,
      name: fieldLabel(name),
      cells: choosing === null ? cells : [...cells, { content: result }],
    };
  };

  const meta = (key: 'createdAtMs' | 'updatedAtMs', name: string): ComparisonRow => ({
    key,
    name,
    cells: [
      ...records.map((record) => ({ content: formatInstant(record[key]) })),
      ...(choosing === null ? [] : [{ content: key === 'createdAtMs' && own ? formatInstant(own.createdAtMs) : '' }]),
    ],
  });

  return (
    <ComparisonTable
      label={t('duplicates.values')}
      nameWidth="minmax(96px, 130px)"
      widths={[...records.map(() => 'minmax(130px, 1fr)'), ...(choosing === null ? [] : ['minmax(150px, 1.1fr)'])]}
      heads={[
        ...records.map(({ id }, at) => ({ key: id, content: heads[at] })),
        ...(choosing === null ? [] : [{ key: 'after', content: t('duplicates.after') }]),
      ]}
      rows={[
        ...shownFields(fields, records).map(row),
        meta('createdAtMs', t('duplicates.created')),
        meta('updatedAtMs', t('duplicates.updated')),
      ]}
    />
  );
}

const isByHand = (choice: Choice | undefined): choice is { readonly value: unknown } =>
  choice !== undefined && 'value' in choice;

type AfterProps = {
  readonly of: Of;
  readonly name: string;
  readonly text: string;
  readonly united: boolean;
  readonly choosing: Choosing;
};

/** What will stand, and a way to write something else. */
function AfterCell({ of, name, text, united, choosing }: AfterProps) {
  const fields = useFields(of);
  const choice = choosing.choices[name];
  const field = fieldLabel(name);
  if (isByHand(choice)) {
    const typed = choice.value === null || choice.value === undefined ? '' : String(choice.value);
    const label = t('duplicates.byHand', { field });
    const set = (next: string) => choosing.onChoose(name, { value: typedValue(fields, name, next) ?? '' });
    return (
      <span className={classes.after}>
        {fields[name]?.kind === 'longText' ? (
          <Textarea aria-label={label} defaultValue={typed} autosize maxRows={6} onBlur={(e) => set(e.target.value)} />
        ) : fields[name]?.kind === 'integer' || fields[name]?.kind === 'number' ? (
          <NumberInput aria-label={label} defaultValue={typed} hideControls onBlur={(e) => set(e.target.value)} />
        ) : (
          <TextInput
            aria-label={label}
            type={fields[name]?.kind === 'date' ? 'date' : 'text'}
            defaultValue={typed}
            autoFocus
            onChange={(event) => set(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
            }}
          />
        )}
        <Tooltip label={t('duplicates.byHandEnd')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('duplicates.byHandEnd')}
            onClick={() => choosing.onChoose(name, null)}
          >
            <RotateCcw size={14} />
          </ActionIcon>
        </Tooltip>
      </span>
    );
  }
  const note = united ? t('duplicates.allKept') : mayChoose(of, name) ? null : noteOf(of, name);
  return (
    <span className={classes.after}>
      <span>
        {text === '' ? '–' : text}
        {note !== null && (
          <Text size="xs" c="dimmed">
            {note}
          </Text>
        )}
      </span>
      {mayChoose(of, name) && isTyped(fields, name) && (
        <Tooltip label={t('duplicates.byHand', { field })}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('duplicates.byHand', { field })}
            onClick={() => choosing.onChoose(name, { value: text })}
          >
            <Pencil size={14} />
          </ActionIcon>
        </Tooltip>
      )}
    </span>
  );
}

const strict = [
  'consentLevel',
  'child',
  'allowEmail',
  'allowBulkEmail',
  'allowPhone',
  'allowPost',
  'allowPrefill',
  'followEmail',
];
const noteOf = (of: Of, name: string): string | null =>
  of === 'contact' && strict.includes(name) ? t('duplicates.strictest') : null;
