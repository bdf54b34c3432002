/** The interest: typed, or chosen from the form's list with one number key while the field is empty or just chosen. */
import { Combobox, Group, Text, TextInput, useCombobox } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { t } from '../../i18n/index.ts';
import { keyOfOption, optionByKey } from './capture-draft.ts';
import classes from './capture.module.css';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly interests: readonly string[];
  readonly fallback: string;
  readonly required?: boolean;
  readonly error?: string | undefined;
};

export function InterestField({ label, value, onChange, interests, fallback, required, error }: Props) {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [hasFocus, setHasFocus] = useState(false);
  const isChosen = interests.includes(value);
  const typed = value.trim().toLowerCase();
  const offered =
    typed === '' || isChosen ? interests : interests.filter((interest) => interest.toLowerCase().includes(typed));

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (value !== '' && !isChosen) return;
    const byKey = optionByKey(interests, event.key);
    // "3D printing" can still be typed where an interest begins with that digit
    if (byKey === null || interests.some((interest) => interest.startsWith(event.key))) return;
    event.preventDefault();
    onChange(byKey);
    combobox.closeDropdown();
  };

  return (
    <Combobox
      store={combobox}
      width="target"
      position="bottom-start"
      onOptionSubmit={(interest) => {
        onChange(interest);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target autoComplete="off">
        <TextInput
          label={
            interests.length === 0 ? (
              label
            ) : (
              <>
                {label}
                <Text span size="xs" c="dimmed" fw={400} ml={8}>
                  {t('capture.interestHint')}
                </Text>
              </>
            )
          }
          aria-label={label}
          value={value}
          placeholder={fallback === '' ? '' : t('capture.interestFallback', { topic: fallback })}
          {...(required ? { withAsterisk: true, 'aria-required': true } : {})}
          error={error}
          autoComplete="off"
          data-stop
          onKeyDown={onKeyDown}
          onFocus={() => {
            setHasFocus(true);
            combobox.openDropdown();
          }}
          onBlur={() => {
            setHasFocus(false);
            combobox.closeDropdown();
          }}
          onChange={(event) => {
            onChange(event.currentTarget.value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!hasFocus || offered.length === 0}>
        <Combobox.Options aria-label={label}>
          {offered.map((interest) => {
            const key = keyOfOption(interests.indexOf(interest));
            return (
              <Combobox.Option key={interest} value={interest} active={interest === value}>
                <Group gap="xs" wrap="nowrap">
                  {key === null ? null : (
                    <span aria-hidden className={classes['choiceKey']}>
                      {key}
                    </span>
                  )}
                  <span>{interest}</span>
                </Group>
              </Combobox.Option>
            );
          })}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
