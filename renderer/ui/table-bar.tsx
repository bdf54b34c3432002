/** What stands above a record table: its views or what to do with the rows selected, its total, search and columns. */
import { CloseButton, Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import { Search, TableProperties } from 'lucide-react';
import { type ReactNode, type RefObject, useRef } from 'react';
import type { ListViewId } from '../../shared/contract/records.ts';
import { t } from '../i18n/index.ts';
import { ColumnMenu } from './column-menu.tsx';
import { formatNumber } from './format.ts';
import type { ColumnOrder } from './record-columns.tsx';
import classes from './record-table.module.css';
import { ShortcutTooltip, useShortcuts } from './shortcuts.tsx';

type Props = {
  readonly noun: string;
  readonly views: readonly ListViewId[];
  /** Null while a saved view stands in its place. */
  readonly view: ListViewId | null;
  readonly setView: (view: ListViewId) => void;
  /** Beside the built-in views. */
  readonly savedViews: ReactNode;
  readonly viewActions?: ReactNode;
  /** Stands in place of the views while rows are selected. */
  readonly bulkBar: ReactNode;
  readonly total: number | null;
  /** The total is that of a search or of filters. */
  readonly isPart: boolean;
  /** Between the search and the columns. */
  readonly filterButton: ReactNode;
  readonly withSearch: boolean;
  readonly typed: string;
  readonly setTyped: (typed: string) => void;
  readonly order: ColumnOrder;
  readonly scroller: RefObject<HTMLDivElement | null>;
};

export function TableBar(props: Props) {
  const { views, view, setView, bulkBar, total } = props;
  const found = { total: formatNumber(total ?? 0) };
  return (
    <div className={classes.bar} data-bulk={bulkBar !== null || undefined}>
      <Group gap="sm" wrap="wrap" className={classes.barStart}>
        {views.length > 1 && bulkBar === null && (
          <SegmentedControl
            size="xs"
            aria-label={t('table.viewsLabel')}
            value={view ?? ''}
            onChange={(value) => setView(value as ListViewId)}
            data={views.map((each) => ({ value: each, label: t(`table.views.${each}`) }))}
          />
        )}
        {bulkBar ?? (
          <>
            {props.savedViews}
            {props.viewActions}
          </>
        )}
      </Group>
      <Group gap="xs" wrap="nowrap">
        <Text size="sm" c="dimmed" role="status" className={classes.total}>
          {total === null ? '' : props.isPart ? t('table.found', found) : t('table.total', found)}
        </Text>
        {props.withSearch && (
          <div className={classes.search}>
            <SearchBox {...props} />
          </div>
        )}
        {props.filterButton}
        <ColumnMenu icon={TableProperties} order={props.order} />
      </Group>
    </div>
  );
}

function SearchBox({ noun, typed, setTyped, scroller }: Props) {
  const box = useRef<HTMLInputElement>(null);
  const label = t('table.search', { what: noun });
  useShortcuts([{ keys: '/', label, run: () => box.current?.focus() }]);
  return (
    <ShortcutTooltip label={label} keys="/" position="bottom">
      <TextInput
        ref={box}
        w={220}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        placeholder={label}
        aria-label={label}
        leftSection={<Search size={15} aria-hidden />}
        rightSection={
          typed === '' ? null : <CloseButton size="sm" aria-label={t('common.clear')} onClick={() => setTyped('')} />
        }
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped('');
          if (event.key === 'ArrowDown' || event.key === 'Enter') {
            event.preventDefault();
            scroller.current?.focus();
          }
        }}
      />
    </ShortcutTooltip>
  );
}
