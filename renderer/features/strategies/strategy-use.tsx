/** Where a strategy is named, what the imports that named it came to, and what it found for captures. */
import { Anchor, Table, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { lookupResults } from '../../../shared/rules/matching/decide.ts';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { formatDay, formatInstant, formatNumber } from '../../ui/format.ts';
import { Section } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';

const figures = ['created', 'updated', 'unchanged', 'pending'] as const;

export function StrategyUse({ id }: { readonly id: string }) {
  const query = useCall('strategies.usedBy', { id });
  return (
    <Section title={t('strategies.usedBy')}>
      <QueryGate query={query} lines={2}>
        {({ forms, imports, captures }) => (
          <>
            {forms.length === 0 && imports.length === 0 && captures.length === 0 && (
              <Text size="sm" c="dimmed">
                {t('strategies.usedByNone')}
              </Text>
            )}
            {forms.map((form) => (
              <Text size="sm" key={form.id}>
                {t('strategies.form')}{' '}
                <Anchor component={Link} href={`/capture/${form.id}`} size="sm">
                  {form.label}
                </Anchor>
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
            {forms.length + captures.length > 0 && <Captures captures={captures} />}
          </>
        )}
      </QueryGate>
    </Section>
  );
}

type Captured = OutputOf<'strategies.usedBy'>['captures'];

function Captures({ captures }: { readonly captures: Captured }) {
  return (
    <>
      <Text size="sm" fw={550} mt="md">
        {t('strategies.history')}
      </Text>
      <Text size="xs" c="dimmed">
        {t(captures.length === 0 ? 'strategies.historyNone' : 'strategies.historyHint')}
      </Text>
      {captures.length > 0 && (
        <Table verticalSpacing={4} mt="xs" aria-label={t('strategies.history')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('strategies.capturedWith')}</Table.Th>
              <Table.Th>{t('strategies.day')}</Table.Th>
              {lookupResults.map((result) => (
                <Table.Th key={result} ta="right">
                  {t(`strategies.found_${result}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {captures.map((row) => (
              <Table.Tr key={`${row.formId} ${row.day}`}>
                <Table.Td>
                  {row.formId === null ? t('strategies.unlinkedLeads') : (row.label ?? t('strategies.formGone'))}
                </Table.Td>
                <Table.Td>{formatDay(row.day)}</Table.Td>
                {lookupResults.map((result) => (
                  <Table.Td key={result} ta="right">
                    {formatNumber(row[result])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  );
}
