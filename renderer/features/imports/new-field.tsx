/**
 * Columns that fill nothing may become fields of the workspace: under the column's name or another, of a kind that is
 * guessed from the values or chosen. The import makes them, and its undo takes them away.
 */
import { Group, Select, TextInput } from '@mantine/core';
import { customFieldKinds, type CustomFieldKind } from '../../../shared/model/custom-field.ts';
import type { ImportTarget, NewImportField } from '../../../shared/contract/import-fields.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';

/** Stands among the targets of a column. */
export const newFieldTarget = 'newField';

/** `kind` null: guessed from the values. */
export type NewField = { readonly name: string; readonly kind: CustomFieldKind | null };
/** By header. */
export type NewFields = Readonly<Record<string, NewField>>;

export const newFieldOf = (header: string): NewField => ({ name: header.trim().slice(0, 100), kind: null });

/** More would be no form that anybody fills in (the import takes no more). */
export const mostNewFields = 100;

/** As the import takes them. A name that was emptied is the column's own. */
export const askedFields = (made: NewFields): NewImportField[] =>
  Object.entries(made).map(([column, { name, kind }]) => ({
    column,
    name: name.trim() === '' ? column.trim().slice(0, 100) : name.trim(),
    ...(kind === null ? {} : { kind }),
  }));

type Column = { readonly header: string; readonly samples: readonly string[] };

/** Headers of columns that fill nothing and hold something. */
export const leftOver = (
  columns: readonly (Column & { readonly field: ImportTarget })[],
  made: NewFields,
): readonly string[] =>
  columns
    .filter(({ header, field, samples }) => {
      const isFree = field === 'ignore' && made[header] === undefined;
      return isFree && header.trim() !== '' && samples.some((each) => each.trim() !== '');
    })
    .map(({ header }) => header);

type Props = { readonly header: string; readonly field: NewField; readonly onChange: (field: NewField) => void };

/** What the new field is called, and what it is. */
export function NewFieldInputs({ header, field, onChange }: Props) {
  return (
    <Group gap={6} mt={4} wrap="nowrap" align="flex-start">
      <TextInput
        flex={1}
        aria-label={t('imports.newFieldName', { column: header })}
        value={field.name}
        maxLength={100}
        placeholder={header}
        onChange={(event) => onChange({ ...field, name: event.currentTarget.value })}
      />
      <Select
        w={118}
        aria-label={t('imports.newFieldKind', { column: header })}
        data={[
          { value: '', label: t('imports.newFieldGuess') },
          ...customFieldKinds.map((kind) => ({ value: kind, label: choiceLabel(kind) })),
        ]}
        value={field.kind ?? ''}
        allowDeselect={false}
        onChange={(next) => onChange({ ...field, kind: customFieldKinds.find((each) => each === next) ?? null })}
      />
    </Group>
  );
}
