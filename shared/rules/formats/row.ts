/**
 * A row of a file → values by import field: what the review queue keeps, a person edits, and `draft.ts` reads. Several
 * columns for one field are joined in a way that the reader of that field takes apart again.
 *
 * Example: columns `E-mail 2` and `E-mail 3` both fill `email2`: `{ email2: 'a@x.example; b@y.example' }`.
 */
import type { ImportField, ImportTarget } from '../../contract/import-fields.ts';
import { parseYesNo } from '../normalise/values.ts';
import { unneutralise } from './csv-export.ts';
import { isNegated } from './mapping.ts';

export type MappedRow = Partial<Record<ImportField, string>> & { [custom: `x_${string}`]: string };

export type RowMapper = (cells: readonly string[]) => MappedRow;

const joiners: Partial<Readonly<Record<string, string>>> = { description: '\n', street2: ', ' };

/** Whatever way round the column asks, the value says whether the person allows it. */
function allowance(value: string, negated: boolean): string {
  const yes = parseYesNo(value);
  if (yes === null || !negated || /allow/i.test(value)) return value;
  return yes ? 'no' : 'yes';
}

/** Control characters that no value has a use for; NUL among them, which some programs end every cell with. */
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;
const hasControls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/;
export const cleanCell = (cell: string): string => (hasControls.test(cell) ? cell.replace(controls, '') : cell).trim();

export function rowMapper(headers: readonly string[], fields: readonly ImportTarget[]): RowMapper {
  const columns = fields.flatMap((field, index) =>
    field === 'ignore' ? [] : [{ field, index, negated: isNegated(headers[index] ?? '') }],
  );
  return (cells) => {
    const row: MappedRow = {};
    for (const { field, index, negated } of columns) {
      const cell = cells[index];
      if (cell === undefined || cell === '') continue;
      let value = unneutralise(cleanCell(cell));
      if (value === '') continue;
      if (field.startsWith('allow') || field === 'followEmail') value = allowance(value, negated);
      const before = row[field];
      if (before === undefined) row[field] = value;
      else if (before !== value) row[field] = `${before}${joiners[field] ?? '; '}${value}`;
    }
    return row;
  };
}
