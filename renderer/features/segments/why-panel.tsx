/** Why one contact is in or not: the verdict here, and marks on every node of the tree. */
import { Button, Group, Text } from '@mantine/core';
import { CircleCheck, CircleX } from 'lucide-react';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { t } from '../../i18n/index.ts';
import { RecordPicker } from '../../ui/record-picker.tsx';
import { Section } from '../../ui/page.tsx';
import classes from './builder.module.css';

export type Checking = { readonly id: string; readonly label: string } | null;

type Props = {
  readonly checking: Checking;
  readonly onCheck: (checking: Checking) => void;
  readonly verdict: OutputOf<'segments.explain'> | undefined;
};

export function WhyPanel({ checking, onCheck, verdict }: Props) {
  return (
    <Section title={t('segments.whyTitle')}>
      <RecordPicker
        entity="contact"
        label={t('segments.whyContact')}
        placeholder={t('segments.whyPlaceholder')}
        value={checking?.id ?? null}
        valueLabel={checking?.label}
        detail={({ company, email }) => [company, email].filter(Boolean).join(' · ')}
        onChange={(id, row) => onCheck(id === null || row === null ? null : { id, label: row.label })}
      />
      {checking === null || verdict === undefined ? null : (
        <div role="status">
          <Group gap="xs" mt="sm" mb="xs" wrap="nowrap">
            {verdict.isMember ? (
              <CircleCheck size={18} color="var(--mantine-color-teal-filled)" aria-hidden />
            ) : (
              <CircleX size={18} color="var(--mantine-color-red-filled)" aria-hidden />
            )}
            <Text size="sm" fw={600}>
              {verdict.isMember
                ? t('segments.whyIn', { name: checking.label })
                : t('segments.whyOut', { name: checking.label })}
            </Text>
          </Group>
          <ul className={classes.why}>
            {verdict.nodes
              .filter(({ path }) => path !== '')
              .map((node) => (
                <li
                  key={node.path}
                  style={{ paddingInlineStart: `${(node.path.split('.').length - 1) * 12}px` }}
                  data-holds={node.holds}
                >
                  {node.holds ? (
                    <CircleCheck
                      size={14}
                      color="var(--mantine-color-teal-filled)"
                      role="img"
                      aria-label={t('segments.whyHolds')}
                    />
                  ) : (
                    <CircleX
                      size={14}
                      color="var(--mantine-color-red-filled)"
                      role="img"
                      aria-label={t('segments.whyFails')}
                    />
                  )}
                  <div>
                    <Text size="sm">{node.text}</Text>
                    <Text size="xs" c="dimmed">
                      {node.found === null || node.found === ''
                        ? t('segments.whyNothing')
                        : t('segments.whyFound', { found: node.found })}
                    </Text>
                  </div>
                </li>
              ))}
          </ul>
          <Button variant="subtle" size="compact-sm" onClick={() => onCheck(null)}>
            {t('segments.whyClear')}
          </Button>
        </div>
      )}
    </Section>
  );
}
