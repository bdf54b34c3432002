/** What an import would do, before it does it: counted over the whole file, with the first rows of each outcome. */
import { Badge, Button, Group, Stack, Tabs, Text } from '@mantine/core';
import { ArrowLeft, FileInput } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { z } from 'zod';
import { type Rehearsal, type RehearsalOutcome, rehearsalOutcomes } from '../../../shared/contract/imports.ts';
import { type EntityName, entityNames } from '../../../shared/model/entities.ts';
import { flaggedValueSchema } from '../../../shared/model/parts.ts';
import { t } from '../../i18n/index.ts';
import { fieldLabel, kindCount, reasonLabel } from '../../i18n/words.ts';
import { fieldOf } from '../../ui/field-input.tsx';
import { FieldValue } from '../../ui/field-value.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Section } from '../../ui/page.tsx';
import classes from './imports.module.css';

type Props = {
  readonly rehearsal: Rehearsal;
  readonly onBack: () => void;
  readonly onStart: () => void;
};

type Sample = Rehearsal['samples'][number];

const colours: Readonly<Record<RehearsalOutcome, string>> = {
  created: 'green',
  updated: 'blue',
  unchanged: 'gray',
  severalMatches: 'yellow',
  blankKey: 'yellow',
  leftList: 'yellow',
  invalid: 'red',
  skipped: 'gray',
};

const isEntity = (name: string | null): name is EntityName =>
  name !== null && entityNames.some((each) => each === name);

