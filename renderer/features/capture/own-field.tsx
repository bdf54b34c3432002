/** One field of the workspace on the capture screen, by its kind: typed, or chosen by a number. */
import { Textarea, TextInput } from '@mantine/core';
import type { Field } from '../../../shared/model/field.ts';
import { t } from '../../i18n/index.ts';
import { fieldHint, fieldLabel } from '../../i18n/words.ts';
import { toggled } from './capture-draft.ts';
import classes from './capture.module.css';
import { type Option, OptionChoice } from './option-choice.tsx';
import type { OwnInput } from './own-values.ts';

type Props = {
  readonly name: string;
  readonly field: Field;
  readonly value: OwnInput;
  readonly required: boolean;
  readonly error: string | undefined;
  readonly onChange: (value: OwnInput) => void;
};

export function OwnField({ name, field, value, required, error, onChange }: Props) {
  const label = fieldLabel(name);
  const text = typeof value === 'string' ? value : '';
  const hint = fieldHint(name);
  const typed = {
    label,
    withAsterisk: required,
    error,
    'data-stop': true,
    autoComplete: 'off',
    ...(hint === undefined ? {} : { description: hint }),
  };
  const choice = (options: readonly Option[], several?: readonly string[]) => (
    <div className={classes['wide']}>
      <OptionChoice
        label={label}
        required={required}
        error={error}
        kind={several ? 'checkbox' : 'radio'}
        hint={several ? t('capture.pressNumbers') : t('capture.pressNumber')}
        options={options}
        chosen={several ?? (text === '' ? [] : [text])}
        onChoose={(option) => onChange(several ? toggled(several, option) : option)}
      />
    </div>
  );
  const options = (field.options ?? []).map((option) => ({ value: option, label: option }));
  switch (field.custom) {
    case 'choice':
      return choice(options);
    case 'multiChoice':
      return choice(options, Array.isArray(value) ? value : []);
    case 'yesNo':
      return choice([
        { value: 'yes', label: t('common.yes') },
        { value: 'no', label: t('common.no') },
      ]);
    case 'text':
      return (
        <Textarea
          {...typed}
          className={classes['wide'] ?? ''}
          autosize
          minRows={1}
          maxRows={4}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    default:
      return (
        <TextInput
          {...typed}
          {...(field.custom === 'date' ? { type: 'date', max: '9999-12-31' } : {})}
          {...(field.custom === 'number' ? { inputMode: 'decimal' as const } : {})}
          {...(field.custom === 'link' ? { inputMode: 'url' as const, placeholder: 'https://' } : {})}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}
