/**
 * The question being built, with undo and redo. Each change is one step; keystrokes in the same place are one step
 * together (`mergeTag`).
 */
import { createStore } from 'zustand/vanilla';
import type { Query } from '../../../shared/rules/segment/schema.ts';
import * as tree from './tree.ts';
import type { EditorGroup, EditorNode } from './tree.ts';

const undoDepth = 200;

export type BuilderState = {
  readonly root: EditorGroup;
  readonly timeZone: string | null;
  readonly past: readonly EditorGroup[];
  readonly future: readonly EditorGroup[];
  readonly mergeTag: string | null;
  /** The node that should take the keyboard after a change, once. */
  readonly focusKey: string | null;
  load(query: Query | null): void;
  update(key: string, change: (node: EditorNode) => EditorNode, mergeTag?: string): void;
  add(parentKey: string, node: EditorNode, index?: number): void;
  remove(key: string): void;
  duplicate(key: string): void;
  move(key: string, by: -1 | 1): void;
  wrap(key: string): void;
  unwrap(key: string): void;
  toggleDisabled(key: string): void;
  setTimeZone(timeZone: string | null): void;
  undo(): void;
  redo(): void;
  focused(): void;
};

export const createBuilderStore = (query: Query | null) =>
  createStore<BuilderState>()((set, get) => {
    const step = (root: EditorGroup, focusKey: string | null, mergeTag: string | null = null) => {
      const before = get();
      if (root === before.root) return;
      const merges = mergeTag !== null && mergeTag === before.mergeTag;
      set({
        root,
        focusKey,
        mergeTag,
        past: merges ? before.past : [...before.past, before.root].slice(-undoDepth),
        future: [],
      });
    };
    return {
      root: tree.fromQuery(query),
      timeZone: query?.timeZone ?? null,
      past: [],
      future: [],
      mergeTag: null,
      focusKey: null,
      load: (next) =>
        set({
          root: tree.fromQuery(next),
          timeZone: next?.timeZone ?? null,
          past: [],
          future: [],
          mergeTag: null,
          focusKey: null,
        }),
      update: (key, change, mergeTag) =>
        step(tree.replace(get().root, key, change), null, mergeTag === undefined ? null : `${key}:${mergeTag}`),
      add: (parentKey, node, index) => {
        const parent = tree.findNode(get().root, parentKey);
        if (!parent || !tree.isContainer(parent)) return;
        step(tree.insert(get().root, parentKey, index ?? parent.children.length, node), node.key);
      },
      remove: (key) => step(tree.remove(get().root, key), tree.focusAfterRemoval(get().root, key)),
      duplicate: (key) => {
        const done = tree.duplicate(get().root, key);
        step(done.root, done.key);
      },
      move: (key, by) => step(tree.move(get().root, key, by), key),
      wrap: (key) => {
        const done = tree.wrap(get().root, key);
        step(done.root, done.key);
      },
      unwrap: (key) => step(tree.unwrap(get().root, key), null),
      toggleDisabled: (key) =>
        step(
          tree.replace(get().root, key, (node) => ({ ...node, disabled: !node.disabled })),
          key,
        ),
      setTimeZone: (timeZone) => set({ timeZone }),
      undo: () => {
        const { past, root, future } = get();
        const previous = past.at(-1);
        if (!previous) return;
        set({ root: previous, past: past.slice(0, -1), future: [root, ...future], mergeTag: null, focusKey: null });
      },
      redo: () => {
        const { past, root, future } = get();
        const [next, ...rest] = future;
        if (!next) return;
        set({ root: next, past: [...past, root], future: rest, mergeTag: null, focusKey: null });
      },
      focused: () => set({ focusKey: null }),
    };
  });

export type BuilderStore = ReturnType<typeof createBuilderStore>;
