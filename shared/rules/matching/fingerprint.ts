/**
 * What a row without a key is known by (domain.md section 2): all its cells, so that a second import of it changes
 * nothing. The text is hashed where it is stored.
 *
 * Example: the columns may come in another order and the file in another encoding; the row is still the same.
 */
import { headerKey } from '../formats/header.ts';
import { foldText } from '../normalise/fold.ts';

/** `scope`: the kind of record, and for leads the capture source: the same words in another context are another lead. */
export function fingerprintText(scope: string, headers: readonly string[], cells: readonly string[]): string {
  const parts: string[] = [];
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index];
    if (cell === undefined) continue;
    const value = foldText(cell);
    if (value !== '') parts.push(`${headerKey(headers[index] ?? '')}=${value}`);
  }
  return `${scope}\u001e${parts.sort().join('\u001f')}`;
}
