/** One condition of the question. */
import type { EntityName } from '../../../shared/model/entities.ts';
import { RowFields } from '../../ui/row-fields.tsx';
import { useBuilder } from './builder-context.tsx';
import classes from './builder.module.css';
import type { EditorRow } from './tree.ts';

export function RowEditor({ row, entity }: { readonly row: EditorRow; readonly entity: EntityName }) {
  const { store } = useBuilder();
  const { update } = store.getState();
  return (
    <RowFields
      row={row}
      entity={entity}
      valuesClass={classes.wideValue}
      onChange={(change, part) =>
        update(row.key, (node) => (node.kind === 'row' ? change(node) : node), part === 'values' ? 'values' : undefined)
      }
    />
  );
}
