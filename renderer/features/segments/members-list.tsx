/** Members of a saved segment, page by page; a picked one can be taken out again. */
import { ActionIcon, Anchor, Button, Group, Table, Text } from '@mantine/core';
import { X } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { formatNumber } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import classes from './builder.module.css';

const step = 50;

type Props = {
  readonly segmentId: string;
  readonly emptyText: string;
  readonly onRemove?: (id: string, label: string) => void;
};

export function MembersList({ segmentId, emptyText, onRemove }: Props) {
  const [limit, setLimit] = useState(step);
  const members = useCall('segments.members', { segmentId, limit }, { keep: true });
  return (
    <QueryGate query={members}>
      {({ rows, total }) =>
        rows.length === 0 ? (
          <Text size="sm" c="dimmed">
            {emptyText}
          </Text>
        ) : (
          <>
            <Table aria-label={t('segments.members')} verticalSpacing={4} layout="fixed" className={classes.members}>
              <Table.Tbody>
                {rows.map((row) => (
                  <Table.Tr key={row.id}>
                    <Table.Td title={row.label}>
                      <Anchor component={Link} href={`/contacts/${row.id}`} size="sm">
                        {row.label}
                      </Anchor>
                    </Table.Td>
                    <Table.Td title={row.company ?? ''}>{row.company ?? '–'}</Table.Td>
                    <Table.Td title={row.email ?? ''}>{row.email ?? '–'}</Table.Td>
                    {onRemove === undefined ? null : (
                      <Table.Td w={40}>
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          aria-label={t('segments.removeMember', { name: row.label })}
                          onClick={() => onRemove(row.id, row.label)}
                        >
                          <X size={16} />
                        </ActionIcon>
                      </Table.Td>
                    )}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            <Group justify="space-between" mt="xs">
              <Text size="xs" c="dimmed">
                {t('segments.showingFirst', { shown: formatNumber(rows.length), total: formatNumber(total) })}
              </Text>
              {rows.length < total && limit < 500 ? (
                <Button variant="subtle" size="compact-sm" onClick={() => setLimit(Math.min(500, limit + 150))}>
                  {t('common.showMore')}
                </Button>
              ) : null}
            </Group>
          </>
        )
      }
    </QueryGate>
  );
}
