/**
 * A row of a file → values by import field: what the review queue keeps, a person edits, and `draft.ts` reads. Several
 * columns for one field are joined in a way that the reader of that field takes apart again.
 *
 * Example: columns `E-mail 2` and `E-mail 3` both fill `email2`: `{ email2: 'a@x.example; b@y.example' }`.
 */
import type { ImportField, ImportTarget } from '../../contract/import-fields.ts';
import { unneutralise } from './csv-export.ts';
import { asksOtherWay, readYesNo, type ToldYesNo } from './yes-no.ts';

export type MappedRow = Partial<Record<ImportField, string>> & { [custom: `x_${string}`]: string };

export type RowMapper = (cells: readonly string[]) => MappedRow;

const joiners: Partial<Readonly<Record<string, string>>> = { description: '\n', street2: ', ' };

/** Control characters that no value has a use for; NUL among them, which some programs end every cell with. */
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;
const hasControls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/;
export const cleanCell = (cell: string): string => (hasControls.test(cell) ? cell.replace(controls, '') : cell).trim();

/** `told`: what was said of the values of a column of yes and no, by its place. */
export function rowMapper(
  headers: readonly string[],
  fields: readonly ImportTarget[],
  told: readonly (ToldYesNo | null)[] = [],
): RowMapper {
  const columns = fields.flatMap((field, index) => {
    if (field === 'ignore') return [];
    const said = told[index] ?? null;
    const otherWay = asksOtherWay(field, headers[index] ?? '');
    return [{ field, index, said, otherWay, isTurned: said !== null || otherWay }];
  });
  return (cells) => {
    const row: MappedRow = {};
    for (const { field, index, said, otherWay, isTurned } of columns) {
      const cell = cells[index];
      if (cell === undefined || cell === '') continue;
      const clean = unneutralise(cleanCell(cell));
      const value = isTurned ? readYesNo(clean, said, otherWay) : clean;
      if (value === undefined || value === '') continue;
      const before = row[field];
      if (before === undefined) row[field] = value;
      else if (before !== value) row[field] = `${before}${joiners[field] ?? '; '}${value}`;
    }
    return row;
  };
}
