/** What a selection can be used for beside editing it, by the kind of its records. */
import { Button, Menu } from '@mantine/core';
import { ChevronDown, ListMinus, ListPlus, Tag, Target } from 'lucide-react';
import { taggedEntities } from '../../shared/contract/bulk.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import { t } from '../i18n/index.ts';

export type BulkAction = 'tag' | 'join' | 'leave' | 'createLeads';

const icons = { tag: Tag, join: ListPlus, leave: ListMinus, createLeads: Target } as const;
const labels = {
  tag: 'bulk.tag',
  join: 'bulk.addToList',
  leave: 'bulk.takeOffList',
  createLeads: 'bulk.createLeads',
} as const;

export function bulkActions(entity: EntityName): readonly BulkAction[] {
  return [
    ...(taggedEntities.some((each) => each === entity) ? (['tag'] as const) : []),
    ...(entity === 'contact' ? (['join', 'leave'] as const) : []),
    ...(entity === 'contact' || entity === 'account' ? (['createLeads'] as const) : []),
  ];
}

type Props = { readonly entity: EntityName; readonly onChoose: (action: BulkAction) => void };

export function BulkMenu({ entity, onChoose }: Props) {
  const actions = bulkActions(entity);
  const [only] = actions;
  if (only === undefined) return null;
  if (actions.length === 1) {
    return (
      <Button variant="default" leftSection={<Tag size={15} aria-hidden />} onClick={() => onChoose(only)}>
        {t(labels[only])}
      </Button>
    );
  }
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" rightSection={<ChevronDown size={14} aria-hidden />}>
          {t('bulk.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map((action) => {
          const Icon = icons[action];
          return (
            <Menu.Item key={action} leftSection={<Icon size={15} aria-hidden />} onClick={() => onChoose(action)}>
              {t(labels[action])}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
