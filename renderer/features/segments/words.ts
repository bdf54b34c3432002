/** The builder's words for operators, relations and nodes. */
import type { SegmentField, SegmentRelation } from '../../../shared/rules/segment/registry.ts';
import type { Operator } from '../../../shared/rules/segment/schema.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel, fieldLabel } from '../../i18n/words.ts';
import type { EditorNode } from './tree.ts';

/** The same operator reads differently for a date, a scale and a number: < is "is before". */
export function operatorLabel(operator: Operator, field: SegmentField | null): string {
  const isDate = field?.type === 'date' || field?.type === 'instant';
  if (isDate && (operator === 'notEquals' || operator === 'lessThan' || operator === 'greaterThan'))
    return t(`segments.dateOperators.${operator}`);
  if (field?.type === 'choice' && (operator === 'atLeast' || operator === 'atMost'))
    return t(`segments.scaleOperators.${operator}`);
  return t(`segments.operators.${operator}`);
}

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
