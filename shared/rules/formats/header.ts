/**
 * Column headers are matched by name, never by position, ignoring case, accents, spaces and punctuation (formats.md).
 *
 * Example: `headerKey('E-mail 1 - Value')` is `'email1value'`; `headerKey('Order #')` is `'order'`.
 */
import { foldText } from '../normalise/fold.ts';

export const headerKey = (header: string): string => foldText(header).replace(/[^\p{L}\p{M}\p{N}]+/gu, '');

/** What identifies a set of columns: the remembered mapping of a file is found by it. The order does not matter. */
export const headerSetKey = (headers: readonly string[]): string =>
  headers
    .map(headerKey)
    .filter((key) => key !== '')
    .toSorted()
    .join('|');
