/** One node of the question with everything below it. */
import { SegmentedControl, Switch, Text, Tooltip } from '@mantine/core';
import { type KeyboardEvent, memo, useEffect, useRef } from 'react';
import type { EntityName } from '../../../shared/model/entities.ts';
import { t } from '../../i18n/index.ts';
import { AddMenu } from './add-menu.tsx';
import { BehaviourHead, RelatedHead } from './block-heads.tsx';
import { useBuilder, useBuilderState } from './builder-context.tsx';
import classes from './builder.module.css';
import { entityInside } from './node-facts.ts';
import { NodeTail } from './node-tail.tsx';
import { RowEditor } from './row-editor.tsx';
import { SegmentEditor } from './segment-editor.tsx';
import { type EditorContainer, type EditorNode, isBlank } from './tree.ts';
import { nodeName } from './words.ts';

type Props = { readonly node: EditorNode; readonly entity: EntityName; readonly isRoot?: boolean };

export const NodeView = memo(function NodeView({ node, entity, isRoot = false }: Props) {
  const { store, issueOf } = useBuilder();
  const element = useRef<HTMLDivElement>(null);
  const wantsFocus = useBuilderState(({ focusKey }) => focusKey === node.key);
  useEffect(() => {
    if (!wantsFocus) return;
    const inside = element.current?.querySelector<HTMLElement>('[data-body] input, [data-body] button');
    inside?.focus();
    element.current?.scrollIntoView({ block: 'nearest' });
    store.getState().focused();
  }, [wantsFocus, store]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (isRoot || !event.altKey || event.ctrlKey || event.metaKey) return;
    const state = store.getState();
    const actions: Readonly<Record<string, () => void>> = {
      ArrowUp: () => state.move(node.key, -1),
      ArrowDown: () => state.move(node.key, 1),
      KeyD: () => state.duplicate(node.key),
      KeyX: () => state.toggleDisabled(node.key),
      KeyG: () => state.wrap(node.key),
      Backspace: () => state.remove(node.key),
      Delete: () => state.remove(node.key),
    };
    const action = actions[event.code];
    if (action === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };

  const issue = issueOf(node.key);
  const isUnfinished = issue?.code === 'missingValue' || isBlank(node);
  const note =
    issue === undefined || (isRoot && issue.code === 'empty') ? null : (
      <Text
        className={classes.note ?? ''}
        data-tone={issue.severity === 'error' && !isUnfinished ? 'error' : undefined}
        component="div"
      >
        {isUnfinished ? t('segments.incomplete') : t(`segments.issues.${issue.code}`)}
      </Text>
    );

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the inputs inside arrive here
    <div
      ref={element}
      className={classes.node}
      role="group"
      aria-label={isRoot ? t('segments.builder') : nodeName(node)}
      aria-disabled={node.disabled || undefined}
      data-off={node.disabled || undefined}
      onKeyDown={onKeyDown}
    >
      {node.kind === 'row' || node.kind === 'segment' ? (
        <div className={classes.row}>
          <div className={classes.editors} data-body>
            {node.kind === 'row' ? <RowEditor row={node} entity={entity} /> : <SegmentEditor node={node} />}
            {note}
            {node.disabled ? <div className={classes.note}>{t('segments.disabled')}</div> : null}
          </div>
          <NodeTail node={node} isRoot={false} />
        </div>
      ) : (
        <Container node={node} entity={entity} isRoot={isRoot} note={note} />
      )}
    </div>
  );
});

function Container({
  node,
  entity,
  isRoot,
  note,
}: {
  node: EditorContainer;
  entity: EntityName;
  isRoot: boolean;
  note: React.ReactNode;
}) {
  const inside = entityInside(node, entity);
  return (
    <div
      className={isRoot ? classes.root : classes.block}
      data-kind={node.kind}
      data-not={(node.kind === 'group' && node.not) || undefined}
    >
      <div className={classes.head} data-body>
        {node.kind === 'related' ? <RelatedHead node={node} /> : null}
        {node.kind === 'behaviour' ? <BehaviourHead node={node} /> : null}
        {node.kind !== 'group' && node.children.length > 0 ? (
          <Text size="sm" c="dimmed">
            {t('segments.where')}
          </Text>
        ) : null}
        {node.kind === 'group' || node.children.length > 1 ? <MatchPicker node={node} /> : null}
        {node.kind === 'group' ? <NotSwitch node={node} /> : null}
        <div style={{ flex: 1 }} />
        <NodeTail node={node} isRoot={isRoot} />
      </div>
      {note}
      {node.disabled ? <div className={classes.note}>{t('segments.disabled')}</div> : null}
      <div className={classes.children}>
        {inside === null
          ? null
          : node.children.map((child) => <NodeView key={child.key} node={child} entity={inside} />)}
      </div>
      {node.children.length === 0 ? (
        <div className={classes.note}>
          {node.kind === 'group' ? t('segments.emptyGroup') : t('segments.emptyBlock')}
        </div>
      ) : null}
      {inside === null ? null : (
        <AddMenu parentKey={node.key} entity={inside} where={isRoot ? t('segments.rootName') : nodeName(node)} />
      )}
    </div>
  );
}

function MatchPicker({ node }: { node: EditorContainer }) {
  const { store } = useBuilder();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('segments.matchLabel')}
      value={node.match}
      onChange={(match) =>
        store
          .getState()
          .update(node.key, (before) =>
            'match' in before ? { ...before, match: match === 'any' ? 'any' : 'all' } : before,
          )
      }
      data={[
        { value: 'all', label: t('segments.matchAll') },
        { value: 'any', label: t('segments.matchAny') },
      ]}
    />
  );
}

function NotSwitch({ node }: { node: EditorContainer }) {
  const { store } = useBuilder();
  return (
    <Tooltip label={t('segments.notHint')}>
      <div>
        <Switch
          size="xs"
          label={t('segments.not')}
          checked={node.not}
          onChange={(event) => {
            const not = event.currentTarget.checked;
            store.getState().update(node.key, (before) => ('not' in before ? { ...before, not } : before));
          }}
        />
      </div>
    </Tooltip>
  );
}
