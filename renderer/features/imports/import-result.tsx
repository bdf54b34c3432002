/** What an import did, counted; what failed with its line; and the way back. */
import { Alert, Box, Button, Group, Stack, Table, Text } from '@mantine/core';
import { CircleCheck, TriangleAlert, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { ImportKind, ImportResult } from '../../../shared/contract/imports.ts';
import { newJobId } from '../../app/live.ts';
import { useAction, useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { confirm } from '../../ui/confirm.tsx';
import { formatNumber } from '../../ui/format.ts';
import { JobPanel } from '../../ui/job-panel.tsx';
import { Section } from '../../ui/page.tsx';
import { showDone } from '../../ui/toast.tsx';
import classes from './imports.module.css';

const counted = ['rows', 'created', 'updated', 'unchanged', 'pending', 'failed', 'skipped'] as const;

/** Asks, undoes with progress, says what was left. */
export function useImportUndo() {
  const undo = useAction('imports.undo');
  const [jobId, setJobId] = useState<string | null>(null);
  const [fileName, setFileName] = useState('');
  const run = async (importId: string, file: string): Promise<boolean> => {
    const goes = await confirm({
      title: t('imports.undoTitle', { file }),
      body: <UndoQuestion importId={importId} />,
      action: t('imports.undo'),
      danger: true,
    });
    if (!goes) return false;
    const job = newJobId();
    setJobId(job);
    setFileName(file);
    const result = await undo.run({ importId, jobId: job });
    setJobId(null);
    if (!result.ok) return false;
    const { undone, kept } = result.value;
    showDone(
      kept === 0
        ? t('imports.undone', { count: undone })
        : t('imports.undoneKept', { undone: formatNumber(undone), kept: formatNumber(kept) }),
    );
    return true;
  };
  return { run, jobId, title: t('imports.undoing', { file: fileName }), pending: undo.pending };
}

/** What was changed since is said as soon as it is counted: the question does not wait for it. */
function UndoQuestion({ importId }: { readonly importId: string }) {
  const since = useCall('imports.changedSince', { importId });
  const { made = 0, changed = 0 } = since.data ?? {};
  return (
    <Stack gap="xs">
      <Text size="sm">{t('imports.undoBody')}</Text>
      {made + changed > 0 && (
        <Alert color="yellow" variant="light" role="status" icon={<TriangleAlert size={17} aria-hidden />}>
          {made > 0 && <Text size="sm">{t('imports.undoMadeChanged', { count: made })}</Text>}
          {changed > 0 && <Text size="sm">{t('imports.undoChangedSince', { count: changed })}</Text>}
        </Alert>
      )}
    </Stack>
  );
}

type Props = {
  readonly result: ImportResult;
  readonly fileName: string;
  readonly kind: ImportKind;
  readonly onAnother: () => void;
  /** After a cancelled import: behind the last row that it saved. */
  readonly onRest: () => void;
};

export function ImportResultView({ result, fileName, kind, onAnother, onRest }: Props) {
  const [, navigate] = useLocation();
  const undo = useImportUndo();
  const area = ['registrations', 'checkins', 'members'].includes(kind) ? 'contacts' : kind;
  // failed rows wait in Review as well, to be mended
  const waiting = result.pending + result.failed;
  const wrote = result.created + result.updated > 0;
  const title = result.cancelled ? t('imports.resultCancelled') : t('imports.result');
  return (
    <Stack gap={0} maw={860}>
      <Section title={title} hint={result.cancelled ? t('imports.resultCancelledHint') : undefined}>
        <div className={classes.counts} role="status">
          {counted.map((name) => (
            <div key={name} className={classes.count}>
              <div className={classes.figure} data-bad={(name === 'failed' && result[name] > 0) || undefined}>
                {formatNumber(result[name])}
              </div>
              <div className={classes.what}>{t(`imports.${name}`)}</div>
            </div>
          ))}
        </div>
        {result.flagged > 0 && (
          <Text size="sm" c="dimmed" mt="sm">
            {t('imports.flagged', { count: result.flagged })}
          </Text>
        )}
        {result.linked > 0 && (
          <Text size="sm" c="dimmed" mt="sm">
            {t('imports.linked', { count: result.linked })}
          </Text>
        )}
        <Group mt="md" gap="xs">
          {result.cancelled && <Button onClick={onRest}>{t('imports.goOn')}</Button>}
          {waiting > 0 && (
            <Button
              component={Link}
              href={`/review/${result.importId}`}
              variant={result.cancelled ? 'default' : 'filled'}
            >
              {t('imports.decide')}
            </Button>
          )}
          <Button
            variant={waiting > 0 || result.cancelled ? 'default' : 'filled'}
            leftSection={<CircleCheck size={15} aria-hidden />}
            onClick={() => navigate(`/${area}`)}
          >
            {t('imports.show', { what: choiceLabel(area).toLowerCase() })}
          </Button>
          <Button variant="default" onClick={onAnother}>
            {t('imports.another')}
          </Button>
          {wrote && (
            <Button
              variant="default"
              leftSection={<Undo2 size={15} aria-hidden />}
              loading={undo.pending}
              onClick={() =>
                void undo.run(result.importId, fileName).then((isDone) => {
                  if (isDone) navigate('/imports');
                })
              }
            >
              {t('imports.undo')}
            </Button>
          )}
        </Group>
      </Section>
      {undo.jobId !== null && (
        <Box mb="md">
          <JobPanel jobId={undo.jobId} title={undo.title} />
        </Box>
      )}
      {result.failures.length > 0 && (
        <Section title={t('imports.failures')}>
          <div className={classes.failures} tabIndex={0} role="region" aria-label={t('imports.failures')}>
            <Table stickyHeader verticalSpacing={4}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th w={90}>{t('imports.line')}</Table.Th>
                  <Table.Th>{t('imports.reason')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {result.failures.map(({ line, reason }, index) => (
                  <Table.Tr key={index}>
                    <Table.Td>{formatNumber(line)}</Table.Td>
                    <Table.Td>{reason}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </Section>
      )}
    </Stack>
  );
}
