/** The builder's words for relations and nodes. */
import type { SegmentRelation } from '../../../shared/rules/segment/registry.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel, fieldLabel } from '../../i18n/words.ts';
import type { EditorNode } from './tree.ts';

export const relationLabel = (relation: SegmentRelation['name']): string => t(`segments.relations.${relation}`);

/** How a node is called in menus and for screen readers. */
export function nodeName(node: EditorNode): string {
  switch (node.kind) {
    case 'row':
      return node.field === ''
        ? t('segments.conditionNew')
        : t('segments.conditionOn', { field: fieldLabel(node.field) });
    case 'group':
      return t('segments.group');
    case 'related':
      return t('segments.related', { relation: relationLabel(node.relation) });
    case 'behaviour':
      return node.interactionKinds.length === 0
        ? t('segments.behaviour')
        : `${t('segments.behaviour')}: ${node.interactionKinds.map(choiceLabel).join(', ')}`;
    case 'segment':
      return t('segments.segmentRefLabel');
  }
}
