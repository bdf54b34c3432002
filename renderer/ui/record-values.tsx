/** Several records as the values of a row: found by typing, shown by their names. */
import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { entityOf, type EntityName } from '../../shared/model/entities.ts';
import { callOptions } from '../app/use-call.ts';
import { useList } from '../app/list-calls.ts';
import { t } from '../i18n/index.ts';
import { usePickOnEnter } from './pick-on-enter.ts';

type Props = {
  readonly target: EntityName;
  readonly label: string;
  readonly ids: readonly string[];
  readonly onChange: (ids: string[]) => void;
  readonly exclude?: string | null;
  readonly max?: number;
};

/** Every area has a `get` that answers a record with its label; the compiler cannot follow the name. */
export const labelOptions = (target: EntityName, id: string) =>
  callOptions(`${entityOf(target).area}.get` as 'contacts.get', { id }, { staleTimeMs: 60_000 });

export function RecordValues({ target, label, ids, onChange, exclude, max }: Props) {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 150);
  const [hasFocus, setHasFocus] = useState(false);
  const found = useList(target, { limit: 20, ...(search === '' ? {} : { search }) }, { enabled: hasFocus, keep: true });
  const chosen = useQueries({ queries: ids.map((id) => labelOptions(target, id)) });
  const labelById = new Map<string, string>();
  for (const row of found.data?.rows ?? []) if (row.id !== exclude) labelById.set(row.id, row.label);
  ids.forEach((id, index) => {
    const known = chosen[index]?.data?.label ?? labelById.get(id);
    labelById.set(id, known ?? '…');
  });
  const pickOnEnter = usePickOnEnter(typed.trim() !== search || (typed !== '' && found.isPlaceholderData), () => {
    const first = found.data?.rows.find(({ id }) => id !== exclude && !ids.includes(id));
    if (typed === '' || first === undefined || ids.length === max) return;
    onChange([...ids, first.id]);
    setTyped('');
  });
  return (
    <MultiSelect
      aria-label={label}
      data={[...labelById].map(([value, name]) => ({ value, label: name === '' ? '–' : name }))}
      value={[...ids]}
      onChange={onChange}
      searchable
      selectFirstOptionOnChange
      searchValue={typed}
      onSearchChange={setTyped}
      onKeyDownCapture={pickOnEnter}
      onFocus={() => setHasFocus(true)}
      filter={({ options }) => options}
      nothingFoundMessage={found.isFetching ? t('common.loading') : t('common.pickNothing')}
      placeholder={ids.length === 0 ? t('common.pickSearch') : ''}
      comboboxProps={{ shadow: 'md', width: 'max-content', position: 'bottom-start' }}
      maxDropdownHeight={280}
      {...(max === undefined ? {} : { maxValues: max })}
    />
  );
}
