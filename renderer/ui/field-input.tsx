/**
 * One input for one field of a record, made from the field's description. Stands inside react-hook-form's
 * `FormProvider` whose values are named as the record's fields.
 */
import { Checkbox, MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useController } from 'react-hook-form';
import type { EntityName } from '../../shared/model/entities.ts';
import type { Field } from '../../shared/model/field.ts';
import { describedField, type FieldName, fieldsNow, useFields } from '../app/workspace-fields.ts';
import { t } from '../i18n/index.ts';
import { fieldHint, fieldLabel, optionLabel } from '../i18n/words.ts';
import { LinkInput, WordsInput } from './custom-inputs.tsx';
import { groupMark } from './format.ts';
import { AddressList, EmailList, PhoneList } from './part-lists.tsx';
import { ProductList } from './product-list.tsx';
import { RecordPicker } from './record-picker.tsx';
import { isStandardField, StandardSelect } from './standard-select.tsx';
import { TagInput } from './tag-input.tsx';

type Props<E extends EntityName> = {
  readonly of: E;
  readonly name: FieldName<E>;
  readonly label?: string;
  readonly hint?: string;
  /** How the record that a `ref` points at is called. */
  readonly refLabel?: string | null | undefined;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
  readonly exclude?: string;
  readonly rows?: number;
};

export const hasField = <E extends EntityName>(of: E, name: string): name is FieldName<E> =>
  Object.hasOwn(fieldsNow(of), name);

/** Described also where the workspace has put it in the bin since. */
export const fieldOf = (of: EntityName, name: string): Field | undefined => describedField(of, name);

const pad = (value: number): string => String(value).padStart(2, '0');

/** Epoch ms → what a datetime-local input shows, in this laptop's zone. */
export function instantToLocal(atMs: number | null): string {
  if (atMs === null) return '';
  const at = new Date(atMs);
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
}
export const localToInstant = (text: string): number | null => {
  const atMs = new Date(text).getTime();
  return text === '' || Number.isNaN(atMs) ? null : atMs;
};

const yesNoUnknown = () => [
  { value: 'true', label: t('common.yes') },
  { value: 'false', label: t('common.no') },
];

/** What may be chosen, and what a record still has although it is not offered any more. */
const choicesOf = (field: Field, chosen: readonly string[]) =>
  [...new Set([...(field.options ?? []), ...chosen])].map((option) => ({
    value: option,
    label: optionLabel(field, option),
  }));

/** The program's own words about a value begin in the middle of a sentence: 'must not be blank'. */
const asSentence = (message: string): string => message.slice(0, 1).toUpperCase() + message.slice(1);

