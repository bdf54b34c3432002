/** Past imports with what they did, and the way back of each. */
import { Anchor, Badge, Button, Group, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { FileInput, Play, Plus, Undo2 } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { importFormats } from '../../../shared/contract/imports.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { useJobs } from '../../app/live.ts';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatInstant, formatNumber } from '../../ui/format.ts';
import { JobPanel } from '../../ui/job-panel.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';
import { useImportContinue } from './import-continue.tsx';
import { useImportUndo } from './import-result.tsx';
import classes from './imports.module.css';

const counts = ['rows', 'created', 'updated', 'unchanged', 'pending', 'failed'] as const;

const formatName = (format: string): string => {
  const known = importFormats.find((each) => each === format);
  return known === undefined ? format : t(`imports.formats.${known}`);
};

type ImportRow = OutputOf<'imports.list'>['rows'][number];

const waitsInReview = (row: ImportRow, name: (typeof counts)[number]): boolean =>
  (name === 'pending' || name === 'failed') && row[name] > 0 && !row.undone;

export function ImportsPage() {
  const [, navigate] = useLocation();
  const list = useCall('imports.list', { limit: 200 });
  const jobs = useJobs((state) => state.jobs);
  const undo = useImportUndo();
  const goOn = useImportContinue();
  const running = Object.values(jobs).filter(
    ({ kind, state, jobId }) =>
      (kind === 'import' || kind === 'undo') && state === 'running' && jobId !== undo.jobId && jobId !== goOn.jobId,
  );
  const start = () => navigate('/imports/new');
  useShortcuts([{ keys: 'n', label: t('imports.new'), run: start }]);
  return (
    <Page
      title={t('imports.pageTitle')}
      icon={FileInput}
      wide
      actions={
        <ShortcutTooltip label={t('imports.new')} keys="n">
          <Button leftSection={<Plus size={15} aria-hidden />} onClick={start}>
            {t('imports.new')}
          </Button>
        </ShortcutTooltip>
      }
    >
      <Stack gap="md">
        {running.map(({ jobId, kind, label }) => (
          <JobPanel
            key={jobId}
            jobId={jobId}
            title={kind === 'undo' ? t('imports.undoing', { file: label }) : t('imports.running', { file: label })}
          />
        ))}
        {undo.jobId !== null && <JobPanel jobId={undo.jobId} title={undo.title} />}
        {goOn.jobId !== null && <JobPanel jobId={goOn.jobId} title={goOn.title} />}
        <QueryGate query={list}>
          {({ rows }) =>
            rows.length === 0 ? (
              <EmptyState
                icon={FileInput}
                title={t('imports.none')}
                body={t('imports.noneHint')}
                action={<Button onClick={start}>{t('imports.new')}</Button>}
              />
            ) : (
              <Table.ScrollContainer minWidth={860}>
                <Table verticalSpacing={6} highlightOnHover className={classes.table}>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('imports.file')}</Table.Th>
                      <Table.Th>{t('imports.when')}</Table.Th>
                      {counts.map((name) => (
                        <Table.Th key={name} ta="right">
                          {t(`imports.${name}`)}
                        </Table.Th>
                      ))}
                      <Table.Th>
                        <VisuallyHidden>{t('common.more')}</VisuallyHidden>
                      </Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {rows.map((row) => (
                      <Table.Tr key={row.importId}>
                        <Table.Td>
                          <Group gap="xs">
                            <Text size="sm" fw={500}>
                              {row.fileName}
                            </Text>
                            {row.undone && <Badge color="yellow">{t('imports.isUndone')}</Badge>}
                            {row.cancelled && <Badge color="orange">{t('imports.isCancelled')}</Badge>}
                            {row.state === 'running' && <Badge>{t('imports.isRunning')}</Badge>}
                            {row.state === 'interrupted' && <Badge color="orange">{t('imports.isInterrupted')}</Badge>}
                          </Group>
                          <Text size="xs" c="dimmed">
                            {choiceLabel(row.kind)} · {formatName(row.format)}
                          </Text>
                        </Table.Td>
                        <Table.Td>{formatInstant(row.startedAtMs)}</Table.Td>
                        {counts.map((name) => (
                          <Table.Td key={name} ta="right" className={classes.number}>
                            {waitsInReview(row, name) ? (
                              <Anchor
                                component={Link}
                                href={`/review/${row.importId}`}
                                size="sm"
                                aria-label={t('imports.inReview', { count: row[name], file: row.fileName })}
                              >
                                {formatNumber(row[name])}
                              </Anchor>
                            ) : (
                              formatNumber(row[name])
                            )}
                          </Table.Td>
                        ))}
                        <Table.Td ta="right">
                          {row.goOn !== null && (
                            <Button
                              variant="subtle"
                              size="compact-sm"
                              leftSection={<Play size={14} aria-hidden />}
                              disabled={goOn.pending}
                              aria-label={`${t('imports.goOnWith')}: ${row.fileName}`}
                              onClick={() => void goOn.run(row)}
                            >
                              {t('imports.goOnWith')}
                            </Button>
                          )}
                          {!row.undone && row.state !== 'running' && row.created + row.updated > 0 && (
                            <Button
                              variant="subtle"
                              size="compact-sm"
                              leftSection={<Undo2 size={14} aria-hidden />}
                              disabled={undo.pending}
                              aria-label={`${t('imports.undo')}: ${row.fileName}`}
                              onClick={() => void undo.run(row.importId, row.fileName)}
                            >
                              {t('imports.undo')}
                            </Button>
                          )}
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
            )
          }
        </QueryGate>
      </Stack>
    </Page>
  );
}
