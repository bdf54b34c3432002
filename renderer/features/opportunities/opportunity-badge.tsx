/** Open, won or lost, in the colour that means it everywhere. */
import { Badge } from '@mantine/core';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import { choiceLabel } from '../../i18n/words.ts';

const colorOf = { open: 'outpost', won: 'teal', lost: 'gray' } as const;

export function OpportunityBadge({ status }: Pick<EntityRecord<'opportunity'>, 'status'>) {
  return (
    <Badge flex="none" color={colorOf[status]}>
      {choiceLabel(status)}
    </Badge>
  );
}
