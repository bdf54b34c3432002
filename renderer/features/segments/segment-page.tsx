/** One segment: its question, list or combination, what it answers, and its life from draft to live to stopped. */
import { ActionIcon, Badge, Button, Menu, Text, TextInput } from '@mantine/core';
import { Copy, EllipsisVertical, Play, Save, Square, Trash2, Workflow } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { useStore } from 'zustand';
import { callError } from '../../../shared/contract/call.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { querySchema, type SetOperation } from '../../../shared/rules/segment/schema.ts';
import { useLeaveGuard } from '../../app/leave-guard.ts';
import { useAction, useCall, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';
import { showError } from '../../ui/toast.tsx';
import { createBuilderStore } from './builder-store.ts';
import { check } from './check.ts';
import { CompoundEditor } from './compound-editor.tsx';
import { MembersList } from './members-list.tsx';
import { QueryBuilder } from './query-builder.tsx';
import { StaticMembers } from './static-members.tsx';
import { fromQuery, toQuery } from './tree.ts';

type Segment = OutputOf<'segments.get'>;

export function SegmentPage() {
  const { id = '' } = useParams();
  const segment = useCall('segments.get', { id });
  if (segment.data === undefined) {
    const code = segment.error?.callError.code;
    return (
      <Page title={t('segments.title')} icon={Workflow}>
        {code === 'notFound' || code === 'badInput' ? (
          <EmptyState
            icon={Workflow}
            title={t('segments.missingTitle')}
            body={t('segments.missingBody')}
            action={
              <Button component={Link} href="/segments" variant="default">
                {t('segments.allSegments')}
              </Button>
            }
          />
        ) : (
          <QueryGate query={segment} lines={8}>
            {() => null}
          </QueryGate>
        )}
      </Page>
    );
  }
  return <Editor key={id} segment={segment.data} />;
}

const hereZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
/** The stored question in the form that the builder makes of it, so that the two can be compared. */
const asEdited = (query: Segment['query'], timeZone: string | null) =>
  toQuery(fromQuery(query), timeZone, { isSaved: true });
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const stateColor = { draft: 'gray', live: 'teal', stopped: 'orange' } as const;

function Editor({ segment }: { segment: Segment }) {
  const [, navigate] = useLocation();
  const [store] = useState(() => {
    const made = createBuilderStore(segment.query);
    made.getState().setTimeZone(segment.query?.timeZone ?? segment.timeZone ?? hereZone());
    return made;
  });
  const root = useStore(store, (state) => state.root);
  const timeZone = useStore(store, (state) => state.timeZone);
  const [name, setName] = useState(segment.name);
  const [operations, setOperations] = useState<readonly SetOperation[]>(segment.operations);
  const query = useMemo(() => toQuery(root, timeZone, { isSaved: true }), [root, timeZone]);
  // what the program has, in the form in which it is edited here
  const [saved, setSaved] = useState({ query, name, operations });
  const isDirty = name.trim() !== saved.name || !same(operations, saved.operations) || !same(query, saved.query);
  useLeaveGuard(isDirty);

  // saved in another window, or put back, while nothing is changed here: show it
  const seenVersion = useRef(segment.version);
  useEffect(() => {
    if (isDirty || segment.version === seenVersion.current) return;
    seenVersion.current = segment.version;
    const stored = asEdited(segment.query, segment.query?.timeZone ?? timeZone);
    if (!same(stored, query)) {
      store.getState().load(segment.query);
      store.getState().setTimeZone(stored.timeZone ?? null);
    }
    setSaved({ query: stored, name: segment.name, operations: segment.operations });
    setName(segment.name);
    setOperations(segment.operations);
  }, [segment, isDirty, query, timeZone, store]);

  const update = useAction('segments.update');
  const goLive = useAction('segments.goLive');
  const stop = useAction('segments.stop', { saved: t('segments.stopped') });
  const remove = useAction('segments.remove', { saved: t('segments.removed') });
  const create = useAction('segments.create', { saved: t('segments.duplicated') });
  const undo = useUndoToast();
  const isLocked = segment.wentLiveAtMs !== null;

  const save = async (isQuiet = false): Promise<boolean> => {
    if (name.trim() === '') return false;
    // behaviour of no kind, with conditions: neither kept as it is nor dropped
    if (segment.kind === 'dynamic' && !querySchema.safeParse(query).success) {
      showError(callError('queryInvalid', 'The question is not complete.'));
      return false;
    }
    const result = await update.run({
      id: segment.id,
      values: {
        ...(name.trim() === segment.name ? {} : { name: name.trim() }),
        ...(segment.kind === 'dynamic' ? { query, timeZone } : {}),
        ...(segment.kind === 'compound' ? { operations: [...operations] } : {}),
      },
    });
    if (!result.ok) return false;
    setSaved({ query, name: name.trim(), operations });
    if (!isQuiet) undo(t('segments.saved'), result.value.writeId);
    return true;
  };
  const live = async () => {
    if (segment.kind === 'dynamic' && check(root, timeZone, segment.id).errors > 0) {
      showError(callError('queryInvalid', 'The question is not complete.'));
      return;
    }
    if (isDirty && !(await save(true))) return;
    const result = await goLive.run({ id: segment.id });
    if (result.ok) undo(t('segments.wentLive', { count: result.value.memberCount }), result.value.writeId);
  };
  /** As it stands here, changes included: a question to vary while the first stays as it is. */
  const duplicate = async () => {
    const result = await create.run({
      values: {
        name: t('segments.copyOf', { name: segment.name.slice(0, 180) }),
        kind: segment.kind,
        timeZone,
        ...(segment.kind === 'dynamic' ? { query } : { operations: [...operations] }),
      },
    });
    if (result.ok) navigate(`/segments/${result.value.id}`);
  };
  useShortcuts([
    {
      keys: 'mod+s',
      label: t('segments.save'),
      run: () => void save(),
      inFields: true,
      disabled: !isDirty || update.pending,
    },
  ]);

  const members = (
    <Section title={t('segments.members')}>
      {segment.state === 'live' ? (
        <MembersList segmentId={segment.id} emptyText={t('segments.noMembers')} />
      ) : (
        <Text size="sm" c="dimmed">
          {t('segments.membersOnceLive')}
        </Text>
      )}
    </Section>
  );

  return (
    <Page
      title={segment.name}
      icon={Workflow}
      wide
      badges={
        <>
          <Badge color="gray">{choiceLabel(segment.kind)}</Badge>
          <Badge color={stateColor[segment.state]}>{choiceLabel(segment.state)}</Badge>
          {isDirty ? <Badge color="yellow">{t('segments.unsaved')}</Badge> : null}
        </>
      }
      actions={
        <>
          {segment.kind === 'static' && !isDirty ? null : (
            <ShortcutTooltip label={t('segments.save')} keys="mod+s">
              <Button
                variant="default"
                leftSection={<Save size={15} aria-hidden />}
                disabled={!isDirty || name.trim() === ''}
                loading={update.pending}
                onClick={() => void save()}
              >
                {t('segments.save')}
              </Button>
            </ShortcutTooltip>
          )}
          {segment.state === 'live' ? (
            <Button
              variant="default"
              leftSection={<Square size={14} aria-hidden />}
              loading={stop.pending}
              onClick={() => void stop.run({ id: segment.id })}
            >
              {t('segments.stop')}
            </Button>
          ) : (
            <Button leftSection={<Play size={14} aria-hidden />} loading={goLive.pending} onClick={() => void live()}>
              {t('segments.goLive')}
            </Button>
          )}
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('segments.more')}>
                <EllipsisVertical size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {segment.kind === 'static' ? null : (
                <Menu.Item leftSection={<Copy size={14} />} onClick={() => void duplicate()}>
                  {t('segments.duplicateSegment')}
                </Menu.Item>
              )}
              <Menu.Item
                color="red"
                leftSection={<Trash2 size={14} />}
                onClick={() =>
                  void remove.run({ ids: [segment.id] }).then((result) => {
                    if (result.ok) navigate('/segments');
                  })
                }
              >
                {t('segments.remove')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </>
      }
    >
      {isLocked ? null : (
        <TextInput
          label={t('segments.rename')}
          value={name}
          maw={460}
          mb="md"
          error={name.trim() === '' ? t('segments.nameRequired') : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      {segment.kind === 'dynamic' ? <QueryBuilder store={store} segmentId={segment.id} below={members} /> : null}
      {segment.kind === 'static' ? <StaticMembers segmentId={segment.id} /> : null}
      {segment.kind === 'compound' ? (
        <>
          <CompoundEditor segmentId={segment.id} operations={operations} onChange={setOperations} />
          {members}
        </>
      ) : null}
    </Page>
  );
}
