/** Records side by side, with what each field will hold after the merge; a value is taken by a click. */
import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { foldText } from '../../../shared/rules/normalise/fold.ts';
import { isUnited, isUnsaid, mayChoose } from '../../../shared/rules/merging/merged-values.ts';
import { useFields } from '../../app/workspace-fields.ts';
import { t } from '../../i18n/index.ts';
import { fieldLabel } from '../../i18n/words.ts';
import { type ComparisonRow, ComparisonTable } from '../../ui/comparison-table.tsx';
import { valueText } from '../../ui/field-value.tsx';
import { formatInstant } from '../../ui/format.ts';
import { AfterCell } from './after-cell.tsx';
import type { Of } from './duplicates-store.ts';
import classes from './duplicates.module.css';
import { columnPx, longText } from './group-columns.ts';
import {
  afterMerge,
  type Choice,
  type Choices,
  isByHand,
  type Shown,
  shownFields,
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
  /** All that become one, or are only looked at. */
  readonly records: readonly Shown[];
  readonly survivor: string;
  /** A column each, in this order; of many records some at a time. */
  readonly columns: readonly { readonly record: Shown; readonly head: ReactNode; readonly isLeftOut?: boolean }[];
  /** Null where the records are only looked at. */
  readonly choosing: Choosing | null;
};

/** A capture source that is the id of a form or event is shown by its name. */
function sourceName(record: Shown, name: string): string | null {
  if (name !== 'captureSource') return null;
  const [kind = ''] = String(record[name]).split(':');
  return record.labels[`${kind}Id`] ?? null;
}

export function ComparedValues({ of, records, survivor, columns, choosing }: Props) {
  const fields = useFields(of);
  const ordered = [...records].toSorted((a, b) => Number(b.id === survivor) - Number(a.id === survivor));
  const sent = choosing === null ? {} : valuesToSend(of, fields, ordered, choosing.way, choosing.choices);
  const after = afterMerge(of, ordered, sent);
  const textOf = (record: Shown, name: string): string =>
    isUnsaid(undefined, record[name])
      ? ''
      : (sourceName(record, name) ?? valueText(fields[name], record[name], record.labels[name]));
  const own = ordered[0];

  const row = (name: string): ComparisonRow => {
    const field = fields[name];
    const united = field !== undefined && isUnited(field);
    const chooses = choosing !== null && mayChoose(of, name) && !united;
    const texts = columns.map(({ record }) => textOf(record, name));
    const isOneValue = records.every((record) => textOf(record, name) === texts[0]);
    const ownText = own ? textOf(own, name) : '';
    const stands = after[name];
    const whose = records.find((record) => JSON.stringify(record[name]) === JSON.stringify(stands));
    const refLabel = whose?.labels[name];
    const standsText = isUnsaid(undefined, stands)
      ? ''
      : whose
        ? textOf(whose, name)
        : valueText(field, stands, refLabel ?? null);
    const cells = columns.map(({ record, isLeftOut = false }, at) => {
      const shown = texts[at] ?? '';
      const differs = shown !== '' && ownText !== '' && foldText(shown) !== foldText(ownText);
      const isChosen = chooses && shown !== '' && !isByHand(choosing.choices[name]) && shown === standsText;
      const text = shown === '' ? '–' : shown;
      const content = (
        <span className={classes.text} title={shown.length > longText ? shown : undefined}>
          {text}
        </span>
      );
      if (isLeftOut) return { content, differs, isFaint: true };
      if (!chooses || isOneValue) return { content, differs };
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
            {content}
          </UnstyledButton>
        ),
      };
    });
    const result = choosing !== null && (
      <AfterCell
        of={of}
        name={name}
        value={stands}
        text={standsText}
        refLabel={refLabel ?? null}
        choice={choosing.choices[name]}
        onChoose={(choice) => choosing.onChoose(name, choice)}
      />
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
      ...columns.map(({ record }) => ({ content: formatInstant(record[key]) })),
      ...(choosing === null ? [] : [{ content: key === 'createdAtMs' && own ? formatInstant(own.createdAtMs) : '' }]),
    ],
  });

  return (
    <ComparisonTable
      label={t('duplicates.values')}
      nameWidth={`minmax(${columnPx.name}px, 130px)`}
      widths={[
        ...columns.map(() => `minmax(${columnPx.record}px, 1fr)`),
        ...(choosing === null ? [] : [`minmax(${columnPx.after}px, 1.1fr)`]),
      ]}
      heads={[
        ...columns.map(({ record, head }) => ({ key: record.id, content: head })),
        ...(choosing === null ? [] : [{ key: 'after', content: t('duplicates.after') }]),
      ]}
      rows={[
        ...shownFields(fields, [...new Set([...records, ...columns.map(({ record }) => record)])]).map(row),
        meta('createdAtMs', t('duplicates.created')),
        meta('updatedAtMs', t('duplicates.updated')),
      ]}
    />
  );
}
