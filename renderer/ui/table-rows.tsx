/**
 * The rows of a record table that are in sight. A turn of the wheel moves most of them and changes few: rows take the
 * place of those that left, and only what differs is drawn again.
 */
import { memo, type MouseEvent, type ReactNode, useCallback, useRef } from 'react';
import type { EntityName, EntityRecord } from '../../shared/model/entities.ts';
import { t } from '../i18n/index.ts';
import type { RecordColumns } from './record-columns.tsx';
import classes from './record-table.module.css';
import { type TallList } from './tall-scroll.ts';
import type { RecordWindow } from './use-record-window.ts';
import type { TableSelection } from './use-selection.ts';

type Props<E extends EntityName> = {
  readonly gridId: string;
  readonly columns: RecordColumns<E>;
  readonly rows: RecordWindow<E>;
  readonly list: TallList;
  readonly active: number;
  readonly onActive: (index: number) => void;
  readonly onOpen: (row: EntityRecord<E>) => void;
  readonly selection?: TableSelection | undefined;
  readonly template: string;
  readonly minWidth: number;
};

/** The row that a grid points at as its active one. */
export const rowId = (gridId: string, index: number): string => `${gridId}-${index}`;

/** Elements are handed on among this many rows, or as many times as many as are in sight. */
const slotStep = 64;

type Cell<E extends EntityName> = {
  readonly id: string;
  readonly align: 'right' | undefined;
  readonly render: (row: EntityRecord<E>) => ReactNode;
};

export function TableRows<E extends EntityName>(props: Props<E>) {
  const { gridId, rows, list, active, onActive, onOpen, selection, template, minWidth } = props;
  const cells = useSameCells(
    props.columns.table.getVisibleLeafColumns().flatMap(({ id }): Cell<E>[] => {
      const meta = props.columns.metaOf(id);
      return meta === undefined ? [] : [{ id, align: meta.align, render: meta.render }];
    }),
  );
  const slots = Math.ceil(list.items.length / slotStep) * slotStep;
  const base = list.baseOf(list.items[0]?.index ?? 0);

  // the same for all rows and all times: a row then has nothing that changes but what it shows
  const click = useSteady((event: MouseEvent<HTMLElement>): void => {
    const target = event.target as HTMLElement;
    const place = target.closest<HTMLElement>('[role="row"]')?.dataset['index'];
    if (place === undefined) return;
    const index = Number(place);
    if (target.closest(`.${classes.pick}`) !== null) {
      if (target instanceof HTMLInputElement) selection?.toggle(index);
      return;
    }
    onActive(index);
    const row = rows.rowAt(index);
    if (row === undefined) return;
    if (selection && (event.ctrlKey || event.metaKey)) selection.toggle(index);
    else if (selection && event.shiftKey) selection.toggle(index, true);
    else onOpen(row);
  });

  return (
    <div className={classes.track} style={{ height: list.trackPx, minWidth }}>
      <div
        role="rowgroup"
        className={classes.moved}
        style={{ transform: `translateY(${list.topOf(base)}px)`, ['--row-columns' as string]: template }}
      >
        {list.items.map(({ index }) => {
          const row = rows.rowAt(index);
          const isSelected = row !== undefined && selection?.has(row.id) === true;
          return (
            <Row<E>
              key={index % slots}
              id={rowId(gridId, index)}
              index={index}
              top={(index - base) * list.rowPx}
              row={row}
              cells={cells}
              isActive={index === active}
              isSelected={selection ? isSelected : index === active}
              isMarked={isSelected}
              isSelectable={selection !== undefined}
              onClick={click}
            />
          );
        })}
      </div>
    </div>
  );
}

/** One function for good, which does what the latest one would. */
function useSteady<A>(run: (argument: A) => void): (argument: A) => void {
  const latest = useRef(run);
  latest.current = run;
  return useCallback((argument) => latest.current(argument), []);
}

/** The same array as before while it holds the same. */
function useSameCells<E extends EntityName>(cells: readonly Cell<E>[]): readonly Cell<E>[] {
  const before = useRef(cells);
  const isSame =
    before.current.length === cells.length &&
    cells.every(({ id, align, render }, at) => {
      const old = before.current[at];
      return old?.id === id && old.align === align && old.render === render;
    });
  if (!isSame) before.current = cells;
  return before.current;
}

type RowProps<E extends EntityName> = {
  readonly id: string;
  readonly index: number;
  readonly top: number;
  /** Undefined until it is read. */
  readonly row: EntityRecord<E> | undefined;
  readonly cells: readonly Cell<E>[];
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly isMarked: boolean;
  readonly isSelectable: boolean;
  readonly onClick: (event: MouseEvent<HTMLElement>) => void;
};

function PlainRow<E extends EntityName>(props: RowProps<E>) {
  const { index, row, cells, isSelected } = props;
  return (
    <div
      id={props.id}
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={classes.row}
      data-active={props.isActive || undefined}
      data-selected={props.isMarked || undefined}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={props.onClick}
    >
      {props.isSelectable && (
        <div role="gridcell" className={classes.pick}>
          {row && (
            <input
              type="checkbox"
              className={classes.tick}
              tabIndex={-1}
              aria-label={t('table.selectRow', { name: row.label })}
              checked={props.isMarked}
              readOnly
            />
          )}
        </div>
      )}
      {cells.map(({ id, align, render }) => (
        <div
          key={id}
          role="gridcell"
          dir="auto"
          className={classes.cell}
          data-align={align}
          data-strong={id === 'label' || undefined}
        >
          {row === undefined ? <span className={classes.blank} aria-hidden /> : render(row)}
        </div>
      ))}
    </div>
  );
}

const Row = memo(PlainRow) as typeof PlainRow;
