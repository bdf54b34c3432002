/** A field's value in words, by the kind of field: for tables, value lists, history and conflicts. */
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Field } from '../../shared/model/field.ts';
import type { AddressPart } from '../../shared/model/parts.ts';
import { addressInOrder } from '../../shared/rules/address-order.ts';
import { phoneText } from '../../shared/rules/normalise/phone-text.ts';
import { t } from '../i18n/index.ts';
import { fieldLabel, optionLabel } from '../i18n/words.ts';
import { countryName } from './countries.ts';
import { formatDay, formatInstant, formatNumber } from './format.ts';

const partText = (part: unknown): string => {
  if (typeof part !== 'object' || part === null) return String(part);
  if ('question' in part && 'value' in part) return `${String(part.question)} ${String(part.value)}`;
  // a flagged value: which field it was for, and what came
  if ('reason' in part && 'field' in part && 'value' in part) {
    return `${fieldLabel(String(part.field))}: ${String(part.value)}`;
  }
  if ('address' in part) return String(part.address);
  if ('number' in part) {
    return phoneText({ number: String(part.number), e164: 'e164' in part && part.e164 ? String(part.e164) : null });
  }
  if ('postalCode' in part) {
    const address = part as Partial<AddressPart>;
    const { country } = address;
    return [...addressInOrder(address), ...(country ? [countryName(country)] : [])].join(', ');
  }
  return Object.entries(part)
    .filter(([name, value]) => name !== 'kind' && typeof value === 'string' && value !== '')
    .map(([name, value]) => (name === 'country' ? countryName(String(value)) : String(value)))
    .join(', ');
};

type Described = Pick<Field, 'kind'> & Partial<Pick<Field, 'options' | 'custom'>>;

/** Plain text of a value; '' for blank. */
export function valueText(field: Described | undefined, value: unknown, refLabel?: string | null): string {
  if (value === null || value === undefined || value === '') return '';
  switch (field?.kind) {
    case 'boolean':
      return value === true ? t('common.yes') : t('common.no');
    case 'choice':
      return typeof value === 'string' ? optionLabel(field, value) : '';
    case 'multiChoice':
      return Array.isArray(value)
        ? value
            .map((each) => (field.options === undefined ? String(each) : optionLabel(field, String(each))))
            .join(', ')
        : '';
    case 'date':
      return formatDay(String(value));
    case 'instant':
      return typeof value === 'number' ? formatInstant(value) : '';
    case 'integer':
    case 'number':
      return typeof value === 'number' ? formatNumber(value) : String(value);
    case 'ref':
      return refLabel ?? '';
    case 'text':
    case 'longText':
      return String(value);
    default:
      if (Array.isArray(value)) return value.map(partText).join('; ');
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}

export function FieldValue(props: {
  readonly field: Described | undefined;
  readonly value: unknown;
  readonly refLabel?: string | null;
}): ReactNode {
  const text = valueText(props.field, props.value, props.refLabel);
  return text === '' ? (
    <Text span inherit c="dimmed" aria-label={t('common.none')}>
      –
    </Text>
  ) : (
    text
  );
}
