/**
 * Keyboard shortcuts. A page says which it has (`useShortcuts`), and the list behind `?` shows them while it is open.
 * Keys are written as Mantine's hotkeys ('mod+s', 'n', 'shift+enter'); two keys after each other as 'g c'.
 */
import { Group, Kbd, Tooltip } from '@mantine/core';
import { getHotkeyHandler } from '@mantine/hooks';
import { type ReactElement, useEffect, useId, useRef } from 'react';
import { create } from 'zustand';

export type Shortcut = {
  readonly keys: string;
  readonly label: string;
  readonly run: () => void;
  /** Also while typing in a field (needs a modifier or a function key). */
  readonly inFields?: boolean;
  readonly disabled?: boolean;
};

type Registered = { readonly keys: string; readonly label: string };
export const useRegisteredShortcuts = create<{ readonly groups: Readonly<Record<string, readonly Registered[]>> }>(
  () => ({ groups: {} }),
);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) &&
  !(target instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(target.type));

const sequenceMs = 1200;

/** Whether a key press is the hotkey as written. */
function isHotkey(keys: string, event: KeyboardEvent): boolean {
  let hit = false;
  getHotkeyHandler([[keys, () => (hit = true), { preventDefault: false }]])(event);
  return hit;
}

export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const id = useId();
  const current = useRef(shortcuts);
  current.current = shortcuts;
  const signature = shortcuts.map(({ keys, label }) => `${keys}\t${label}`).join('\n');

  useEffect(() => {
    const listed = signature === '' ? [] : signature.split('\n').map((line) => line.split('\t'));
    useRegisteredShortcuts.setState(({ groups }) => ({
      groups: { ...groups, [id]: listed.map(([keys = '', label = '']) => ({ keys, label })) },
    }));
    return () =>
      useRegisteredShortcuts.setState(({ groups }) => {
        const { [id]: _gone, ...rest } = groups;
        return { groups: rest };
      });
  }, [id, signature]);

  useEffect(() => {
    let first: { key: string; atMs: number } | null = null;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const typing = isTyping(event.target);
      for (const { keys, run, inFields, disabled } of current.current) {
        if (disabled === true || (typing && inFields !== true)) continue;
        const [one, two] = keys.split(' ');
        const isHit =
          two === undefined
            ? isHotkey(keys, event)
            : first !== null && first.key === one && event.timeStamp - first.atMs < sequenceMs && isHotkey(two, event);
        if (!isHit) continue;
        // a dialog on top owns the keyboard
        if (document.querySelector('[role="dialog"][aria-modal="true"]') !== null && inFields !== true) continue;
        event.preventDefault();
        first = null;
        run();
        return;
      }
      if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey)
        first = { key: event.key.toLowerCase(), atMs: event.timeStamp };
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

const isMac = /mac/i.test(navigator.platform);
const keyName: Readonly<Record<string, string>> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: 'Shift',
  alt: isMac ? '⌥' : 'Alt',
  enter: 'Enter',
  arrowup: '↑',
  arrowdown: '↓',
  escape: 'Esc',
  space: 'Space',
};

/** 'mod+s' → 'Ctrl+S', for tooltips. */
export const keysText = (keys: string): string =>
  keys
    .split(' ')
    .map((part) =>
      part
        .split('+')
        .map((key) => keyName[key.toLowerCase()] ?? key.toUpperCase())
        .join('+'),
    )
    .join(' ');

export function Keys({ keys }: { readonly keys: string }) {
  return (
    <Group gap={4} wrap="nowrap">
      {keysText(keys)
        .split(/[ +]/)
        .map((key, index) => (
          <Kbd key={index} size="xs">
            {key}
          </Kbd>
        ))}
    </Group>
  );
}

/** A tooltip that says what a control does and how to reach it by key. */
export function ShortcutTooltip(props: {
  readonly label: string;
  readonly keys?: string | undefined;
  readonly position?: 'top' | 'bottom' | 'right';
  readonly children: ReactElement;
}) {
  return (
    <Tooltip
      position={props.position ?? 'top'}
      label={
        <Group gap="xs" wrap="nowrap">
          <span>{props.label}</span>
          {props.keys !== undefined && <Keys keys={props.keys} />}
        </Group>
      }
    >
      {props.children}
    </Tooltip>
  );
}
