/** Tags of a record, or to be put on many: typed or chosen from those there are, most used first. */
import { Group, TagsInput, type TagsInputProps, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { EntityName } from '../../shared/model/entities.ts';
import { cleanTags, mostTags } from '../../shared/rules/tags.ts';
import { useCall } from '../app/use-call.ts';
import { formatNumber } from './format.ts';

type Props = Omit<TagsInputProps, 'value' | 'onChange' | 'data'> & {
  readonly entity: EntityName;
  readonly value: readonly string[];
  readonly onChange: (tags: string[]) => void;
};

export function TagInput({ entity, value, onChange, ...rest }: Props) {
  const [typed, setTyped] = useState('');
  const [hasFocus, setHasFocus] = useState(false);
  const [search] = useDebouncedValue(typed.trim(), 150);
  const found = useCall(
    'segments.suggestValues',
    { entity, field: 'tags', search, limit: 20 },
    { enabled: hasFocus, keep: true },
  );
  const suggested = found.data?.values ?? [];
  const countBy = new Map(suggested.map((each) => [each.value, each.count]));
  return (
    <TagsInput
      {...rest}
      value={[...value]}
      onChange={(tags) => onChange(cleanTags(tags))}
      searchValue={typed}
      onSearchChange={setTyped}
      onFocus={() => setHasFocus(true)}
      data={suggested.map((each) => each.value)}
      // the data did the searching, in its own folding of case and accents
      filter={({ options }) => options}
      renderOption={({ option }) => {
        const count = countBy.get(option.value);
        return (
          <Group justify="space-between" gap="lg" wrap="nowrap" w="100%">
            <span dir="auto">{option.value}</span>
            {count === undefined ? null : (
              <Text span size="xs" c="dimmed">
                {formatNumber(count)}
              </Text>
            )}
          </Group>
        );
      }}
      maxTags={mostTags}
      splitChars={[',', ';', '\n']}
      acceptValueOnBlur
      maxDropdownHeight={280}
    />
  );
}
