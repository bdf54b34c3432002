/**
 * The rows of a record table: a list of any length with a truthful scrollbar. It draws itself again as one scrolls, and
 * nothing around it does.
 */
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import type { EntityName, EntityRecord } from '../../shared/model/entities.ts';
import { nameCut } from './name-cut.ts';
import { FailureNote } from './query-gate.tsx';
import type { RecordColumns } from './record-columns.tsx';
import classes from './record-table.module.css';
import { rememberTable, tableMemory } from './table-memory.ts';
import { rowId, TableRows } from './table-rows.tsx';
import { useTallList } from './tall-scroll.ts';
import { type ListQuestion, useMotion, useRecordWindow } from './use-record-window.ts';
import type { TableSelection } from './use-selection.ts';

const rowPx = 32;
const headPx = 34;

/** What the table around asks of its rows. */
export type GridRows<E extends EntityName> = {
  /** Undefined until it is read. */
  readonly rowAt: (index: number) => EntityRecord<E> | undefined;
  /** Scrolls no further than it takes to see the row. */
  readonly reveal: (index: number) => void;
  readonly rowsPerView: () => number;
};

type Props<E extends EntityName> = {
  readonly entity: E;
  readonly storageKey: string;
  readonly input: ListQuestion;
  readonly noun: string;
  readonly gridId: string;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly handle: RefObject<GridRows<E> | null>;
  readonly columns: RecordColumns<E>;
  readonly head: ReactNode;
  /** Instead of no rows. */
  readonly empty: ReactNode;
  readonly template: string;
  readonly minWidth: number;
  readonly active: number;
  readonly onActive: (index: number) => void;
  readonly onOpen: (row: EntityRecord<E>) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** Null until the first answer. */
  readonly onTotal: (total: number | null) => void;
  readonly selection: TableSelection | undefined;
};

export function RecordGrid<E extends EntityName>(props: Props<E>) {
  const { entity, input, scroller, gridId, columns, active, selection, onTotal } = props;
  const [known, setKnown] = useState(0);
  const { onMove, isFast } = useMotion(entity, input);
  const list = useTallList(scroller, known, rowPx, headPx, onMove);
  const rows = useRecordWindow(entity, input, list.inSight?.startIndex ?? 0, list.inSight?.endIndex ?? 40, isFast);
  const { total } = rows;
  useEffect(() => {
    setKnown(total ?? 0);
    onTotal(total);
  }, [total, onTotal]);
  useImperativeHandle(props.handle, () => ({
    rowAt: rows.rowAt,
    reveal: list.reveal,
    rowsPerView: list.rowsPerView,
  }));

  // the same table again stands where it was left
  const [left] = useState(() => tableMemory(props.storageKey).scrollTop);
  const isRestored = useRef(false);
  useEffect(() => {
    if (isRestored.current || known === 0) return;
    isRestored.current = true;
    if (left !== undefined) scroller.current?.scrollTo({ top: left });
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  }, [known, left, scroller]);

  // one that is scrolled out of sight, or of a list that is not there yet, is nothing to point at
  const isActiveDrawn = list.items.some(({ index }) => index === active);

  const failure = total === null || rows.isStale ? rows.failure : null;
  return (
    <>
      {failure !== null ? <FailureNote failure={failure} retry={rows.retry} /> : total === 0 ? props.empty : null}
      <div
        ref={scroller}
        className={classes.scroller}
        hidden={failure !== null || total === 0}
        role="grid"
        tabIndex={0}
        aria-label={props.noun}
        aria-rowcount={(total ?? 0) + 1}
        aria-colcount={columns.table.getVisibleLeafColumns().length + (selection ? 1 : 0)}
        aria-activedescendant={isActiveDrawn ? rowId(gridId, active) : undefined}
        aria-multiselectable={selection !== undefined}
        aria-busy={total === null || rows.isStale}
        onKeyDown={props.onKeyDown}
        onPointerOver={nameCut}
        onScroll={(event) => rememberTable(props.storageKey, { scrollTop: event.currentTarget.scrollTop })}
        data-stale={rows.isStale || undefined}
      >
        {props.head}
        <TableRows
          gridId={gridId}
          columns={columns}
          rows={rows}
          list={list}
          active={active}
          onActive={props.onActive}
          onOpen={props.onOpen}
          selection={selection}
          template={props.template}
          minWidth={props.minWidth}
        />
      </div>
    </>
  );
}
