/** Tabs of a record's side: only the one in sight is asked for. */
import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';

export type SideTab = { readonly id: string; readonly label: string; readonly content: ReactNode | (() => ReactNode) };

export function SideTabs({ tabs }: { readonly tabs: readonly SideTab[] }) {
  return (
    <Tabs defaultValue={tabs[0]?.id ?? null} keepMounted={false}>
      <Tabs.List>
        {tabs.map(({ id, label }) => (
          <Tabs.Tab key={id} value={id}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ id, content }) => (
        <Tabs.Panel key={id} value={id} pt="xs">
          {typeof content === 'function' ? content() : content}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
