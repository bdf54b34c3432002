/**
 * Tabs of a record's side: only the one in sight is asked for. As many as there is room for stand in one row, the rest
 * under More; a tab says how much it holds where that is known.
 */
import { Badge, Button, Group, Menu, Tabs } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { create } from 'zustand';
import { mostCounted } from '../../shared/contract/around.ts';
import { t } from '../i18n/index.ts';
import { formatNumber } from './format.ts';
import classes from './side-tabs.module.css';
import { fittingTabs } from './tabs-fit.ts';

export type SideTab = {
  readonly id: string;
  readonly label: string;
  /** Shown beside the label, when there is any. */
  readonly count?: number | undefined;
  readonly content: ReactNode | (() => ReactNode);
};

/** The tab that the next record page opens with: a note that was found is on its page's tab of notes. */
const useWanted = create<{ readonly tab: string | null }>(() => ({ tab: null }));
export const openWithTab = (tab: string | null): void => useWanted.setState({ tab });

export function SideTabs({ tabs }: { readonly tabs: readonly SideTab[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const wanted = useWanted(({ tab }) => tab);
  const { ref, width } = useElementSize();
  const isHere = (id: string | null) => tabs.some((tab) => tab.id === id);
  const isWantedHere = wanted !== null && isHere(wanted);
  useEffect(() => {
    if (!isWantedHere) return;
    setChosen(wanted);
    openWithTab(null);
  }, [isWantedHere, wanted]);
  const value = isHere(chosen) ? chosen : (tabs[0]?.id ?? null);
  const { shown, folded } = fittingTabs(tabs, width, value);
  return (
    <Tabs value={value} onChange={setChosen} keepMounted={false}>
      <div ref={ref} className={classes.row}>
        <Tabs.List className={classes.list}>
          {shown.map(({ id, label, count }) => (
            <Tabs.Tab key={id} value={id} px="xs" rightSection={<Count count={count} />}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {folded.length > 0 && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button
                variant="subtle"
                color="gray"
                size="compact-sm"
                flex="none"
                aria-label={t('notes.moreTabsLabel')}
                rightSection={<ChevronDown size={14} aria-hidden />}
              >
                {t('notes.moreTabs')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {folded.map(({ id, label, count }) => (
                <Menu.Item key={id} onClick={() => setChosen(id)} rightSection={<Count count={count} />}>
                  {label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {tabs.map(({ id, content }) => (
        <Tabs.Panel key={id} value={id} pt="xs">
          {typeof content === 'function' ? content() : content}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function Count({ count }: { readonly count: number | undefined }) {
  if (count === undefined || count === 0) return null;
  return (
    <Badge size="sm" color="gray" variant="light">
      {count >= mostCounted ? `${formatNumber(mostCounted - 1)}+` : formatNumber(count)}
    </Badge>
  );
}

/** The label of a part inside a tab that holds several. */
export function TabPart({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Group mt="sm" mb={2}>
        <h3 className={classes.part}>{title}</h3>
      </Group>
      {children}
    </section>
  );
}
