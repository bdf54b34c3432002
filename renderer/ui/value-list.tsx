/** Names and values of something, one per line. */
import type { ReactNode } from 'react';
import classes from './value-list.module.css';

export type ValueItem = { readonly name: string; readonly value: ReactNode };

/** Items without a value are left out, unless `blanks` says otherwise. */
export function ValueList({
  items,
  blanks = false,
}: {
  readonly items: readonly ValueItem[];
  readonly blanks?: boolean;
}) {
  const shown = items.filter(({ value }) => blanks || (value !== null && value !== undefined && value !== ''));
  return (
    <dl className={classes.list}>
      {shown.map(({ name, value }) => (
        <div key={name} className={classes.item}>
          <dt className={classes.name}>{name}</dt>
          <dd className={classes.value}>{value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  );
}
