/** Field, operator, values. */
import { Select, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { EntityName } from '../../../shared/model/entities.ts';
import { operatorsOf, positiveOf } from '../../../shared/rules/segment/operators.ts';
import { fieldOf, fieldsOf } from '../../../shared/rules/segment/registry.ts';
import type { Operator } from '../../../shared/rules/segment/schema.ts';
import { t } from '../../i18n/index.ts';
import { fieldLabel } from '../../i18n/words.ts';
import { useBuilder } from './builder-context.tsx';
import classes from './builder.module.css';
import { withField, withOperator } from './node-facts.ts';
import type { EditorNode, EditorRow } from './tree.ts';
import { ValueInput } from './value-input.tsx';
import { operatorLabel } from './words.ts';

const comboboxProps = { shadow: 'md', width: 'max-content', position: 'bottom-start' } as const;

const changeRow = (change: (row: EditorRow) => EditorRow) => (node: EditorNode) =>
  node.kind === 'row' ? change(node) : node;

export function RowEditor({ row, entity }: { readonly row: EditorRow; readonly entity: EntityName }) {
  const { store } = useBuilder();
  const { update } = store.getState();
  const field = fieldOf(entity, row.field);
  const fields = useMemo(
    () => fieldsOf(entity).map(({ name }) => ({ value: name, label: fieldLabel(name) })),
    [entity],
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
            ? [{ value: row.field, label: t('segments.fieldGone', { field: row.field }) }, ...fields]
            : fields
        }
        value={row.field === '' ? null : row.field}
        onChange={(name) => {
          if (name !== null)
            update(
              row.key,
              changeRow((before) => withField(before, entity, name)),
            );
        }}
        searchable
        selectFirstOptionOnChange
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
            if (next !== undefined)
              update(
                row.key,
                changeRow((before) => withOperator(before, next)),
              );
          }}
          searchable
          allowDeselect={false}
          comboboxProps={comboboxProps}
          maxDropdownHeight={320}
        />
      )}
      {field === null ? null : (
        <div className={classes.wideValue}>
          <ValueInput
            row={row}
            field={field}
            entity={entity}
            onChange={(values) =>
              update(
                row.key,
                changeRow((before) => ({ ...before, values })),
                'values',
              )
            }
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
