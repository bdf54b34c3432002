/** The head of a record table: names, sorting by a click, widths by dragging, and the box that selects. */
import { Checkbox } from '@mantine/core';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { CSSProperties, PointerEvent } from 'react';
import type { ListInput } from '../../shared/contract/records.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import { t } from '../i18n/index.ts';
import type { RecordColumns } from './record-columns.tsx';
import classes from './record-table.module.css';

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

type Props<E extends EntityName> = {
  readonly columns: RecordColumns<E>;
  readonly sort: ListInput['sort'];
  readonly onSort: (field: string) => void;
  readonly style: CSSProperties;
  /** Without it rows cannot be selected. */
  readonly pick?: { readonly isOn: boolean; readonly isWhole: boolean; readonly toggle: () => void } | undefined;
};

export function TableHead<E extends EntityName>({ columns, sort, onSort, style, pick }: Props<E>) {
  const { table, metaOf, resize } = columns;
  return (
    <div className={classes.head} role="row" aria-rowindex={1} style={style}>
      {pick && (
        <div role="columnheader" aria-label={t('table.selectAll')} className={classes.pick}>
          <Checkbox
            size="xs"
            aria-label={t('table.selectAll')}
            checked={pick.isOn}
            indeterminate={pick.isOn && !pick.isWhole}
            onChange={pick.toggle}
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
            data-align={metaOf(id)?.align}
            aria-sort={isSorted ? (sort.direction === 'asc' ? 'ascending' : 'descending') : undefined}
          >
            {metaOf(id)?.sortable ? (
              <button
                type="button"
                className={classes.sort}
                title={t('table.sortBy', { column: name })}
                onClick={() => onSort(id)}
              >
                <span className={classes.cut}>{name}</span>
                {isSorted &&
                  (sort.direction === 'asc' ? <ArrowUp size={13} aria-hidden /> : <ArrowDown size={13} aria-hidden />)}
              </button>
            ) : (
              <span className={classes.cut} title={name}>
                {name}
              </span>
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
  );
}
