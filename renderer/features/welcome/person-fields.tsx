/** Who uses this laptop: name, role, default country. */
import { Select, Stack, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { userRoles, type UserRole } from '../../../shared/model/picklists.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { countryOptions } from '../../ui/countries.ts';

export type Person = { readonly name: string; readonly role: UserRole; readonly region: string };

type Props = {
  readonly person: Person;
  readonly onChange: (person: Person) => void;
  readonly tried: boolean;
  readonly focus?: boolean;
};

export function PersonFields({ person, onChange, tried, focus = true }: Props) {
  const countries = useMemo(() => countryOptions(), []);
  const role = (value: string | null) => userRoles.find((each) => each === value) ?? person.role;
  return (
    <Stack gap="sm">
      <TextInput
        label={t('welcome.name')}
        value={person.name}
        autoComplete="name"
        autoFocus={focus}
        error={tried && person.name.trim() === '' ? t('welcome.nameNeeded') : null}
        onChange={(event) => onChange({ ...person, name: event.currentTarget.value })}
      />
      <Select
        label={t('welcome.role')}
        description={t('welcome.roleHint')}
        data={userRoles.map((each) => ({ value: each, label: choiceLabel(each) }))}
        value={person.role}
        allowDeselect={false}
        onChange={(value) => onChange({ ...person, role: role(value) })}
      />
      <Select
        label={t('welcome.country')}
        description={t('welcome.countryHint')}
        data={countries}
        value={person.region}
        searchable
        allowDeselect={false}
        nothingFoundMessage={t('common.pickNothing')}
        onChange={(value) => value !== null && onChange({ ...person, region: value })}
      />
    </Stack>
  );
}
