/** The question of a dynamic segment: the tree on the left, what it answers on the right. */
import { ActionIcon, Group, Select, Text } from '@mantine/core';
import { Redo2, Undo2 } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { Section } from '../../ui/page.tsx';
import { FailureNote } from '../../ui/query-gate.tsx';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';
import { BuilderProvider, type NodeTruth } from './builder-context.tsx';
import type { BuilderStore } from './builder-store.ts';
import classes from './builder.module.css';
import { LivePanel } from './live-panel.tsx';
import { NodeView } from './node-view.tsx';
import { useLiveAnswer } from './use-live-answer.ts';
import { type Checking, WhyPanel } from './why-panel.tsx';

const timeZones = Intl.supportedValuesOf('timeZone');

type Props = {
  readonly store: BuilderStore;
  readonly segmentId: string;
  /** Under the tree. */
  readonly below: ReactNode;
};

export function QueryBuilder({ store, segmentId, below }: Props) {
  const root = useStore(store, (state) => state.root);
  const timeZone = useStore(store, (state) => state.timeZone);
  const canUndo = useStore(store, (state) => state.past.length > 0);
  const canRedo = useStore(store, (state) => state.future.length > 0);
  const { undo, redo, setTimeZone } = store.getState();
  const live = useLiveAnswer(root, timeZone, segmentId);
  const [checking, setChecking] = useState<Checking>(null);
  const verdict = useCall(
    'segments.explain',
    { query: live.query, contactId: checking?.id ?? '' },
    { enabled: checking !== null, keep: true },
  );
  const truthByPath = useMemo(
    () => new Map((verdict.data?.nodes ?? []).map(({ path, holds, found }) => [path, { holds, found }])),
    [verdict.data],
  );
  const truthOf = (key: string): NodeTruth | undefined => {
    const path = checking === null ? undefined : live.paths.get(key);
    return path === undefined ? undefined : truthByPath.get(path);
  };
  useShortcuts([
    { keys: 'mod+z', label: t('segments.undo'), run: undo, inFields: true, disabled: !canUndo },
    { keys: 'mod+shift+z', label: t('segments.redo'), run: redo, inFields: true, disabled: !canRedo },
    { keys: 'mod+y', label: t('segments.redo'), run: redo, inFields: true, disabled: !canRedo },
  ]);

  return (
    <BuilderProvider
      value={{
        store,
        segmentId,
        countOf: live.countOf,
        isCounting: live.isCounting,
        issueOf: (key) => live.now.issueByKey.get(key),
        truthOf,
      }}
    >
      <div className={classes.page}>
        <div>
          <Section
            title={t('segments.question')}
            actions={
              <Group gap={4} wrap="nowrap">
                <ShortcutTooltip label={t('segments.undo')} keys="mod+z">
                  <ActionIcon
                    variant="transparent"
                    bg="transparent"
                    color="gray"
                    aria-label={t('segments.undo')}
                    disabled={!canUndo}
                    onClick={undo}
                  >
                    <Undo2 size={17} />
                  </ActionIcon>
                </ShortcutTooltip>
                <ShortcutTooltip label={t('segments.redo')} keys="mod+shift+z">
                  <ActionIcon
                    variant="transparent"
                    bg="transparent"
                    color="gray"
                    aria-label={t('segments.redo')}
                    disabled={!canRedo}
                    onClick={redo}
                  >
                    <Redo2 size={17} />
                  </ActionIcon>
                </ShortcutTooltip>
              </Group>
            }
          >
            {live.failure === null || live.failure.callError.code === 'queryInvalid' ? null : (
              <FailureNote failure={live.failure} retry={live.retry} />
            )}
            <NodeView node={root} entity="contact" isRoot />
          </Section>
          {below}
        </div>
        <div>
          <LivePanel live={live} />
          <WhyPanel checking={checking} onCheck={setChecking} verdict={verdict.data} />
          <Select
            label={t('segments.timeZone')}
            data={timeZone !== null && !timeZones.includes(timeZone) ? [timeZone, ...timeZones] : timeZones}
            value={timeZone}
            onChange={setTimeZone}
            searchable
            limit={60}
            allowDeselect={false}
          />
          <Text size="xs" c="dimmed" mt={4}>
            {t('segments.timeZoneHint')}
          </Text>
        </div>
      </div>
    </BuilderProvider>
  );
}
