/** Which column fills which field, what a hit does to the field, and what the values of choices become. */
import { Button, Select, Table, Text, TextInput } from '@mantine/core';
import { Fragment, useState } from 'react';
import { importFields, type ImportField, type ImportTarget } from '../../../shared/contract/import-fields.ts';
import type { ImportKind, Inspection } from '../../../shared/contract/imports.ts';
import { type CustomColumn, entityOfImport } from '../../../shared/rules/custom-fields/import.ts';
import { recordFieldsOf } from '../../../shared/rules/formats/column-rules.ts';
import { fitsKind } from '../../../shared/rules/formats/mapping.ts';
import type { FieldHitAction, HitAction } from '../../../shared/rules/matching/definition.ts';
import { usualHit } from '../../../shared/rules/matching/merge.ts';
import type { Fields } from '../../../shared/model/field.ts';
import { customNames, useFields } from '../../app/workspace-fields.ts';
import { t } from '../../i18n/index.ts';
import { fieldLabel } from '../../i18n/words.ts';
import { Section } from '../../ui/page.tsx';
import {
  askedColumn,
  HitInput,
  nothingSaid,
  type Said,
  seenValues,
  ValueInputs,
  ValuesToggle,
} from './column-rule.tsx';
import classes from './imports.module.css';
import {
  askedFields,
  leftOver,
  mostNewFields,
  NewFieldInputs,
  newFieldOf,
  type NewFields,
  newFieldTarget,
} from './new-field.tsx';

type Column = Inspection['columns'][number];

/** Each column is an input of its own: a sheet may have sixteen thousand. */
const mostColumns = 60;

const customOf = (fields: Fields, target: ImportTarget): CustomColumn | null => {
  const field = fields[target];
  return field?.custom === undefined ? null : { name: target, kind: field.custom, options: field.options ?? [] };
};

/** What the person chose for the columns of a file; the rest is as found. */
export function useColumns({ kind, columns }: Inspection) {
  const [changed, setChanged] = useState<Readonly<Record<string, ImportTarget>>>({});
  const [made, setMade] = useState<NewFields>({});
  const [said, setSaid] = useState<Readonly<Record<string, Said>>>({});
  const fields = useFields(entityOfImport[kind]);
  const custom = customNames(fields);
  const targets: readonly ImportTarget[] = [
    ...importFields.filter((field: ImportField) => fitsKind(kind, field)),
    ...custom,
  ];
  // (what was chosen for another kind of rows may be nothing that this one has)
  const fieldOf = ({ header, field }: Column): ImportTarget => {
    const own = changed[header];
    return own !== undefined && targets.includes(own) ? own : field;
  };
  const saidOf = ({ header, onHit, values }: Column): Said => said[header] ?? { onHit, values };
  const choose = (header: string, target: string | null) => {
    const { [header]: _before, ...others } = made;
    if (target === newFieldTarget) return setMade({ ...others, [header]: newFieldOf(header) });
    const chosen = targets.find((each) => each === target);
    if (chosen === undefined) return;
    setMade(others);
    setChanged({ ...changed, [header]: chosen });
    // what was said was said of the other field
    setSaid({ ...said, [header]: nothingSaid });
  };
  // (the columns are others where the file is read in another way)
  const madeHere = Object.entries(made).filter(([header]) => columns.some((column) => column.header === header));
  const asked = () => ({
    ...(columns.length === 0
      ? {}
      : {
          columns: Object.fromEntries(
            columns.map((column) => {
              const field = fieldOf(column);
              const own = askedColumn(field, saidOf(column), customOf(fields, field));
              return [column.header, made[column.header] ? ('ignore' as const) : own];
            }),
          ),
        }),
    ...(madeHere.length === 0 ? {} : { newFields: askedFields(Object.fromEntries(madeHere)) }),
  });
  const isAnyMapped =
    columns.length === 0 || madeHere.length > 0 || columns.some((column) => fieldOf(column) !== 'ignore');
  return { fields, targets, made, setMade, fieldOf, saidOf, setSaid, said, choose, asked, isAnyMapped };
}

type Props = {
  readonly columns: readonly Column[];
  readonly chosen: ReturnType<typeof useColumns>;
  readonly isReading: boolean;
  readonly kind: ImportKind;
  /** What a hit does to fields that nothing is said of. */
  readonly onHit: HitAction;
};

