/** What a bulk change did, in one line. */
import type { BulkResult } from '../../shared/contract/records.ts';
import { t } from '../i18n/index.ts';
import { fieldLabel } from '../i18n/words.ts';

export type BulkKind = 'update' | 'remove' | 'restore' | 'tag' | 'join' | 'leave' | 'createLeads';
type Refusal = BulkResult['refusals'][number];

/** Why a record was left as it is; reasons about a field name it. */
export const reasonInWords = ({ code, field }: Pick<Refusal, 'code' | 'field'>): string =>
  t(`bulk.reasons.${code}`, { field: field === null ? t('bulk.itsValue') : fieldLabel(field) });

/** '2,497 changed, 3 were so already, 5 refused'. What did not happen is not said, unless nothing did. */
export function bulkSentence(kind: BulkKind, result: BulkResult): string {
  const { changed: count, unchanged, refused } = result;
  const done = {
    update: t('bulk.changed', { count }),
    remove: t('bulk.binned', { count }),
    restore: t('bulk.restored', { count }),
    tag: t('bulk.changed', { count }),
    join: t('bulk.joined', { count }),
    leave: t('bulk.left', { count }),
    createLeads: t('bulk.leadsMade', { count }),
  }[kind];
  const facts = [
    ...(count === 0 && unchanged + refused > 0 ? [] : [done]),
    ...(unchanged === 0 ? [] : [t('bulk.unchanged', { count: unchanged })]),
    ...(refused === 0 ? [] : [t('bulk.refused', { count: refused })]),
  ].join(', ');
  return result.cancelled ? t('bulk.stopped', { facts }) : facts;
}
