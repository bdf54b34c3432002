/** The score of a lead in words: the number, its grade, how far to the threshold, and every point with its reason. */
import { Alert, Badge, Group, Progress, Stack, Table, Text } from '@mantine/core';
import { Info } from 'lucide-react';
import type { LeadDetail } from '../../../shared/contract/leads.ts';
import { t } from '../../i18n/index.ts';
import { formatInstant, formatInstantDay } from '../../ui/format.ts';
import { evidenceText } from './evidence.ts';
import classes from './leads.module.css';

type Score = LeadDetail['scores'][number];

export function ScoreSummary({ detail }: { readonly detail: LeadDetail }) {
  const { scores, notScoredBecause, lead } = detail;
  return (
    <Stack gap="sm">
      {notScoredBecause === null ? null : (
        <Alert variant="light" color="yellow" icon={<Info size={16} />} title={t('leads.notScored')} p="xs">
          {t(`leads.notScoredBecause.${notScoredBecause}`)}
        </Alert>
      )}
      {scores.map((score) => (
        <div key={score.modelId}>
          <Group gap="sm" align="baseline">
            <span className={classes.scoreNumber} data-testid="lead-score">
              {score.score}
            </span>
            <Badge size="lg" {...(score.grade === null ? { color: 'gray' } : {})}>
              {score.grade === null ? t('leads.noGrade') : t('leads.gradeIs', { grade: score.grade })}
            </Badge>
          </Group>
          <Threshold score={score} isReady={lead.salesReady} />
          <Text size="xs" c="dimmed">
            {score.modelName}
            {score.stale ? ` · ${t('leads.stale')}` : ''}
          </Text>
        </div>
      ))}
    </Stack>
  );
}

function Threshold({ score, isReady }: { score: Score; isReady: boolean }) {
  const { salesReadyThreshold: threshold } = score;
  if (threshold === null) return null;
  const isReached = score.score >= threshold;
  const text = isReached
    ? t('leads.reached', { threshold })
    : isReady
      ? t('leads.fellBelow', { threshold })
      : t('leads.toGo', { points: threshold - score.score, threshold });
  const percent = threshold <= 0 ? 100 : Math.max(0, Math.min(100, (score.score / threshold) * 100));
  return (
    <>
      <Progress value={percent} mt={6} aria-label={text} {...(isReached ? { color: 'teal' } : {})} />
      <Text size="xs" mt={4}>
        {text}
      </Text>
    </>
  );
}

export function ScoreLedger({ detail }: { readonly detail: LeadDetail }) {
  const { scores, notScoredBecause } = detail;
  if (scores.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {notScoredBecause === null ? t('leads.ledgerEmpty') : t(`leads.notScoredBecause.${notScoredBecause}`)}
      </Text>
    );
  }
  return (
    <Stack gap="lg">
      {scores.map((score) => (
        <div key={score.modelId}>
          <Text size="sm" fw={600} mb={4}>
            {t('leads.ledger')}: {score.modelName}
          </Text>
          {score.ledger.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('leads.ledgerEmpty')}
            </Text>
          ) : (
            <Table verticalSpacing={5} aria-label={t('leads.ledger')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th ta="right">{t('leads.ledgerPoints')}</Table.Th>
                  <Table.Th>{t('leads.ledgerWhy')}</Table.Th>
                  <Table.Th>{t('leads.ledgerWhen')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {score.ledger.map((entry, index) => (
                  <Table.Tr key={`${entry.rowId}-${entry.interactionId ?? index}`}>
                    <Table.Td ta="right" className={classes.points}>
                      {entry.points > 0 ? `+${entry.points}` : entry.points}
                    </Table.Td>
                    <Table.Td>
                      {entry.rowName === '' ? evidenceText(entry.evidence) : entry.rowName}
                      {entry.rowName === '' || entry.evidence === '' ? null : (
                        <Text size="xs" c="dimmed">
                          {evidenceText(entry.evidence)}
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td>
                      {formatInstantDay(entry.atMs)}
                      {entry.expiresAtMs === null ? null : (
                        <Text size="xs" c="dimmed">
                          {t('leads.expires', { when: formatInstantDay(entry.expiresAtMs) })}
                        </Text>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
              <Table.Tfoot>
                <Table.Tr>
                  <Table.Th ta="right" className={classes.points}>
                    {score.score}
                  </Table.Th>
                  <Table.Th>{t('leads.ledgerSum')}</Table.Th>
                  <Table.Th />
                </Table.Tr>
              </Table.Tfoot>
            </Table>
          )}
          {score.nextChangeAtMs === null ? null : (
            <Text size="xs" c="dimmed" mt={4}>
              {t('leads.nextChange', { when: formatInstant(score.nextChangeAtMs) })}
            </Text>
          )}
        </div>
      ))}
    </Stack>
  );
}
