/** Edits one row of the segment language: field, operator, values. */
import { Select, Text } from '@mantine/core';
import { type FocusEvent, type KeyboardEvent, useMemo } from 'react';
import type { EntityName } from '../../shared/model/entities.ts';
import { operatorsOf, positiveOf } from '../../shared/rules/segment/operators.ts';
import type { SegmentField } from '../../shared/rules/segment/registry.ts';
import type { Operator } from '../../shared/rules/segment/schema.ts';
import { useRegistry } from '../app/workspace-fields.ts';
import { t } from '../i18n/index.ts';
import { fieldLabel } from '../i18n/words.ts';
import { type RowParts, withField, withOperator } from './row-change.ts';
import { RowValues } from './row-values.tsx';

/** What is typed searches for another choice, and Enter in the open list is meant for the list, not for a form. */
const asSearch = {
  onFocus: (event: FocusEvent<HTMLInputElement>): void => event.currentTarget.select(),
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter' && event.currentTarget.getAttribute('aria-expanded') === 'true') event.preventDefault();
  },
};

const comboboxProps = { shadow: 'md', width: 'max-content', position: 'bottom-start' } as const;

/** The same operator reads differently for a date, a scale and a number: < is "is before". */
function operatorLabel(operator: Operator, field: SegmentField | null): string {
  const isDate = field?.type === 'date' || field?.type === 'instant';
  if (isDate && (operator === 'notEquals' || operator === 'lessThan' || operator === 'greaterThan'))
    return t(`segments.dateOperators.${operator}`);
  if (field?.type === 'choice' && (operator === 'atLeast' || operator === 'atMost'))
    return t(`segments.scaleOperators.${operator}`);
  return t(`segments.operators.${operator}`);
}

type Props<R extends RowParts> = {
  readonly row: R;
  readonly entity: EntityName;
  /** `part`: `values` while they are typed, which is one step for undo. */
  readonly onChange: (change: (row: R) => R, part: 'row' | 'values') => void;
  /** Around the values. */
  readonly valuesClass?: string | undefined;
};

/** Three inputs for a place that arranges them. */
export function RowFields<R extends RowParts>({ row, entity, onChange, valuesClass }: Props<R>) {
  const registry = useRegistry();
  const field = registry.field(entity, row.field);
  const fields = useMemo(
    () => registry.fields(entity).map(({ name }) => ({ value: name, label: fieldLabel(name) })),
    [registry, entity],
  );
  const offered = field === null ? [] : operatorsOf(field);
  // a synonym that is understood but not offered is shown as it is stored
  const operators: readonly Operator[] = offered.includes(row.operator) ? offered : [row.operator, ...offered];
  return (
    <>
      <Select
        aria-label={t('segments.field')}
        placeholder={t('segments.fieldPlaceholder')}
        data={
          field === null && row.field !== ''
            ? [{ value: row.field, label: t('segments.fieldGone', { field: fieldLabel(row.field) }) }, ...fields]
            : fields
        }
        value={row.field === '' ? null : row.field}
        onChange={(name) => {
          if (name !== null) onChange((before) => withField(before, entity, name), 'row');
        }}
        searchable
        selectFirstOptionOnChange
        {...asSearch}
        allowDeselect={false}
        error={row.field !== '' && field === null}
        comboboxProps={comboboxProps}
        maxDropdownHeight={320}
      />
      {row.field === '' ? null : (
        <Select
          aria-label={t('segments.operator')}
          data={operators.map((operator) => ({ value: operator, label: operatorLabel(operator, field) }))}
          value={row.operator}
          onChange={(operator) => {
            const next = operators.find((each) => each === operator);
            if (next !== undefined) onChange((before) => withOperator(before, next), 'row');
          }}
          searchable
          selectFirstOptionOnChange
          {...asSearch}
          allowDeselect={false}
          comboboxProps={comboboxProps}
          maxDropdownHeight={320}
        />
      )}
      {field === null ? null : (
        <div className={valuesClass}>
          <RowValues
            row={row}
            field={field}
            entity={entity}
            onChange={(values) => onChange((before) => ({ ...before, values }), 'values')}
          />
          {positiveOf(row.operator) === null || row.operator === 'hasNoData' ? null : (
            <Text size="xs" c="dimmed" mt={2}>
              {t('segments.matchesBlanks', { field: fieldLabel(row.field) })}
            </Text>
          )}
        </div>
      )}
    </>
  );
}
