/** Where a strategy is named, and what the imports that named it came to. */
import { Table, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { formatInstant, formatNumber } from '../../ui/format.ts';
import { Section } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';

const figures = ['created', 'updated', 'unchanged', 'pending'] as const;

export function StrategyUse({ id }: { readonly id: string }) {
  const query = useCall('strategies.usedBy', { id });
  return (
    <Section title={t('strategies.usedBy')}>
      <QueryGate query={query} lines={2}>
        {({ forms, imports }) => (
          <>
            {forms.length === 0 && imports.length === 0 && (
              <Text size="sm" c="dimmed">
                {t('strategies.usedByNone')}
              </Text>
            )}
            {forms.map((form) => (
              <Text size="sm" key={form.id}>
                {t('strategies.form')} <Link href={`/capture/${form.id}`}>{form.label}</Link>
              </Text>
            ))}
            {imports.length > 0 && (
              <Table verticalSpacing={4} mt="xs">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('imports.file')}</Table.Th>
                    <Table.Th>{t('imports.when')}</Table.Th>
                    {figures.map((figure) => (
                      <Table.Th key={figure} ta="right">
                        {t(`imports.${figure}`)}
                      </Table.Th>
                    ))}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {imports.map((run) => (
                    <Table.Tr key={run.importId}>
                      <Table.Td>{run.fileName}</Table.Td>
                      <Table.Td>{formatInstant(run.startedAtMs)}</Table.Td>
                      {figures.map((figure) => (
                        <Table.Td key={figure} ta="right">
                          {formatNumber(run[figure])}
                        </Table.Td>
                      ))}
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            )}
          </>
        )}
      </QueryGate>
    </Section>
  );
}
