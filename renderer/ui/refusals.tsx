/** Which records a bulk change left as they are, and why. */
import { Anchor, Table, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { BulkResult } from '../../shared/contract/records.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import { recordPath } from '../app/record-path.ts';
import { t } from '../i18n/index.ts';
import { reasonInWords } from './bulk-words.ts';
import { formatNumber } from './format.ts';

type Refusals = BulkResult['refusals'];

export function showRefusals(entity: EntityName, refusals: Refusals, total: number): void {
  const id = modals.open({
    title: t('bulk.refusedTitle', { count: total }),
    size: 'lg',
    children: <RefusalList entity={entity} refusals={refusals} total={total} onLeave={() => modals.close(id)} />,
  });
}

type Props = {
  readonly entity: EntityName;
  readonly refusals: Refusals;
  readonly total: number;
  readonly onLeave: () => void;
};

function RefusalList({ entity, refusals, total, onLeave }: Props) {
  return (
    <>
      <Table aria-label={t('bulk.refusedTitle', { count: total })} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="40%">{t('bulk.record')}</Table.Th>
            <Table.Th>{t('bulk.reason')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {refusals.map(({ id, label, code, field }) => {
            const path = recordPath(entity, id);
            return (
              <Table.Tr key={id}>
                <Table.Td>
                  {path === null ? (
                    label
                  ) : (
                    <Anchor size="sm" href={`#${path}`} onClick={onLeave}>
                      {label}
                    </Anchor>
                  )}
                </Table.Td>
                <Table.Td>{reasonInWords({ code, field })}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      {total > refusals.length && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('bulk.refusedMore', { shown: formatNumber(refusals.length), total: formatNumber(total) })}
        </Text>
      )}
    </>
  );
}
