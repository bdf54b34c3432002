/** A record's page body: its form at the left, what happened around it at the right; each scrolls on its own. */
import type { ReactNode } from 'react';
import classes from './record-layout.module.css';

export function RecordLayout({ main, side }: { readonly main: ReactNode; readonly side: ReactNode }) {
  return (
    <div className={classes.layout}>
      <div className={classes.main}>{main}</div>
      <aside className={classes.side}>{side}</aside>
    </div>
  );
}

/** Fields side by side where there is room. */
export function FieldGrid({ children, cols = 2 }: { readonly children: ReactNode; readonly cols?: 1 | 2 | 3 }) {
  return (
    <div className={classes.grid} data-cols={cols}>
      {children}
    </div>
  );
}
