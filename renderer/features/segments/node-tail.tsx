/** The end of each node: whether it holds for the contact being checked, its count, and what can be done with it. */
import { ActionIcon, Menu } from '@mantine/core';
import {
  ArrowDown,
  ArrowUp,
  CircleCheck,
  CircleX,
  Copy,
  EllipsisVertical,
  Group as GroupIcon,
  Power,
  Trash2,
  Ungroup,
} from 'lucide-react';
import { t } from '../../i18n/index.ts';
import { formatNumber } from '../../ui/format.ts';
import { Keys, ShortcutTooltip } from '../../ui/shortcuts.tsx';
import { useBuilder } from './builder-context.tsx';
import classes from './builder.module.css';
import type { EditorNode } from './tree.ts';
import { nodeName } from './words.ts';

/** Keys while the keyboard is anywhere inside a node; the innermost node takes them. */
const nodeKeys = {
  duplicate: 'alt+D',
  toggle: 'alt+X',
  up: 'alt+ArrowUp',
  down: 'alt+ArrowDown',
  wrap: 'alt+G',
  remove: 'alt+Backspace',
} as const;

export function NodeTail({ node, isRoot }: { readonly node: EditorNode; readonly isRoot: boolean }) {
  const { store, countOf, isCounting, truthOf } = useBuilder();
  const state = store.getState();
  const count = countOf(node.key);
  const truth = truthOf(node.key);
  const name = nodeName(node);
  return (
    <div className={classes.tail}>
      {truth === undefined ? null : truth.holds ? (
        <CircleCheck
          size={16}
          color="var(--mantine-color-teal-filled)"
          aria-label={t('segments.whyHolds')}
          role="img"
        />
      ) : (
        <CircleX size={16} color="var(--mantine-color-red-filled)" aria-label={t('segments.whyFails')} role="img" />
      )}
      {isRoot ? null : (
        <>
          <span
            className={classes.count}
            data-counting={isCounting || undefined}
            title={count === undefined ? undefined : t('segments.countOf', { count })}
          >
            {count === undefined || node.disabled ? '' : formatNumber(count)}
          </span>
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={t('segments.nodeMenu', { name })}>
                <EllipsisVertical size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<Copy size={14} />}
                rightSection={<Keys keys={nodeKeys.duplicate} />}
                onClick={() => state.duplicate(node.key)}
              >
                {t('segments.duplicate')}
              </Menu.Item>
              <Menu.Item
                leftSection={<Power size={14} />}
                rightSection={<Keys keys={nodeKeys.toggle} />}
                onClick={() => state.toggleDisabled(node.key)}
              >
                {node.disabled ? t('segments.switchOn') : t('segments.switchOff')}
              </Menu.Item>
              <Menu.Item
                leftSection={<ArrowUp size={14} />}
                rightSection={<Keys keys={nodeKeys.up} />}
                onClick={() => state.move(node.key, -1)}
              >
                {t('segments.moveUp')}
              </Menu.Item>
              <Menu.Item
                leftSection={<ArrowDown size={14} />}
                rightSection={<Keys keys={nodeKeys.down} />}
                onClick={() => state.move(node.key, 1)}
              >
                {t('segments.moveDown')}
              </Menu.Item>
              {node.kind === 'group' ? (
                <Menu.Item leftSection={<Ungroup size={14} />} onClick={() => state.unwrap(node.key)}>
                  {t('segments.unwrap')}
                </Menu.Item>
              ) : (
                <Menu.Item
                  leftSection={<GroupIcon size={14} />}
                  rightSection={<Keys keys={nodeKeys.wrap} />}
                  onClick={() => state.wrap(node.key)}
                >
                  {t('segments.wrap')}
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
          <ShortcutTooltip label={t('segments.removeNode')} keys={nodeKeys.remove}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('segments.removeNamed', { name })}
              onClick={() => state.remove(node.key)}
            >
              <Trash2 size={16} />
            </ActionIcon>
          </ShortcutTooltip>
        </>
      )}
    </div>
  );
}
