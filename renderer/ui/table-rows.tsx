/** The rows of a record table that are in sight. */
import { Checkbox } from '@mantine/core';
import type { EntityName, EntityRecord } from '../../shared/model/entities.ts';
import { t } from '../i18n/index.ts';
import type { RecordColumns } from './record-columns.tsx';
import classes from './record-table.module.css';
import type { TallList } from './tall-scroll.ts';
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

export function TableRows<E extends EntityName>(props: Props<E>) {
  const { gridId, rows, list, active, onActive, onOpen, selection, template, minWidth } = props;
  const { table, metaOf } = props.columns;
  const columns = table.getVisibleLeafColumns();
  return (
    <div className={classes.track} style={{ height: list.trackPx, minWidth }} role="rowgroup">
      {list.items.map(({ index }) => {
        const row = rows.rowAt(index);
        const isSelected = row !== undefined && selection?.has(row.id) === true;
        return (
          <div
            key={index}
            id={rowId(gridId, index)}
            role="row"
            aria-rowindex={index + 2}
            aria-selected={selection ? isSelected : index === active}
            className={classes.row}
            data-active={index === active || undefined}
            data-selected={isSelected || undefined}
            style={{ gridTemplateColumns: template, transform: `translateY(${list.topOf(index)}px)` }}
            onClick={(event) => {
              onActive(index);
              if (row === undefined) return;
              if (selection && (event.ctrlKey || event.metaKey)) selection.toggle(index);
              else if (selection && event.shiftKey) selection.toggle(index, true);
              else onOpen(row);
            }}
          >
            {selection && (
              <div role="gridcell" className={classes.pick} onClick={(event) => event.stopPropagation()}>
                {row && (
                  <Checkbox
                    size="xs"
                    tabIndex={-1}
                    aria-label={t('table.selectRow', { name: row.label })}
                    checked={isSelected}
                    onChange={() => selection.toggle(index)}
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
                {row === undefined ? <span className={classes.blank} aria-hidden /> : metaOf(column.id)?.render(row)}
              </div>
            ))}
          </div>
        );
      })}
    </div>
  );
}
