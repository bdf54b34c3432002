/**
 * The table of a kind of record: views, search, filters, columns, sorting, selection, and rows of a list of any length
 * with a truthful scrollbar and total. Everything can be done by keyboard: ↑ ↓ PgUp PgDn Home End, Enter opens, Space
 * selects, Ctrl+A selects the whole list, Esc nothing, F adds a filter.
 */
import { useDebouncedValue } from '@mantine/hooks';
import type { LucideIcon } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { ListInput, ListViewId } from '../../shared/contract/records.ts';
import type { EntityName, EntityRecord } from '../../shared/model/entities.ts';
import type { RowNode } from '../../shared/rules/segment/schema.ts';
import { goneAtMs, isLeaving } from '../../shared/rules/bin.ts';
import { useFields } from '../app/workspace-fields.ts';
import { t } from '../i18n/index.ts';
import { BulkBar } from './bulk-bar.tsx';
import { FilterButton, FilterChips } from './filter-chips.tsx';
import { formatInstantDay } from './format.ts';
import { GoneFields } from './gone-fields.tsx';
import { holding } from './list-setup.ts';
import { joinQuick, type QuickFilter, splitQuick } from './quick-filter.ts';
import { type ColumnSpec, useRecordColumns } from './record-columns.tsx';
import { type GridRows, RecordGrid } from './record-grid.tsx';
import classes from './record-table.module.css';
import { rowIssue } from './row-issue.ts';
import { SavedViews } from './saved-views.tsx';
import { bulkOf } from './selection.ts';
import { useShortcuts } from './shortcuts.tsx';
import { TableBar } from './table-bar.tsx';
import { TableEmpty } from './table-empty.tsx';
import { TableHead } from './table-head.tsx';
import { rememberTable } from './table-memory.ts';
import { useListSetup } from './use-list-setup.ts';
import { useSelection } from './use-selection.ts';

export type { ColumnSpec } from './record-columns.tsx';

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
  /** Always hold, beside those that a person sets. */
  readonly filters?: NonNullable<ListInput['filters']>;
  /** Beside the views. */
  readonly quick?: QuickFilter;
  readonly onOpen: (row: EntityRecord<E>) => void;
  /** Buttons for rows selected one by one, beside what every list can do with its rows. */
  readonly selectionActions?: (ids: readonly string[], view: ListViewId, clear: () => void) => ReactNode;
  /** Buttons that belong to a view ('link all unlinked leads'). */
  readonly viewActions?: (view: ListViewId, total: number | null) => ReactNode;
  readonly empty?: { icon: LucideIcon; title: string; body: string; action?: ReactNode };
  readonly withSearch?: boolean;
  readonly withSelection?: boolean;
};

const goneOnId = 'goneOn';
/** In the bin: until when it can be put back. */
const goneOn = <E extends EntityName>(): ColumnSpec<E> => ({
  id: goneOnId,
  header: t('bin.goneOn'),
  width: 130,
  render: ({ deletedAtMs }) => (deletedAtMs === null ? null : formatInstantDay(goneAtMs(deletedAtMs))),
});

