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
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const typing = isTyping(event.target);
      const prefix = typing ? null : prefixBefore(event);
      for (const { keys, run, inFields, disabled } of current.current) {
        if (disabled === true || (typing && inFields !== true)) continue;
        const [one, two] = keys.split(' ');
        // after 'g' the next key belongs to the pair, whatever it does alone
        const isHit =
          two === undefined ? prefix === null && isHotkey(keys, event) : prefix === one && isHotkey(two, event);
        if (!isHit) continue;
        // a dialog on top owns the keyboard
        if (inFields !== true && document.querySelector('[role="dialog"][aria-modal="true"]') !== null) continue;
        event.preventDefault();
        lastKey = null;
        run();
        return;
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

type Pressed = { readonly key: string; readonly atMs: number };
let keyBefore: Pressed | null = null;
let lastKey: Pressed | null = null;

// one watch for all: pages must agree on which key came before
window.addEventListener(
  'keydown',
  (event) => {
    keyBefore = lastKey;
    lastKey =
      isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey
        ? null
        : { key: event.key.toLowerCase(), atMs: event.timeStamp };
  },
  { capture: true },
);

/** The first key of a pair, when it was pressed just now and some shortcut begins with it. */
function prefixBefore(event: KeyboardEvent): string | null {
  if (keyBefore === null || event.timeStamp - keyBefore.atMs > sequenceMs) return null;
  const { key } = keyBefore;
  const isPrefix = Object.values(useRegisteredShortcuts.getState().groups).some((group) =>
    group.some(({ keys }) => keys.startsWith(`${key} `)),
  );
  return isPrefix ? key : null;
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
