/** A text field of the capture screen that offers known people while typing; Enter on one of them takes that person. */
import { Combobox, Group, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { UserCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';

export type KnownPerson = OutputOf<'capture.suggest'>['contacts'][number];

type Props = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What to look for among known people; '' for nothing. */
  readonly search: string;
  readonly onKnown: (person: KnownPerson) => void;
  readonly type?: 'text' | 'email' | 'tel';
  readonly required?: boolean;
  readonly error?: string | undefined;
  readonly name: string;
};

/** Two letters, or one where a letter is a word (王). */
const isWorthSearching = (search: string): boolean => search.trim().length >= 2 || /[^\u0000-\u024f]/.test(search);

export function PersonField({ label, value, onChange, search, onKnown, type = 'text', required, error, name }: Props) {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [isTyping, setIsTyping] = useState(false);
  const [wanted] = useDebouncedValue(search.trim(), 90);
  const asks = isTyping && isWorthSearching(wanted);
  const found = useCall('capture.suggest', { search: wanted, limit: 6 }, { enabled: asks, keep: true });
  const people = asks ? (found.data?.contacts ?? []) : [];
  const { openDropdown, closeDropdown } = combobox;
  const isOpen = people.length > 0;
  useEffect(() => {
    if (isOpen) openDropdown();
    else closeDropdown();
  }, [isOpen, openDropdown, closeDropdown]);

  return (
    <Combobox
      store={combobox}
      position="bottom-start"
      width="target"
      onOptionSubmit={(id) => {
        const person = people.find((each) => each.id === id);
        setIsTyping(false);
        if (person) onKnown(person);
      }}
    >
      <Combobox.Target autoComplete="off">
        <TextInput
          label={label}
          value={value}
          name={name}
          inputMode={type}
          {...(required ? { withAsterisk: true, 'aria-required': true } : {})}
          error={error}
          autoComplete="off"
          spellCheck={false}
          data-stop
          onChange={(event) => {
            setIsTyping(true);
            onChange(event.currentTarget.value);
          }}
          onBlur={() => setIsTyping(false)}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={t('capture.suggestions')}>
          {people.map((person) => (
            <Combobox.Option key={person.id} value={person.id}>
              <Group gap="xs" wrap="nowrap">
                <UserCheck size={16} aria-hidden />
                <div style={{ minWidth: 0 }}>
                  <Text size="sm" fw={500} truncate>
                    {person.label}
                  </Text>
                  <Text size="xs" c="dimmed" truncate>
                    {[person.company, person.email].filter(Boolean).join(' · ')}
                  </Text>
                </div>
              </Group>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
