/** What can be put into a group or block: a condition right away, and from a menu everything else that fits there. */
import { Button, Menu } from '@mantine/core';
import { ChevronDown, Plus } from 'lucide-react';
import type { EntityName } from '../../../shared/model/entities.ts';
import { relationOf, relationsOf } from '../../../shared/rules/segment/registry.ts';
import { t } from '../../i18n/index.ts';
import { useBuilder } from './builder-context.tsx';
import classes from './builder.module.css';
import { newBehaviour, newGroup, newRelated, newRow, newSegmentReference } from './tree.ts';
import { relationLabel } from './words.ts';

type Props = { readonly parentKey: string; readonly entity: EntityName; readonly where: string };

export function AddMenu({ parentKey, entity, where }: Props) {
  const { store } = useBuilder();
  const { add } = store.getState();
  const hasInteractions = relationOf(entity, 'interactions') !== null;
  return (
    <div className={classes.add}>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<Plus size={14} aria-hidden />}
        aria-label={t('segments.addConditionLabel', { where })}
        onClick={() => add(parentKey, newRow('', 'is'))}
      >
        {t('segments.addCondition')}
      </Button>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            variant="subtle"
            size="compact-sm"
            rightSection={<ChevronDown size={14} aria-hidden />}
            aria-label={t('segments.addMoreLabel', { where })}
          >
            {t('segments.addMore')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('segments.addRelated')}</Menu.Label>
          {relationsOf(entity).map(({ name }) => (
            <Menu.Item key={name} onClick={() => add(parentKey, newRelated(name, [newRow('', 'is')]))}>
              {relationLabel(name)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => add(parentKey, newGroup([newRow('', 'is')]))}>{t('segments.addGroup')}</Menu.Item>
          {hasInteractions ? (
            <Menu.Item onClick={() => add(parentKey, newBehaviour([]))}>{t('segments.addBehaviour')}</Menu.Item>
          ) : null}
          {entity === 'contact' ? (
            <Menu.Item onClick={() => add(parentKey, newSegmentReference(''))}>{t('segments.addSegment')}</Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
