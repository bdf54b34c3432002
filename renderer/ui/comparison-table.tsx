/** Records side by side, a line a field: what differs is marked, by colour and in words. */
import type { ReactNode } from 'react';
import { t } from '../i18n/index.ts';
import classes from './comparison-table.module.css';

type Cell = {
  readonly content: ReactNode;
  readonly differs?: boolean;
  /** It is this value that stands. */
  readonly isChosen?: boolean;
  /** It is only looked at. */
  readonly isFaint?: boolean;
};

export type ComparisonRow = {
  readonly key: string;
  readonly name: ReactNode;
  readonly cells: readonly Cell[];
};

type Props = {
  readonly label: string;
  readonly heads: readonly { readonly key: string; readonly content: ReactNode }[];
  readonly rows: readonly ComparisonRow[];
  /** Widths of the columns beside that of the names. */
  readonly widths: readonly string[];
  readonly nameWidth?: string;
  readonly maxWidth?: number;
};

export function ComparisonTable({ label, heads, rows, widths, nameWidth = '130px', maxWidth }: Props) {
  const gridTemplateColumns = [nameWidth, ...widths].join(' ');
  return (
    <div
      className={classes.compare}
      style={{ gridTemplateColumns, ...(maxWidth === undefined ? {} : { maxWidth }) }}
      role="table"
      aria-label={label}
    >
      <div className={classes.line} role="row">
        <div role="columnheader" className={classes.head}>
          {t('common.field')}
        </div>
        {heads.map(({ key, content }) => (
          <div key={key} role="columnheader" className={classes.head}>
            {content}
          </div>
        ))}
      </div>
      {rows.map(({ key, name, cells }) => (
        <div className={classes.line} role="row" key={key}>
          <div role="rowheader" className={classes.name}>
            {name}
          </div>
          {cells.map(({ content, differs = false, isChosen = false, isFaint = false }, index) => (
            <div
              role="cell"
              key={heads[index]?.key ?? index}
              className={classes.value}
              data-differs={differs || undefined}
              data-chosen={isChosen || undefined}
              data-faint={isFaint || undefined}
            >
              <span>{content}</span>
              {differs && <span className={classes.mark}> ({t('common.differs')})</span>}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