export function RecordTable<E extends EntityName>(props: RecordTableProps<E>) {
  const { entity, views = [], selectionActions, noun, withSearch = true, withSelection = true } = props;
  const firstView = views[0] ?? 'all';
  const { quick } = props;
  const setup = useListSetup(
    props.storageKey,
    views,
    props.initialView ?? firstView,
    props.initialSort,
    quick?.initial ? [quick.initial] : [],
  );
  const { before, view, typed, filters, sort, savedViewId, setView, setTyped, setFilters, setSort } = setup;
  const { row: quickRow, others } = splitQuick(filters, quick);
  const setQuick = (row: RowNode | null) => setFilters(joinQuick(row, others));
  const setOthers = (rows: readonly RowNode[]) => setFilters(joinQuick(quickRow, rows));
  const [search] = useDebouncedValue(typed.trim(), 120);
  const [active, setActive] = useState(before.active ?? 0);
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();

  const isBin = view === 'bin' && isLeaving(entity);
  const columns = useRecordColumns(
    entity,
    props.storageKey,
    useMemo(() => [...(props.columns ?? []), ...(isBin ? [goneOn<E>()] : [])], [props.columns, isBin]),
    props.defaultColumns,
    { shown: setup.columns, setShown: setup.setColumns },
    isBin ? goneOnId : null,
  );

  const fields = useFields(entity);
  const { gone, ...asked } = useMemo(
    () =>
      holding(
        { filters, sort: sort ?? null, columns: savedViewId === null ? [] : (setup.columns ?? []) },
        fields,
        (row) => rowIssue(row, entity) === null,
      ),
    [filters, sort, savedViewId, setup.columns, fields, entity],
  );
  const takeOutGone = () => {
    setFilters(asked.filters);
    setSort(asked.sort ?? undefined);
    if (setup.columns !== null) setup.setColumns(setup.columns.filter((id) => !gone.includes(id)));
  };
  const input = useMemo(
    () => ({
      ...(asked.sort === null ? {} : { sort: asked.sort }),
      ...(search === '' ? {} : { search }),
      ...(views.length === 0 && view === 'all' ? {} : { view }),
      ...((props.filters?.length ?? 0) + asked.filters.length === 0
        ? {}
        : { filters: [...(props.filters ?? []), ...asked.filters] }),
    }),
    [asked.sort, search, view, views.length, props.filters, asked.filters],
  );
  const [total, setTotal] = useState<number | null>(null);
  const rows = useRef<GridRows<E>>(null);
  const selection = useSelection((index) => rows.current?.rowAt(index), total);

  // another question starts at its top
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    scroller.current?.scrollTo({ top: 0 });
    setActive(0);
    selection.clear();
    // only another question does
    // oxlint-disable-next-line react/exhaustive-deps
  }, [input]);
  useEffect(() => {
    rememberTable(props.storageKey, {
      view,
      search: typed,
      filters: [...filters],
      active,
      savedViewId,
      columns: setup.columns,
      ...(sort === undefined ? {} : { sort }),
    });
  }, [props.storageKey, view, typed, filters, active, sort, savedViewId, setup.columns]);

  useShortcuts([
    {
      keys: 'mod+a',
      label: t('table.selectWhole', { what: noun }),
      run: selection.selectAll,
      disabled: !withSelection || total === null || total === 0,
    },
  ]);
  const go = (index: number) => {
    const next = Math.max(0, Math.min((total ?? 1) - 1, index));
    setActive(next);
    rows.current?.reveal(next);
  };
  const pageOfRows = () => rows.current?.rowsPerView() ?? 1;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(active + 1),
      ArrowUp: () => go(active - 1),
      PageDown: () => go(active + pageOfRows()),
      PageUp: () => go(active - pageOfRows()),
      Home: () => go(0),
      End: () => go((total ?? 1) - 1),
      Enter: () => {
        const row = rows.current?.rowAt(active);
        if (row !== undefined) props.onOpen(row);
      },
      ...(withSelection ? { ' ': () => selection.toggle(active, event.shiftKey) } : {}),
      ...(selection.count > 0 ? { Escape: selection.clear } : {}),
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
  const shown = columns.table.getVisibleLeafColumns();
  const pickWidth = withSelection ? '38px ' : '';
  const template = `${pickWidth}${shown.map(({ id }) => columns.trackOf(id)).join(' ')}`;
  const minWidth = shown.reduce((sum, { id }) => sum + columns.leastOf(id), withSelection ? 62 : 24);
  const picked = withSelection ? selection : undefined;

  return (
    <div className={classes.root}>
      <TableBar
        noun={noun}
        views={views}
        view={savedViewId === null ? view : null}
        setView={setView}
        savedViews={
          // a list that is part of a page is set up by that page
          props.filters === undefined && (
            <SavedViews
              entity={entity}
              setup={setup.definition(columns.order.shown)}
              chosenId={savedViewId}
              onChoose={setup.choose}
              onLeave={setup.leave}
            />
          )
        }
        viewActions={
          <>
            {quick?.render(quickRow, setQuick)}
            {props.viewActions?.(view, total)}
          </>
        }
        bulkBar={
          selection.count === 0 ? null : (
            <BulkBar
              entity={entity}
              noun={noun}
              selection={selection}
              of={() => bulkOf(selection.value, input)}
              total={total ?? 0}
              isBin={view === 'bin'}
            >
              {selection.value.kind === 'some' && selectionActions?.([...selection.value.ids], view, selection.clear)}
            </BulkBar>
          )
        }
        total={total}
        isPart={search !== '' || others.length > 0}
        filterButton={<FilterButton entity={entity} filters={others} setFilters={setOthers} />}
        withSearch={withSearch}
        typed={typed}
        setTyped={setTyped}
        order={columns.order}
        scroller={scroller}
      />
      <FilterChips entity={entity} filters={others} setFilters={setOthers} scroller={scroller} />
      {gone.length > 0 && <GoneFields names={gone} onTakeOut={takeOutGone} />}
      <RecordGrid
        entity={entity}
        storageKey={props.storageKey}
        input={input}
        noun={noun}
        gridId={gridId}
        scroller={scroller}
        handle={rows}
        columns={columns}
        template={template}
        minWidth={minWidth}
        active={active}
        onActive={setActive}
        onOpen={props.onOpen}
        onKeyDown={onKeyDown}
        onTotal={setTotal}
        selection={picked}
        head={
          <TableHead
            columns={columns}
            sort={sort}
            onSort={sortBy}
            style={{ gridTemplateColumns: template, minWidth }}
            pick={
              picked && {
                isOn: picked.count > 0,
                isWhole: picked.count === total,
                toggle: picked.toggleLoaded,
              }
            }
          />
        }
        empty={
          <TableEmpty
            isSearching={search !== ''}
            isFiltered={others.length > 0}
            isBin={view === 'bin'}
            first={view === firstView ? (quick?.empty?.(quickRow, setQuick) ?? props.empty) : undefined}
            onClear={() => setTyped('')}
            onClearFilters={() => setOthers([])}
            onAll={view !== 'all' && views.includes('all') ? () => setView('all') : undefined}
          />
        }
      />
    </div>
  );
}