export function ImportRehearsal({ rehearsal, onBack, onStart }: Props) {
  const { counts, samples, rows, cancelled } = rehearsal;
  const shown = rehearsalOutcomes.filter((outcome) => counts[outcome] > 0);
  // leaving a list is a matter of lists only
  const counted = rehearsalOutcomes.filter((outcome) => outcome !== 'leftList' || rehearsal.kind === 'members');
  const [tab, setTab] = useState<RehearsalOutcome | null>(null);
  const current = tab ?? shown.find((outcome) => outcome === 'updated') ?? shown[0] ?? null;
  const ofCurrent = samples.filter(({ outcome }) => outcome === current);
  const makes = Object.entries(rehearsal.alsoCreated);
  // where only the rows themselves become records, the counts say it
  const isMore = makes.some(([, count]) => count !== counts.created) || makes.length > 1;
  return (
    <Stack gap={0}>
      <Section
        title={cancelled ? t('imports.rehearsalCancelled') : t('imports.rehearsal')}
        hint={t('imports.rehearsalHint', { count: rows })}
      >
        <div className={classes.counts} role="status">
          {counted.map((outcome) => (
            <div key={outcome} className={classes.count}>
              <div className={classes.figure} data-bad={(outcome === 'invalid' && counts.invalid > 0) || undefined}>
                {formatNumber(counts[outcome])}
              </div>
              <div className={classes.what}>{t(`imports.would.${outcome}`)}</div>
            </div>
          ))}
        </div>
        {(counts.flagged > 0 || isMore || rehearsal.linked > 0) && (
          <Text size="sm" c="dimmed" mt="sm">
            {[
              !isMore
                ? null
                : t('imports.rehearsalMakes', {
                    what: makes.map(([entity, count]) => kindCount(entity, count)).join(', '),
                  }),
              rehearsal.linked === 0 ? null : t('imports.rehearsalLinked', { count: rehearsal.linked }),
              counts.flagged === 0 ? null : t('imports.rehearsalFlagged', { count: counts.flagged }),
            ]
              .filter((each) => each !== null)
              .join(' ')}
          </Text>
        )}
      </Section>
      {current !== null && (
        <Section title={t('imports.rehearsalRows')}>
          <Tabs value={current} onChange={(next) => setTab(rehearsalOutcomes.find((each) => each === next) ?? null)}>
            <Tabs.List>
              {shown.map((outcome) => (
                <Tabs.Tab key={outcome} value={outcome}>
                  {t(`imports.would.${outcome}`)}{' '}
                  <Badge color={colours[outcome]}>{formatNumber(counts[outcome])}</Badge>
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value={current} pt="sm">
              {ofCurrent.length < counts[current] && (
                <Text size="xs" c="dimmed" mb={6}>
                  {t('imports.rehearsalFirst', { count: ofCurrent.length })}
                </Text>
              )}
              <ol className={classes.sampleList}>
                {ofCurrent.map((sample, index) => (
                  <SampleItem key={index} sample={sample} />
                ))}
              </ol>
            </Tabs.Panel>
          </Tabs>
        </Section>
      )}
      <Group justify="space-between" className={classes.footer}>
        <Button variant="default" leftSection={<ArrowLeft size={15} aria-hidden />} onClick={onBack}>
          {t('imports.rehearsalBack')}
        </Button>
        <Button leftSection={<FileInput size={15} aria-hidden />} onClick={onStart} onKeyDown={withoutRepeat} autoFocus>
          {cancelled ? t('imports.start') : t('imports.startRows', { count: rows })}
        </Button>
      </Group>
    </Stack>
  );
}

/** Enter that is still held from asking for the rehearsal starts nothing. */
const withoutRepeat = (event: KeyboardEvent): void => {
  if (event.repeat) event.preventDefault();
};

/** Of what somebody did, who did it. */
const nameOf = ({ label, values, entity }: Sample): string => {
  const isNamed = entity === 'contact' || entity === 'lead' || entity === 'account';
  if (isNamed && label !== null && label !== '') return label;
  const { givenName = '', familyName = '', fullName = '', company = '', accountName = '', email = '' } = values;
  const name = fullName || `${givenName} ${familyName}`.trim() || accountName || company || email;
  return name === '' ? t('imports.nameless') : name;
};

function SampleItem({ sample }: { readonly sample: Sample }) {
  const { line, outcome, entity, changes, candidates, message, values } = sample;
  const kindOf = (field: string) =>
    field === 'stage' ? ({ kind: 'choice' } as const) : isEntity(entity) ? fieldOf(entity, field) : undefined;
  const asItCame = changes.length === 0 && outcome !== 'unchanged' ? Object.entries(values) : [];
  return (
    <li className={classes.sampleItem}>
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <Text size="sm" fw={600} truncate dir="auto">
          {nameOf(sample)}
        </Text>
        <Text size="xs" c="dimmed" flex="none">
          {t('imports.sampleLine', { line: formatNumber(line) })}
        </Text>
      </Group>
      {message !== null && <Text size="xs">{message}</Text>}
      {candidates.length > 0 && (
        <Text size="xs" c="dimmed">
          {t('imports.couldBe', {
            who: candidates
              .slice(0, 5)
              .map(({ label, why }) => (why === '' ? label : `${label} (${why})`))
              .join('; '),
          })}
        </Text>
      )}
      <dl className={classes.sampleFields}>
        {changes.map(({ field, name, before, after, beforeLabel, afterLabel }) =>
          field === 'flaggedValues' ? (
            <Flagged key={field} before={before} after={after} />
          ) : (
            <div key={field}>
              <dt>{name ?? fieldLabel(field)}</dt>
              <dd>
                {outcome !== 'created' && (
                  <>
                    <del>
                      <FieldValue field={kindOf(field)} value={beforeLabel ?? before} refLabel={beforeLabel} />
                    </del>
                    {' → '}
                  </>
                )}
                <FieldValue field={kindOf(field)} value={afterLabel ?? after} refLabel={afterLabel} />
              </dd>
            </div>
          ),
        )}
        {asItCame.map(([field, value]) => (
          <div key={field}>
            <dt>{fieldLabel(field)}</dt>
            <dd>{value.slice(0, 300)}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

const flagsSchema = z.array(flaggedValueSchema);

/** Values that could not be read, each with the field that it was meant for and why: those that are not kept yet. */
function Flagged({ before, after }: { readonly before: unknown; readonly after: unknown }) {
  const known = new Set((flagsSchema.safeParse(before).data ?? []).map(({ field, value }) => `${field}|${value}`));
  const added = (flagsSchema.safeParse(after).data ?? []).filter(({ field, value }) => !known.has(`${field}|${value}`));
  return (
    <>
      {added.map(({ field, value, reason }) => (
        <div key={`${field}|${value}`}>
          <dt>{fieldLabel(field)}</dt>
          <dd>{t('imports.keptAside', { value: value.slice(0, 300), reason: reasonLabel(reason) })}</dd>
        </div>
      ))}
    </>
  );
}
