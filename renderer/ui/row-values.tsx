/** The values of a row, by the type of its field: offered from the data where there is any, several where they may be. */
import { Group, MultiSelect, NumberInput, TagsInput, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { EntityName } from '../../shared/model/entities.ts';
import { arityOf, isCounted } from '../../shared/rules/segment/operators.ts';
import type { SegmentField } from '../../shared/rules/segment/registry.ts';
import type { SegmentValue } from '../../shared/rules/segment/schema.ts';
import { useCall } from '../app/use-call.ts';
import { t } from '../i18n/index.ts';
import { optionLabel } from '../i18n/words.ts';
import { formatNumber } from './format.ts';
import { RecordValues } from './record-values.tsx';
import type { RowParts } from './row-change.ts';

type Props = {
  readonly row: RowParts;
  readonly field: SegmentField;
  readonly entity: EntityName;
  readonly onChange: (values: readonly SegmentValue[]) => void;
};

const comboboxProps = { shadow: 'md', width: 'max-content', position: 'bottom-start' } as const;

export function RowValues({ row, field, entity, onChange }: Props) {
  const { operator, values } = row;
  const arity = arityOf(operator);
  if (arity === 'none') return null;
  if (operator === 'inSegment') {
    return <RecordValues target="segment" label={t('segments.values')} ids={values.map(String)} onChange={onChange} />;
  }
  if (isCounted(operator)) {
    return <NumberValue label={t('segments.value')} value={values[0]} min={1} onChange={(n) => onChange(one(n))} />;
  }
  if (field.target !== null) {
    return (
      <RecordValues target={field.target} label={t('segments.values')} ids={values.map(String)} onChange={onChange} />
    );
  }
  switch (field.type) {
    case 'number':
      if (arity === 'two') {
        return (
          <Pair
            left={
              <NumberValue
                label={t('segments.valueFrom')}
                value={values[0]}
                onChange={(n) => onChange(pair(n, values[1]))}
              />
            }
            right={
              <NumberValue
                label={t('segments.valueTo')}
                value={values[1]}
                onChange={(n) => onChange(pair(values[0] ?? null, n))}
              />
            }
          />
        );
      }
      return arity === 'one' ? (
        <NumberValue label={t('segments.value')} value={values[0]} onChange={(n) => onChange(one(n))} />
      ) : (
        <Numbers values={values} onChange={onChange} />
      );
    case 'date':
    case 'instant':
      if (arity === 'two') {
        return (
          <Pair
            left={
              <DayValue
                label={t('segments.valueFrom')}
                value={values[0]}
                onChange={(day) => onChange(pair(day, values[1]))}
              />
            }
            right={
              <DayValue
                label={t('segments.valueTo')}
                value={values[1]}
                onChange={(day) => onChange(pair(values[0] ?? null, day))}
              />
            }
          />
        );
      }
      return <DayValue label={t('segments.value')} value={values[0]} onChange={(day) => onChange(one(day))} />;
    case 'choice':
    case 'multiChoice':
      if (field.compare === 'fold') return <Texts field={field} entity={entity} values={values} onChange={onChange} />;
      if (field.options === null)
        return <SuggestedChoice field={field} entity={entity} values={values} onChange={onChange} />;
      return (
        <MultiSelect
          aria-label={t('segments.values')}
          data={field.options.map((option) => ({ value: option, label: optionLabel(field, option) }))}
          value={values.map(String)}
          onChange={onChange}
          placeholder={values.length === 0 ? t('common.choose') : ''}
          searchable
          selectFirstOptionOnChange
          comboboxProps={comboboxProps}
          maxDropdownHeight={280}
          {...(arity === 'one' ? { maxValues: 1 } : {})}
        />
      );
    default:
      return <Texts field={field} entity={entity} values={values} onChange={onChange} />;
  }
}

const one = (value: SegmentValue | null): SegmentValue[] => (value === null ? [] : [value]);
/** The first of a pair may be missing while the second is there: a blank keeps its place. */
const pair = (from: SegmentValue | null, to: SegmentValue | null | undefined): SegmentValue[] =>
  to === null || to === undefined || to === '' ? one(from) : [from ?? '', to];

function Pair({ left, right }: { left: React.ReactNode; right: React.ReactNode }) {
  return (
    <Group gap="xs" wrap="nowrap">
      {left}
      <Text size="sm" aria-hidden>
        –
      </Text>
      {right}
    </Group>
  );
}

function NumberValue(props: {
  readonly label: string;
  readonly value: SegmentValue | undefined;
  readonly min?: number;
  readonly onChange: (value: number | null) => void;
}) {
  return (
    <NumberInput
      aria-label={props.label}
      w={110}
      value={typeof props.value === 'number' ? props.value : ''}
      onChange={(value) => props.onChange(typeof value === 'number' ? value : null)}
      {...(props.min === undefined ? {} : { min: props.min, allowDecimal: false })}
    />
  );
}

function DayValue(props: {
  readonly label: string;
  readonly value: SegmentValue | undefined;
  readonly onChange: (day: string | null) => void;
}) {
  return (
    <TextInput
      type="date"
      aria-label={props.label}
      w={150}
      value={typeof props.value === 'string' ? props.value.slice(0, 10) : ''}
      onChange={(event) => props.onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
    />
  );
}

type Many = { readonly values: readonly SegmentValue[]; readonly onChange: (values: readonly SegmentValue[]) => void };

function Numbers({ values, onChange }: Many) {
  return (
    <TagsInput
      aria-label={t('segments.values')}
      value={values.map(String)}
      onChange={(tags) => onChange(tags.map((tag) => Number(tag.replace(',', '.'))).filter(Number.isFinite))}
      placeholder={values.length === 0 ? t('segments.valuesPlaceholder') : ''}
      acceptValueOnBlur
    />
  );
}

type OfField = Many & { readonly field: SegmentField; readonly entity: EntityName };

function useSuggestions(entity: EntityName, field: string, typed: string, enabled: boolean) {
  const [search] = useDebouncedValue(typed.trim(), 150);
  const found = useCall('segments.suggestValues', { entity, field, search, limit: 20 }, { enabled, keep: true });
  return found.data?.values ?? [];
}

function Texts({ field, entity, values, onChange }: OfField) {
  const [typed, setTyped] = useState('');
  const [hasFocus, setHasFocus] = useState(false);
  const suggested = useSuggestions(entity, field.name, typed, hasFocus);
  const countBy = new Map(suggested.map(({ value, count }) => [value, count]));
  return (
    <TagsInput
      aria-label={t('segments.values')}
      value={values.map(String)}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      onFocus={() => setHasFocus(true)}
      data={suggested.map(({ value }) => value)}
      // the data did the searching, in its own folding of case and accents
      filter={({ options }) => options}
      renderOption={({ option }) => {
        const count = countBy.get(option.value);
        return (
          <Group justify="space-between" gap="lg" wrap="nowrap" w="100%">
            <span>{option.value}</span>
            {count === undefined ? null : (
              <Text span size="xs" c="dimmed">
                {formatNumber(count)}
              </Text>
            )}
          </Group>
        );
      }}
      placeholder={values.length === 0 ? t('segments.valuesPlaceholder') : ''}
      acceptValueOnBlur
      splitChars={[]}
      maxDropdownHeight={280}
      comboboxProps={comboboxProps}
    />
  );
}

/** A choice whose options are data, such as the stages of processes. */
function SuggestedChoice({ field, entity, values, onChange }: OfField) {
  const suggested = useSuggestions(entity, field.name, '', true);
  const options = [...new Set([...suggested.map(({ value }) => value), ...values.map(String)])];
  return (
    <MultiSelect
      aria-label={t('segments.values')}
      data={options.map((option) => ({ value: option, label: optionLabel(field, option) }))}
      value={values.map(String)}
      onChange={onChange}
      placeholder={values.length === 0 ? t('common.choose') : ''}
      searchable
      selectFirstOptionOnChange
      comboboxProps={comboboxProps}
    />
  );
}
