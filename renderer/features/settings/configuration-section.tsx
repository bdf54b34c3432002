/** Matching strategies, scoring models and processes of the workspace, read out in words. */
import { Badge, Button, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import type { ScoringRow } from '../../../shared/rules/scoring/definition.ts';
import { useList } from '../../app/list-calls.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel, fieldLabel, spellOut } from '../../i18n/words.ts';
import { formatNumber } from '../../ui/format.ts';
import { Section } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import classes from './settings.module.css';

export function ConfigurationSection() {
  const strategies = useList('matchingStrategy', { limit: 100 });
  const models = useList('scoringModel', { limit: 100 });
  const processes = useList('process', { limit: 100 });
  return (
    <>
      <Section title={t('settings.strategies')}>
        <QueryGate query={strategies}>
          {({ rows }) => (
            <>
              {rows.map((row) => (
                <Strategy key={row.id} row={row} />
              ))}
              <Button component={Link} href="/settings/strategies" variant="default" mt="sm">
                {t('strategies.open')}
              </Button>
            </>
          )}
        </QueryGate>
      </Section>
      <Section title={t('settings.scoring')} hint={t('settings.configurationHint')}>
        <QueryGate query={models}>
          {({ rows }) => (
            <>
              {rows.map((row) => (
                <Model key={row.id} row={row} />
              ))}
            </>
          )}
        </QueryGate>
      </Section>
      <Section title={t('settings.process')}>
        <QueryGate query={processes}>
          {({ rows }) => (
            <>
              {rows.map((row) => (
                <Process key={row.id} row={row} />
              ))}
            </>
          )}
        </QueryGate>
      </Section>
    </>
  );
}

function Named(props: { readonly name: string; readonly badges: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={classes.item}>
      <Group gap="xs" mb={4}>
        <Title order={3}>{props.name}</Title>
        {props.badges}
      </Group>
      {props.children}
    </div>
  );
}

function Strategy({ row }: { readonly row: EntityRecord<'matchingStrategy'> }) {
  const { attributes, onBlankKey, onHit, onSeveralMatches } = row.definition;
  return (
    <Named
      name={row.name}
      badges={
        <>
          <Badge color="gray">{choiceLabel(row.target)}</Badge>
          {row.isDefault && <Badge color="teal">{t('settings.isDefault')}</Badge>}
        </>
      }
    >
      <Text size="sm">
        {t('settings.strategyText', {
          count: attributes.length,
          target: choiceLabel(row.target).toLowerCase(),
          attributes: attributes.map(({ attribute }) => fieldLabel(attribute).toLowerCase()).join(t('settings.and')),
        })}{' '}
        {t('settings.blankKey', { action: t(`settings.blank_${onBlankKey}`) })}{' '}
        {t('settings.severalMatches', { action: t(`settings.several_${onSeveralMatches}`) })}{' '}
        {t('settings.hit', { action: t(`settings.hit_${onHit}`) })}
      </Text>
    </Named>
  );
}

const frequencyText = (frequency: ScoringRow['conditions'][number]['frequency']): string => {
  switch (frequency) {
    case 'each':
      return t('settings.each');
    case 'atLeastOnce':
      return t('settings.atLeastOnce');
    case 'none':
      return t('settings.noneOf');
  }
};

function rowDetail(row: ScoringRow): string {
  const conditions = row.conditions.map(({ entity, frequency, lastDays }) =>
    [
      choiceLabel(entity),
      frequencyText(frequency),
      lastDays === null ? null : t('settings.lastDays', { count: lastDays }),
    ]
      .filter((each) => each !== null)
      .join(', '),
  );
  return [
    ...conditions,
    ...(row.halfLifeDays === null ? [] : [t('settings.halfLife', { days: row.halfLifeDays })]),
  ].join('; ');
}

function Model({ row }: { readonly row: EntityRecord<'scoringModel'> }) {
  const { rows, grades, salesReadyThreshold, minimumConsent } = row.definition;
  const range = ({ name, from, to }: (typeof grades)[number]) => `${name} ${from ?? ''}–${to === null ? '' : to - 1}`;
  return (
    <Named
      name={row.name}
      badges={<Badge color={row.state === 'live' ? 'teal' : 'gray'}>{choiceLabel(row.state)}</Badge>}
    >
      <Text size="sm">
        {salesReadyThreshold === null
          ? t('settings.noThreshold')
          : t('settings.threshold', { threshold: formatNumber(salesReadyThreshold) })}
        . {t('settings.needsConsent', { level: choiceLabel(minimumConsent) })}{' '}
        {grades.length > 0 && t('settings.grades', { grades: grades.map(range).join(', ') })}
      </Text>
      {rows.map((each) => (
        <Group key={each.id} justify="space-between" wrap="nowrap" gap="sm" mt={6} align="baseline">
          <div>
            <Text size="sm">{each.name === '' ? spellOut(each.id) : each.name}</Text>
            <Text size="xs" c="dimmed">
              {rowDetail(each)}
            </Text>
          </div>
          <span className={classes.points}>{t('settings.points', { count: each.points })}</span>
        </Group>
      ))}
    </Named>
  );
}

function Process({ row }: { readonly row: EntityRecord<'process'> }) {
  const { stages, rules } = row.definition;
  const stageName = (id: string) => stages.find((stage) => stage.id === id)?.name ?? id;
  return (
    <Named name={row.name} badges={row.isDefault && <Badge color="teal">{t('settings.isDefault')}</Badge>}>
      {stages.map((stage, index) => (
        <div key={stage.id} className={classes.item}>
          <Text size="sm" fw={500}>
            {index + 1}. {stage.name}
          </Text>
          <Text size="xs" c="dimmed">
            {[
              stage.fields.length === 0
                ? null
                : t('settings.stageFields', { fields: stage.fields.map(fieldLabel).join(', ') }),
              stage.raisesWorkFor === null
                ? null
                : t('settings.raisesWork', { role: choiceLabel(stage.raisesWorkFor) }),
            ]
              .filter((each) => each !== null)
              .join('. ')}
          </Text>
        </div>
      ))}
      <Text size="sm" fw={500} mt="sm">
        {t('settings.rules')}
      </Text>
      {rules.map(({ id, on, to }) => (
        <Text size="sm" key={id}>
          {t('settings.ruleText', { trigger: t(`settings.trigger_${on}`), to: stageName(to) })}
        </Text>
      ))}
    </Named>
  );
}
