/** What a person says of a column beside its field: what a hit does to the field, and what the values of a choice become. */
import { Badge, Button, Select, Text } from '@mantine/core';
import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ImportTarget } from '../../../shared/contract/import-fields.ts';
import type { Inspection } from '../../../shared/contract/imports.ts';
import type { CustomColumn } from '../../../shared/rules/custom-fields/import.ts';
import { guessOption, hitActionsOf, optionsOf, valuesOfCell } from '../../../shared/rules/formats/column-rules.ts';
import { asksOtherWay } from '../../../shared/rules/formats/yes-no.ts';
import { type FieldHitAction, fieldHitActions } from '../../../shared/rules/matching/definition.ts';
import { foldText } from '../../../shared/rules/normalise/fold.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel, fieldLabel } from '../../i18n/words.ts';
import { formatNumber } from '../../ui/format.ts';
import classes from './imports.module.css';

/** What was said of a column; null: as for the whole import. */
export type Said = {
  readonly onHit: FieldHitAction | null;
  /** By value as it stands in the file; null leaves it out. */
  readonly values: Readonly<Record<string, string | null>>;
};
export const nothingSaid: Said = { onHit: null, values: {} };

/** As the import takes it: the field alone where nothing was said that fits it. */
export function askedColumn(field: ImportTarget, { onHit, values }: Said, custom: CustomColumn | null) {
  const options = optionsOf(field, custom) ?? [];
  const told = Object.entries(values).filter(([, option]) => option === null || options.includes(option));
  const fits = onHit !== null && hitActionsOf(field, custom).includes(onHit);
  if (!fits && (told.length === 0 || options.length === 0)) return field;
  return {
    field,
    ...(fits ? { onHit } : {}),
    ...(told.length === 0 || options.length === 0 ? {} : { values: Object.fromEntries(told) }),
  };
}

type HitProps = {
  readonly header: string;
  readonly field: ImportTarget;
  readonly custom: CustomColumn | null;
  readonly said: Said;
  /** What the import does with fields that nothing is said of. */
  readonly usual: FieldHitAction;
  readonly onChange: (said: Said) => void;
};

/** Nothing where a hit has nothing to decide. */
export function HitInput({ header, field, custom, said, usual, onChange }: HitProps) {
  const actions = hitActionsOf(field, custom);
  if (actions.length === 0) return null;
  return (
    <Select
      aria-label={t('imports.onHitOf', { column: header })}
      data={[
        { value: '', label: t('imports.hit.usual', { what: t(`imports.hit.${usual}`) }) },
        ...actions
          .filter((action) => action !== usual || action === said.onHit)
          .map((action) => ({ value: action, label: t(`imports.hit.${action}`) })),
      ]}
      value={said.onHit !== null && actions.includes(said.onHit) ? said.onHit : ''}
      allowDeselect={false}
      searchable
      onChange={(next) => onChange({ ...said, onHit: fieldHitActions.find((each) => each === next) ?? null })}
    />
  );
}

export type SeenValue = { readonly value: string; readonly count: number; readonly guess: string | null };

/** The different values of a column of choices, or of yes and no, with what they are taken for; null for any other. */
export function seenValues(
  { header, distinct }: Pick<Inspection['columns'][number], 'header' | 'distinct'>,
  field: ImportTarget,
  custom: CustomColumn | null,
): readonly SeenValue[] | null {
  if (optionsOf(field, custom) === null) return null;
  const byKey = new Map<string, { value: string; count: number }>();
  for (const { value: cell, count } of distinct) {
    for (const value of valuesOfCell(cell, custom)) {
      const known = byKey.get(foldText(value));
      if (known) known.count += count;
      else byKey.set(foldText(value), { value, count });
    }
  }
  const otherWay = asksOtherWay(field, header);
  return [...byKey.values()].map((each) => ({ ...each, guess: guessOption(field, custom, each.value, otherWay) }));
}

const leaveOut = 'out:';
const asGuessed = 'guess:';

const saidOf = (values: Said['values'], value: string): string | null | undefined =>
  Object.entries(values).find(([each]) => foldText(each) === foldText(value))?.[1];

/** Values that would be kept aside, since nobody said what they mean. */
const unknownValues = (seen: readonly SeenValue[], { values }: Said): number =>
  seen.filter(({ value, guess }) => guess === null && saidOf(values, value) === undefined).length;

type ToggleProps = {
  readonly header: string;
  readonly seen: readonly SeenValue[];
  readonly said: Said;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
};

export function ValuesToggle({ header, seen, said, isOpen, onToggle }: ToggleProps) {
  const unknown = unknownValues(seen, said);
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      mt={4}
      aria-expanded={isOpen}
      aria-label={t('imports.valuesOf', { column: header })}
      leftSection={isOpen ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
      rightSection={unknown > 0 && <Badge color="yellow">{t('imports.valuesUnknown', { count: unknown })}</Badge>}
      onClick={onToggle}
    >
      {t('imports.valuesCount', { count: seen.length })}
    </Button>
  );
}

type ValuesProps = {
  readonly header: string;
  readonly field: ImportTarget;
  readonly custom: CustomColumn | null;
  readonly seen: readonly SeenValue[];
  readonly said: Said;
  readonly onChange: (said: Said) => void;
};

const shown = 50;

/** Each value beside the option that it becomes. */
export function ValueInputs({ header, field, custom, seen, said, onChange }: ValuesProps) {
  const options = optionsOf(field, custom) ?? [];
  const label = (option: string): string => (custom === null || custom.kind === 'yesNo' ? choiceLabel(option) : option);
  const choose = (value: string, next: string | null) => {
    const others = Object.entries(said.values).filter(([each]) => foldText(each) !== foldText(value));
    const told =
      next === leaveOut
        ? ([[value, null]] as const)
        : next === asGuessed || next === null
          ? []
          : [[value, next] as const];
    onChange({ ...said, values: Object.fromEntries([...others, ...told]) });
  };
  return (
    <div role="group" aria-label={t('imports.valuesOf', { column: header })}>
      <Text size="xs" c="dimmed" mb={6}>
        {t('imports.valuesHint', { field: fieldLabel(field) })}
      </Text>
      <div className={classes.values}>
        {seen.slice(0, shown).map(({ value, count, guess }) => {
          const told = saidOf(said.values, value);
          const isTold = told === null || (told !== undefined && options.includes(told));
          return (
            <div key={value} className={classes.value}>
              <span className={classes.valueText} title={value} dir="auto">
                {value}
              </span>
              <span className={classes.valueCount}>{formatNumber(count)}</span>
              <Select
                size="xs"
                aria-label={t('imports.valueBecomes', { value })}
                data={[
                  {
                    value: asGuessed,
                    label:
                      guess === null ? t('imports.valueUnknown') : t('imports.valueGuess', { option: label(guess) }),
                  },
                  { value: leaveOut, label: t('imports.valueOut') },
                  ...options.map((option) => ({ value: option, label: label(option) })),
                ]}
                value={isTold ? (told ?? leaveOut) : asGuessed}
                allowDeselect={false}
                searchable
                onChange={(next) => choose(value, next)}
              />
            </div>
          );
        })}
      </div>
      {seen.length > shown && (
        <Text size="xs" c="dimmed" mt={6}>
          {t('imports.valuesMore', { count: seen.length - shown })}
        </Text>
      )}
    </div>
  );
}
