/** The answer while the question is being built: how many, in words, some of them, and what the block finds in vain. */
import { Anchor, Loader, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { formatNumber } from '../../ui/format.ts';
import { Section } from '../../ui/page.tsx';
import { openInView } from '../../ui/table-memory.ts';
import classes from './builder.module.css';
import type { useLiveAnswer } from './use-live-answer.ts';

const sampleSize = 8;

type Props = { readonly live: ReturnType<typeof useLiveAnswer> };

export function LivePanel({ live }: Props) {
  const { answer, isCounting, now } = live;
  const sample = useCall('segments.members', { query: live.query, limit: sampleSize }, { keep: true });
  const rows = sample.data?.rows ?? [];
  const count = answer?.count ?? null;
  return (
    <Section title={t('segments.result')}>
      <div role="status" aria-live="polite" aria-busy={isCounting}>
        <Text className={classes.big ?? ''} component="div" data-testid="segment-count">
          {count === null ? live.failure === null ? <Loader size="sm" /> : '–' : formatNumber(count)}
        </Text>
        <Text size="sm" c="dimmed">
          {count === null
            ? live.failure === null
              ? t('segments.counting')
              : t('segments.invalid')
            : t('segments.found', { count })}
          {isCounting && count !== null ? ` · ${t('segments.countDelay')}` : ''}
        </Text>
      </div>
      {now.errors > 0 ? (
        <Text size="xs" mt="xs">
          {t('segments.incompleteSome', { count: now.errors })}
        </Text>
      ) : null}
      {answer !== null && answer.leadsWithoutContact > 0 ? (
        <Text size="xs" mt="xs">
          {t('segments.leadsWithoutContact', { count: answer.leadsWithoutContact })}{' '}
          <Anchor
            component={Link}
            href="/leads"
            size="xs"
            underline="always"
            onClick={() => openInView('leads', 'unlinked')}
          >
            {t('segments.showUnlinked')}
          </Anchor>
        </Text>
      ) : null}
      {answer === null || answer.description === '' ? null : (
        <>
          <Text size="xs" fw={600} mt="md">
            {t('segments.inWords')}
          </Text>
          <Text size="sm">{answer.description}</Text>
        </>
      )}
      <Text size="xs" fw={600} mt="md" mb={4} id="segment-sample">
        {t('segments.sample')}
      </Text>
      {rows.length === 0 && sample.data !== undefined ? (
        <Text size="sm" c="dimmed">
          {t('segments.noMembers')}
        </Text>
      ) : (
        <ul className={classes.sample} aria-labelledby="segment-sample">
          {rows.map((row) => (
            <li key={row.id}>
              <Anchor component={Link} href={`/contacts/${row.id}`} size="sm">
                {row.label}
              </Anchor>
              <Text span size="xs" c="dimmed">
                {row.company === null ? '' : ` · ${row.company}`}
              </Text>
            </li>
          ))}
        </ul>
      )}
      {count !== null && count > rows.length && rows.length > 0 ? (
        <Text size="xs" c="dimmed">
          {t('segments.andMore', { count: count - rows.length })}
        </Text>
      ) : null}
    </Section>
  );
}
