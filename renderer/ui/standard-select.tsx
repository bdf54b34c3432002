/**
 * Fields whose values come from a list of the system: country (ISO 3166), time zone (IANA), currency (ISO 4217). The
 * record keeps the code, the person reads and types the name. What a file brought and no list knows stays a choice.
 */
import { Select, type SelectProps } from '@mantine/core';
import { i18next, t } from '../i18n/index.ts';
import { countryOptions } from './countries.ts';

type Option = { readonly value: string; readonly label: string };

const standardFields = ['country', 'timeZone', 'currency'] as const;
type StandardField = (typeof standardFields)[number];
export const isStandardField = (name: string): name is StandardField =>
  (standardFields as readonly string[]).includes(name);

const makeOptions: Readonly<Record<StandardField, () => Option[]>> = {
  country: countryOptions,
  timeZone: () =>
    [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].map((value) => ({ value, label: value })),
  currency: () => {
    const names = new Intl.DisplayNames([i18next.language, 'en'], { type: 'currency' });
    return Intl.supportedValuesOf('currency').map((value) => ({
      value,
      label: `${value} · ${names.of(value) ?? value}`,
    }));
  },
};

/** The lists are long and the same for every field, so each is made once a language. */
const made = new Map<string, Option[]>();
function optionsOf(field: StandardField): Option[] {
  const key = `${field} ${i18next.language}`;
  const known = made.get(key) ?? makeOptions[field]();
  made.set(key, known);
  return known;
}

type Props = Omit<SelectProps, 'data' | 'value' | 'onChange' | 'searchable' | 'clearable'> & {
  readonly field: StandardField;
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
};

export function StandardSelect({ field, value, onChange, ...rest }: Props) {
  const options = optionsOf(field);
  const isKnown = value === null || options.some((option) => option.value === value);
  return (
    <Select
      {...rest}
      data={isKnown ? options : [{ value, label: value }, ...options]}
      value={value}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('common.clear') }}
      selectFirstOptionOnChange
      nothingFoundMessage={t('common.pickNothing')}
      onChange={(next) => onChange(next)}
    />
  );
}
