/** Which columns a table shows, and in which order (a column chosen goes to the end). */
import { ActionIcon, Button, Checkbox, Divider, Popover, ScrollArea, Stack } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import { t } from '../i18n/index.ts';
import type { ColumnOrder } from './record-columns.tsx';

export function ColumnMenu({ icon: Icon, order }: { readonly icon: LucideIcon; readonly order: ColumnOrder }) {
  const { all, shown, setShown, reset } = order;
  return (
    <Popover position="bottom-end" shadow="md" withinPortal trapFocus>
      <Popover.Target>
        <ActionIcon variant="default" size={32} aria-label={t('table.columns')} title={t('table.columns')}>
          <Icon size={16} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <ScrollArea.Autosize mah={360} type="auto">
          <Stack gap={6} pr="sm">
            {all.map(({ id, name }) => (
              <Checkbox
                key={id}
                size="xs"
                label={name}
                checked={shown.includes(id)}
                disabled={shown.length === 1 && shown.includes(id)}
                onChange={(event) =>
                  setShown(event.currentTarget.checked ? [...shown, id] : shown.filter((each) => each !== id))
                }
              />
            ))}
          </Stack>
        </ScrollArea.Autosize>
        <Divider my={8} />
        <Button variant="subtle" size="compact-sm" onClick={reset}>
          {t('table.resetColumns')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
