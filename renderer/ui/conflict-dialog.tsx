/** Two people changed the same fields: both values side by side, one choice for each. */
import { Button, Group, Modal, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import type { EntityName } from '../../shared/model/entities.ts';
import { t } from '../i18n/index.ts';
import { fieldLabel } from '../i18n/words.ts';
import { fieldOf } from './field-input.tsx';
import { FieldValue } from './field-value.tsx';
import { labelOptions } from './record-values.tsx';

export type Conflict = {
  readonly name: string;
  readonly mine: unknown;
  readonly theirs: unknown;
  readonly theirLabel: string | null;
};

type Props = {
  readonly entity: EntityName;
  readonly conflicts: readonly Conflict[];
  readonly onCancel: () => void;
  readonly onApply: (takeTheirs: ReadonlySet<string>) => void;
};

type MineProps = { readonly entity: EntityName; readonly name: string; readonly value: unknown };

/** What the form holds; a record that was chosen in it by its name. */
function Mine({ entity, name, value }: MineProps) {
  const field = fieldOf(entity, name);
  const ids = field?.kind === 'ref' && typeof value === 'string' ? [value] : [];
  const [chosen] = useQueries({ queries: ids.map((id) => labelOptions(field?.target as EntityName, id)) });
  return <FieldValue field={field} value={value} refLabel={chosen?.data?.label ?? null} />;
}

export function ConflictDialog({ entity, conflicts, onCancel, onApply }: Props) {
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  return (
    <Modal opened onClose={onCancel} title={t('common.changedTitle')} size="lg">
      <Stack>
        <Text size="sm">{t('common.changedBody')}</Text>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th />
              <Table.Th>{t('common.changedYours')}</Table.Th>
              <Table.Th>{t('common.changedTheirs')}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {conflicts.map(({ name, mine, theirs: other, theirLabel }) => (
              <Table.Tr key={name}>
                <Table.Th scope="row">{fieldLabel(name)}</Table.Th>
                <Table.Td>
                  <Mine entity={entity} name={name} value={mine} />
                </Table.Td>
                <Table.Td>
                  <FieldValue field={fieldOf(entity, name)} value={other} refLabel={theirLabel} />
                </Table.Td>
                <Table.Td>
                  <SegmentedControl
                    size="xs"
                    aria-label={fieldLabel(name)}
                    value={theirs.has(name) ? 'theirs' : 'mine'}
                    data={[
                      { value: 'mine', label: t('common.changedKeepYours') },
                      { value: 'theirs', label: t('common.changedTakeTheirs') },
                    ]}
                    onChange={(choice) => {
                      const next = new Set(theirs);
                      if (choice === 'theirs') next.add(name);
                      else next.delete(name);
                      setTheirs(next);
                    }}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('common.stay')}
          </Button>
          <Button onClick={() => onApply(theirs)} data-autofocus>
            {t('common.changedApply')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
