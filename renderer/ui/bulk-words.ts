/** What a bulk change did, in one line. */
import type { BulkResult } from '../../shared/contract/records.ts';
import { t } from '../i18n/index.ts';
import { fieldLabel } from '../i18n/words.ts';

export type BulkKind = 'update' | 'remove' | 'restore';

/** A refusal names fields as the program does; a person reads their labels. */
export const reasonInWords = (reason: string): string => {
  const words = reason
    .replace(/^Not saved: /, '')
    .replace(/(?:values\.)([a-zA-Z]+)/g, (_whole, field: string) => fieldLabel(field));
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** '2,497 changed, 3 were so already, 5 refused'. What did not happen is not said, unless nothing did. */
export function bulkSentence(kind: BulkKind, result: BulkResult): string {
  const { changed: count, unchanged, refused } = result;
  const done = {
    update: t('bulk.changed', { count }),
    remove: t('bulk.binned', { count }),
    restore: t('bulk.restored', { count }),
  }[kind];
  const facts = [
    ...(count === 0 && unchanged + refused > 0 ? [] : [done]),
    ...(unchanged === 0 ? [] : [t('bulk.unchanged', { count: unchanged })]),
    ...(refused === 0 ? [] : [t('bulk.refused', { count: refused })]),
  ].join(', ');
  return result.cancelled ? t('bulk.stopped', { facts }) : facts;
}