export function FieldInput<E extends EntityName>(props: Props<E>) {
  const { of, name } = props;
  const { field: input, fieldState } = useController({ name });
  const field = useFields(of)[name];
  const value: unknown = input.value;
  const set = (next: unknown) => input.onChange(next);
  if (field === undefined) return null;

  const label = props.label ?? fieldLabel(name);
  const hint = props.hint ?? fieldHint(name);
  const text = typeof value === 'string' ? value : '';
  const common = {
    label,
    ...(hint === undefined ? {} : { description: hint }),
    ...(fieldState.error?.message === undefined ? {} : { error: asSentence(fieldState.error.message) }),
    ...(field.required ? { withAsterisk: true } : {}),
    ...(props.autoFocus ? { 'data-autofocus': true, autoFocus: true } : {}),
    disabled: props.disabled ?? field.computed ?? false,
    name,
    onBlur: input.onBlur,
  };
  // a required text keeps '' so that its own rule speaks, not one about null
  const blank = field.required ? '' : null;

  switch (field.kind) {
    case 'text':
      if (field.custom === 'link') {
        return (
          <LinkInput {...common} ref={input.ref} value={text} onChange={(next) => set(next === '' ? null : next)} />
        );
      }
      if (field.custom === 'text') {
        return (
          <WordsInput {...common} ref={input.ref} value={text} onChange={(next) => set(next === '' ? null : next)} />
        );
      }
      return isStandardField(name) ? (
        <StandardSelect
          {...common}
          field={name}
          ref={input.ref}
          value={text === '' ? null : text}
          onChange={(next) => set(next ?? blank)}
        />
      ) : (
        <TextInput
          {...common}
          ref={input.ref}
          value={text}
          autoComplete="off"
          onChange={(event) => set(event.currentTarget.value === '' ? blank : event.currentTarget.value)}
        />
      );
    case 'longText':
      return (
        <Textarea
          {...common}
          ref={input.ref}
          value={text}
          autosize
          minRows={props.rows ?? 3}
          maxRows={14}
          onChange={(event) => set(event.currentTarget.value === '' ? blank : event.currentTarget.value)}
        />
      );
    case 'integer':
    case 'number':
      return (
        <NumberInput
          {...common}
          ref={input.ref}
          value={typeof value === 'number' ? value : ''}
          allowDecimal={field.kind === 'number'}
          thousandSeparator={groupMark}
          hideControls
          onChange={(next) => set(typeof next === 'number' ? next : null)}
        />
      );
    case 'boolean':
      return field.initial === undefined ? (
        <Select
          {...common}
          ref={input.ref}
          data={yesNoUnknown()}
          value={typeof value === 'boolean' ? String(value) : null}
          placeholder={t('common.unknown')}
          clearable
          onChange={(next) => set(next === null ? null : next === 'true')}
        />
      ) : (
        <Checkbox
          ref={input.ref}
          name={name}
          label={label}
          {...(hint === undefined ? {} : { description: hint })}
          disabled={common.disabled}
          checked={value === true}
          onBlur={input.onBlur}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      );
    case 'date':
      return (
        <TextInput
          {...common}
          ref={input.ref}
          type="date"
          max="9999-12-31"
          value={text}
          onChange={(event) => set(event.currentTarget.value === '' ? null : event.currentTarget.value)}
        />
      );
    case 'instant':
      return (
        <TextInput
          {...common}
          ref={input.ref}
          type="datetime-local"
          max="9999-12-31T23:59"
          value={instantToLocal(typeof value === 'number' ? value : null)}
          onChange={(event) => set(localToInstant(event.currentTarget.value))}
        />
      );
    case 'choice':
      return (
        <Select
          {...common}
          ref={input.ref}
          data={choicesOf(field, text === '' ? [] : [text])}
          value={text === '' ? null : text}
          searchable={(field.options?.length ?? 0) > 12}
          clearable={field.initial === undefined}
          allowDeselect={false}
          placeholder={t('common.none')}
          onChange={(next) => set(next)}
        />
      );
    case 'multiChoice':
      if (name === 'tags') {
        return (
          <TagInput
            {...common}
            ref={input.ref}
            entity={of}
            value={Array.isArray(value) ? value.map(String) : []}
            onChange={set}
          />
        );
      }
      return (
        <MultiSelect
          {...common}
          ref={input.ref}
          data={choicesOf(field, Array.isArray(value) ? value.map(String) : [])}
          value={Array.isArray(value) ? value.map(String) : []}
          searchable
          // beside what is chosen, not below it
          styles={{ inputField: { minWidth: 40 } }}
          // Enter in the open list is meant for the list
          selectFirstOptionOnChange
          clearable
          clearButtonProps={{ 'aria-label': t('common.clear') }}
          hidePickedOptions
          onChange={(next) => set(next)}
        />
      );
    case 'ref':
      return (
        <RecordPicker
          entity={field.target as EntityName}
          label={label}
          value={text === '' ? null : text}
          valueLabel={props.refLabel}
          onChange={(id) => set(id)}
          clearable={!field.required}
          disabled={common.disabled}
          hint={hint}
          error={fieldState.error?.message === undefined ? undefined : asSentence(fieldState.error.message)}
          {...(props.exclude === undefined ? {} : { exclude: props.exclude })}
        />
      );
    case 'json':
      if (name === 'emails') return <EmailList label={label} value={value} onChange={set} />;
      if (name === 'phones') return <PhoneList label={label} value={value} onChange={set} />;
      if (name === 'addresses') return <AddressList label={label} value={value} onChange={set} />;
      if (name === 'productIds') return <ProductList label={label} value={value} onChange={set} />;
      return null;
  }
}