export function ImportColumns({ columns, chosen, isReading, kind, onHit }: Props) {
  const { made, setMade, fieldOf, targets } = chosen;
  const [sought, setSought] = useState('');
  const wantedKey = sought.trim().toLowerCase();
  const found = columns
    .map((column, place) => ({ column, place }))
    .filter(({ column }) => wantedKey === '' || column.header.toLowerCase().includes(wantedKey));
  const shown = found.slice(0, mostColumns);
  const left = leftOver(
    columns.map((column) => ({ ...column, field: fieldOf(column) })),
    made,
  ).slice(0, Math.max(0, mostNewFields - Object.keys(made).length));
  const options = [
    { value: newFieldTarget, label: t('imports.newField') },
    ...targets.map((field) => ({ value: field, label: fieldLabel(field) })),
  ];
  return (
    <Section
      title={t('imports.columns')}
      hint={t('imports.columnsHint')}
      actions={
        left.length > 0 && (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() =>
              setMade({ ...made, ...Object.fromEntries(left.map((header) => [header, newFieldOf(header)])) })
            }
          >
            {t('imports.newFieldsOfRest', { count: left.length })}
          </Button>
        )
      }
    >
      {columns.length > mostColumns && (
        <TextInput
          mb="xs"
          aria-label={t('imports.findColumn')}
          placeholder={t('imports.findColumn')}
          value={sought}
          onChange={(change) => setSought(change.currentTarget.value)}
        />
      )}
      <div className={classes.mapping} aria-busy={isReading}>
        <Table verticalSpacing={4} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="22%">{t('imports.column')}</Table.Th>
              <Table.Th>{t('imports.examples')}</Table.Th>
              <Table.Th w="28%">{t('imports.goesTo')}</Table.Th>
              <Table.Th w={196}>{t('imports.onHitColumn')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map(({ column, place }) => (
              <ColumnRows
                key={`${place}-${column.header}`}
                column={column}
                options={options}
                chosen={chosen}
                usualOf={(field) => usualHit(recordFieldsOf(kind, field)[0] ?? field, onHit)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {found.length > shown.length && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('imports.moreColumns', { count: found.length - shown.length })}
        </Text>
      )}
    </Section>
  );
}

type RowsProps = {
  readonly column: Column;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: Props['chosen'];
  readonly usualOf: (field: ImportTarget) => FieldHitAction;
};

function ColumnRows({ column, options, chosen, usualOf }: RowsProps) {
  const { fields, made, setMade, said, setSaid, choose } = chosen;
  const { header, samples } = column;
  const current = chosen.fieldOf(column);
  const own = made[header];
  const custom = customOf(fields, current);
  const ruled = chosen.saidOf(column);
  const seen = own === undefined ? seenValues(column, current, custom) : null;
  // open by itself where a person has something to say
  const [toggled, setToggled] = useState<boolean | null>(null);
  const isOpen = toggled ?? seen?.some(({ guess }) => guess === null) ?? false;
  const change = (next: Said) => setSaid({ ...said, [header]: next });
  return (
    <Fragment>
      <Table.Tr data-ignored={(current === 'ignore' && own === undefined) || undefined}>
        <Table.Td className={classes.header}>{header}</Table.Td>
        <Table.Td className={classes.samples}>
          {samples
            .filter((each) => each !== '')
            .slice(0, 3)
            .join(' · ')}
        </Table.Td>
        <Table.Td>
          <Select
            aria-label={t('imports.goesToOf', { column: header })}
            data={options}
            value={own === undefined ? current : newFieldTarget}
            allowDeselect={false}
            searchable
            onChange={(next) => choose(header, next)}
          />
          {own !== undefined && (
            <NewFieldInputs header={header} field={own} onChange={(next) => setMade({ ...made, [header]: next })} />
          )}
          {seen !== null && seen.length > 0 && (
            <ValuesToggle
              header={header}
              seen={seen}
              said={ruled}
              isOpen={isOpen}
              onToggle={() => setToggled(!isOpen)}
            />
          )}
        </Table.Td>
        <Table.Td>
          {own === undefined && (
            <HitInput
              header={header}
              field={current}
              custom={custom}
              said={ruled}
              usual={usualOf(current)}
              onChange={change}
            />
          )}
        </Table.Td>
      </Table.Tr>
      {seen !== null && seen.length > 0 && isOpen && (
        <Table.Tr>
          <Table.Td colSpan={4} className={classes.valuesCell}>
            <ValueInputs header={header} field={current} custom={custom} seen={seen} said={ruled} onChange={change} />
          </Table.Td>
        </Table.Tr>
      )}
    </Fragment>
  );
}
