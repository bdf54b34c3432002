/**
 * The table of a kind of record: views, search, columns, sorting, selection, and rows of a list of any length with a
 * truthful scrollbar and total. Everything can be done by keyboard: ↑ ↓ PgUp PgDn Home End, Enter opens, Space selects.
 */
import { Button, Checkbox, CloseButton, Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { ArrowDown, ArrowUp, type LucideIcon, Search, TableProperties } from 'lucide-react';
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { ListInput, ListViewId } from '../../shared/contract/records.ts';
import type { EntityName, EntityRecord } from '../../shared/model/entities.ts';
import { t } from '../i18n/index.ts';
import { ColumnMenu } from './column-menu.tsx';
import { formatNumber } from './format.ts';
import { FailureNote } from './query-gate.tsx';
import { type ColumnSpec, useRecordColumns } from './record-columns.tsx';
import { nameCut } from './name-cut.ts';
import classes from './record-table.module.css';
import { ShortcutTooltip, useShortcuts } from './shortcuts.tsx';
import { TableEmpty } from './table-empty.tsx';
import { rememberTable, tableMemory } from './table-memory.ts';
import { useTallList } from './tall-scroll.ts';
import { useRecordWindow } from './use-record-window.ts';

export type { ColumnSpec } from './record-columns.tsx';

const rowPx = 32;
const headPx = 34;

export type RecordTableProps<E extends EntityName> = {
  readonly entity: E;
  /** Names the table for its column choice; one per place it is used. */
  readonly storageKey: string;
  /** What it lists, plural: 'contacts'. */
  readonly noun: string;
  /** Columns of its own, or other cells for fields. Fields of the record need none. */
  readonly columns?: readonly ColumnSpec<E>[];
  /** Shown until the person chooses: field names or ids of `columns`. */
  readonly defaultColumns: readonly string[];
  readonly views?: readonly ListViewId[];
  readonly initialView?: ListViewId;
  readonly initialSort?: NonNullable<ListInput['sort']>;
  readonly filters?: NonNullable<ListInput['filters']>;
  readonly onOpen: (row: EntityRecord<E>) => void;
  /** Buttons for the rows selected; without it rows cannot be selected. */
  readonly selectionActions?: (ids: readonly string[], view: ListViewId, clear: () => void) => ReactNode;
  /** Buttons that belong to a view ('link all unlinked leads'). */
  readonly viewActions?: (view: ListViewId, total: number | null) => ReactNode;
  readonly empty?: { icon: LucideIcon; title: string; body: string; action?: ReactNode };
  readonly withSearch?: boolean;
};

/** Drags the edge of a header cell. */
function startResize(event: PointerEvent<HTMLElement>, resize: (width: number) => void): void {
  const grip = event.currentTarget;
  const startWidth = grip.parentElement?.getBoundingClientRect().width ?? 150;
  const startX = event.clientX;
  grip.setPointerCapture(event.pointerId);
  grip.onpointermove = (move) => resize(startWidth + move.clientX - startX);
  grip.onpointerup = () => {
    grip.onpointermove = null;
  };
}

export function RecordTable<E extends EntityName>(props: RecordTableProps<E>) {
  const { entity, views = [], selectionActions, noun, withSearch = true } = props;
  const firstView = views[0] ?? 'all';
  const [before] = useState(() => tableMemory(props.storageKey));
  const [view, setView] = useState<ListViewId>(before.view ?? props.initialView ?? firstView);
  const [typed, setTyped] = useState(before.search ?? '');
  const [search] = useDebouncedValue(typed.trim(), 120);
  const [sort, setSort] = useState(before.sort ?? props.initialSort);
  const [active, setActive] = useState(before.active ?? 0);
  const [selected, setSelected] = useState<ReadonlyMap<string, string>>(new Map());
  const scroller = useRef<HTMLDivElement>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const anchor = useRef(0);
  const gridId = useId();

  const { table, order, metaOf, trackOf, leastOf, resize } = useRecordColumns(
    entity,
    props.storageKey,
    props.columns ?? [],
    props.defaultColumns,
  );

  const input = useMemo(
    () => ({
      ...(sort === undefined ? {} : { sort }),
      ...(search === '' ? {} : { search }),
      ...(views.length === 0 && view === 'all' ? {} : { view }),
      ...(props.filters === undefined || props.filters.length === 0 ? {} : { filters: [...props.filters] }),
    }),
    [sort, search, view, views.length, props.filters],
  );
  const [known, setKnown] = useState(0);
  const list = useTallList(scroller, known, rowPx, headPx);
  const rows = useRecordWindow(entity, input, list.items[0]?.index ?? 0, list.items.at(-1)?.index ?? 40);
  const total = rows.total;
  useEffect(() => setKnown(total ?? 0), [total]);

  // another question starts at its top
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    scroller.current?.scrollTo({ top: 0 });
    setActive(0);
    setSelected(new Map());
  }, [input]);
  // the same table again stands where it was left
  const isRestored = useRef(false);
  useEffect(() => {
    if (isRestored.current || known === 0) return;
    isRestored.current = true;
    if (before.scrollTop !== undefined) scroller.current?.scrollTo({ top: before.scrollTop });
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  }, [known, before]);
  useEffect(() => {
    rememberTable(props.storageKey, { view, search: typed, active, ...(sort === undefined ? {} : { sort }) });
  }, [props.storageKey, view, typed, active, sort]);

  useShortcuts([{ keys: '/', label: t('table.search', { what: noun }), run: () => searchBox.current?.focus() }]);

  const go = (index: number) => {
    const next = Math.max(0, Math.min((total ?? 1) - 1, index));
    setActive(next);
    list.reveal(next);
  };
  const toggle = (index: number, through = false) => {
    const isOn = !selected.has(rows.rowAt(index)?.id ?? '');
    const next = new Map(selected);
    const [low, high] = through ? [Math.min(anchor.current, index), Math.max(anchor.current, index)] : [index, index];
    for (let at = low; at <= high; at += 1) {
      const row = rows.rowAt(at);
      if (row === undefined) continue;
      if (isOn || through) next.set(row.id, row.label);
      else next.delete(row.id);
    }
    anchor.current = index;
    setSelected(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(active + 1),
      ArrowUp: () => go(active - 1),
      PageDown: () => go(active + list.rowsPerView()),
      PageUp: () => go(active - list.rowsPerView()),
      Home: () => go(0),
      End: () => go((total ?? 1) - 1),
      Enter: () => {
        const row = rows.rowAt(active);
        if (row !== undefined) props.onOpen(row);
      },
      ...(selectionActions ? { ' ': () => toggle(active, event.shiftKey) } : {}),
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    step();
  };

  const sortBy = (field: string) =>
    setSort(
      sort?.field === field && sort.direction === 'asc' ? { field, direction: 'desc' } : { field, direction: 'asc' },
    );
  const columns = table.getVisibleLeafColumns();
  const pickWidth = selectionActions ? '38px ' : '';
  const template = `${pickWidth}${columns.map(({ id }) => trackOf(id)).join(' ')}`;
  const minWidth = columns.reduce((sum, { id }) => sum + leastOf(id), selectionActions ? 62 : 24);
  const ids = [...selected.keys()];

  return (
    <div className={classes.root}>
      <div className={classes.bar}>
        <Group gap="sm" wrap="wrap" className={classes.barStart}>
          {views.length > 1 && selected.size === 0 && (
            <SegmentedControl
              size="xs"
              aria-label={t('table.viewsLabel')}
              value={view}
              onChange={(value) => setView(value as ListViewId)}
              data={views.map((each) => ({ value: each, label: t(`table.views.${each}`) }))}
            />
          )}
          {ids.length > 0 && selectionActions ? (
            <Group gap="xs" role="group" aria-label={t('table.selected', { count: ids.length })}>
              <Text size="sm" fw={600}>
                {t('table.selected', { count: ids.length })}
              </Text>
              {selectionActions(ids, view, () => setSelected(new Map()))}
              <Button variant="subtle" onClick={() => setSelected(new Map())}>
                {t('table.clearSelection')}
              </Button>
            </Group>
          ) : (
            props.viewActions?.(view, total)
          )}
        </Group>
        <Group gap="xs" wrap="nowrap">
          <Text size="sm" c="dimmed" role="status" className={classes.total}>
            {total === null ? '' : t('table.total', { total: formatNumber(total) })}
          </Text>
          {withSearch && (
            <ShortcutTooltip label={t('table.search', { what: noun })} keys="/" position="bottom">
              <TextInput
                ref={searchBox}
                w={220}
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
                placeholder={t('table.search', { what: noun })}
                aria-label={t('table.search', { what: noun })}
                leftSection={<Search size={15} aria-hidden />}
                rightSection={
                  typed === '' ? null : (
                    <CloseButton size="sm" aria-label={t('common.clear')} onClick={() => setTyped('')} />
                  )
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
          )}
          <ColumnMenu icon={TableProperties} order={order} />
        </Group>
      </div>
      {rows.failure !== null && total === null ? (
        <FailureNote failure={rows.failure} retry={rows.retry} />
      ) : total === 0 ? (
        <TableEmpty
          isSearching={search !== ''}
          isBin={view === 'bin'}
          first={view === firstView ? props.empty : undefined}
          onClear={() => setTyped('')}
          onAll={view !== 'all' && views.includes('all') ? () => setView('all') : undefined}
        />
      ) : (
        <div
          ref={scroller}
          className={classes.scroller}
          role="grid"
          tabIndex={0}
          aria-label={noun}
          aria-rowcount={(total ?? 0) + 1}
          aria-colcount={columns.length + (selectionActions ? 1 : 0)}
          aria-activedescendant={total === null ? undefined : `${gridId}-${active}`}
          aria-multiselectable={selectionActions !== undefined}
          aria-busy={total === null || rows.isStale}
          onKeyDown={onKeyDown}
          onPointerOver={nameCut}
          onScroll={(event) => rememberTable(props.storageKey, { scrollTop: event.currentTarget.scrollTop })}
          data-stale={rows.isStale || undefined}
        >
          <div
            className={classes.head}
            role="row"
            aria-rowindex={1}
            style={{ gridTemplateColumns: template, minWidth }}
          >
            {selectionActions && (
              <div role="columnheader" aria-label={t('table.selectAll')} className={classes.pick}>
                <Checkbox
                  size="xs"
                  tabIndex={-1}
                  aria-label={t('table.selectAll')}
                  checked={ids.length > 0}
                  indeterminate={ids.length > 0}
                  onChange={() => {
                    if (ids.length > 0) return setSelected(new Map());
                    const next = new Map<string, string>();
                    for (let at = 0; at < Math.min(total ?? 0, 1000); at += 1) {
                      const row = rows.rowAt(at);
                      if (row) next.set(row.id, row.label);
                    }
                    setSelected(next);
                  }}
                />
              </div>
            )}
            {table.getFlatHeaders().map((header) => {
              const { id, columnDef } = header.column;
              const name = String(columnDef.header);
              const isSorted = sort?.field === id;
              return (
                <div
                  key={id}
                  role="columnheader"
                  className={classes.headCell}
                  aria-sort={isSorted ? (sort.direction === 'asc' ? 'ascending' : 'descending') : undefined}
                >
                  {metaOf(id)?.sortable ? (
                    <button
                      type="button"
                      tabIndex={-1}
                      className={classes.sort}
                      title={t('table.sortBy', { column: name })}
                      onClick={() => sortBy(id)}
                    >
                      <span className={classes.cut}>{name}</span>
                      {isSorted &&
                        (sort.direction === 'asc' ? (
                          <ArrowUp size={13} aria-hidden />
                        ) : (
                          <ArrowDown size={13} aria-hidden />
                        ))}
                    </button>
                  ) : (
                    <span className={classes.cut}>{name}</span>
                  )}
                  <div
                    className={classes.grip}
                    aria-hidden
                    onPointerDown={(event) => startResize(event, (width) => resize(id, width))}
                  />
                </div>
              );
            })}
          </div>
          <div className={classes.track} style={{ height: list.trackPx, minWidth }} role="rowgroup">
            {list.items.map(({ index }) => {
              const row = rows.rowAt(index);
              const isSelected = row !== undefined && selected.has(row.id);
              return (
                <div
                  key={index}
                  id={`${gridId}-${index}`}
                  role="row"
                  aria-rowindex={index + 2}
                  aria-selected={selectionActions ? isSelected : index === active}
                  className={classes.row}
                  data-active={index === active || undefined}
                  data-selected={isSelected || undefined}
                  style={{ gridTemplateColumns: template, transform: `translateY(${list.topOf(index)}px)` }}
                  onClick={(event) => {
                    setActive(index);
                    if (row === undefined) return;
                    if (selectionActions && (event.ctrlKey || event.metaKey)) toggle(index);
                    else if (selectionActions && event.shiftKey) toggle(index, true);
                    else props.onOpen(row);
                  }}
                >
                  {selectionActions && (
                    <div role="gridcell" className={classes.pick} onClick={(event) => event.stopPropagation()}>
                      {row && (
                        <Checkbox
                          size="xs"
                          tabIndex={-1}
                          aria-label={t('table.selectRow', { name: row.label })}
                          checked={isSelected}
                          onChange={() => toggle(index)}
                        />
                      )}
                    </div>
                  )}
                  {columns.map((column) => (
                    <div
                      key={column.id}
                      role="gridcell"
                      dir="auto"
                      className={classes.cell}
                      data-align={metaOf(column.id)?.align}
                      data-strong={column.id === 'label' || undefined}
                    >
                      {row === undefined ? (
                        <span className={classes.blank} aria-hidden />
                      ) : (
                        metaOf(column.id)?.render(row)
                      )}
                    </div>
                  ))}
                </div>
              );
            })}
          </div>
        </div>
      )}
    </div>
  );
}
