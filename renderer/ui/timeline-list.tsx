/** What happened, newest first, by day; further pages on demand. */
import { Button, Group, Select, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import {
  CalendarCheck,
  CheckSquare,
  CircleDot,
  type LucideIcon,
  MailOpen,
  MousePointerClick,
  NotebookPen,
  Paperclip,
  PhoneCall,
  PhoneMissed,
  ScanLine,
  ShieldCheck,
  Waypoints,
} from 'lucide-react';
import { useState } from 'react';
import type { OutputOf } from '../../shared/contract/index.ts';
import type { TimelineEntry } from '../../shared/contract/parts.ts';
import { assertNever } from '../../shared/result.ts';
import { bridge } from '../app/client.ts';
import { CallFailure } from '../app/failure.ts';
import { t } from '../i18n/index.ts';
import { choiceLabel, reasonLabel } from '../i18n/words.ts';
import { EmptyState } from './empty-state.tsx';
import { formatInstantDay, formatTime } from './format.ts';
import { FailureNote } from './query-gate.tsx';
import classes from './timeline-list.module.css';

const byEntity: Readonly<Record<TimelineEntry['entity'], LucideIcon>> = {
  interaction: MousePointerClick,
  call: PhoneCall,
  stageMove: Waypoints,
  consentChange: ShieldCheck,
  registration: CalendarCheck,
  checkIn: CalendarCheck,
  task: CheckSquare,
  note: NotebookPen,
  attachment: Paperclip,
};
const byKind: Readonly<Record<string, LucideIcon>> = {
  emailOpened: MailOpen,
  badgeScanned: ScanLine,
  callAttempted: PhoneMissed,
  callConnected: PhoneCall,
};

type Next = OutputOf<'timeline.page'>['next'];

/** What may be shown alone; each stands for these kinds of records. */
const shownKinds = {
  interaction: ['interaction'],
  call: ['call'],
  note: ['note'],
  attachment: ['attachment'],
  task: ['task'],
  stageMove: ['stageMove'],
  registration: ['registration', 'checkIn'],
  consentChange: ['consentChange'],
} as const satisfies Readonly<Record<string, readonly TimelineEntry['entity'][]>>;
type Shown = keyof typeof shownKinds;
const everyShown = Object.keys(shownKinds) as Shown[];

type Props = { readonly of: 'contact' | 'lead' | 'account'; readonly id: string };

export function TimelineList(props: Props) {
  const [only, setOnly] = useState<Shown | null>(null);
  return (
    <>
      <Select
        size="xs"
        my="xs"
        aria-label={t('timeline.show')}
        data={[
          { value: '', label: t('timeline.everything') },
          ...everyShown.map((value) => ({ value, label: t(`timeline.shown.${value}`) })),
        ]}
        value={only ?? ''}
        allowDeselect={false}
        onChange={(value) => setOnly(everyShown.find((each) => each === value) ?? null)}
      />
      <Entries {...props} only={only} />
    </>
  );
}

function Entries({ of, id, only }: Props & { readonly only: Shown | null }) {
  const query = useInfiniteQuery<OutputOf<'timeline.page'>, CallFailure, OutputOf<'timeline.page'>[], unknown[], Next>({
    queryKey: ['timeline.page', of, id, only],
    queryFn: async ({ pageParam }) => {
      const result = await bridge.call('timeline.page', {
        of,
        id,
        limit: 50,
        ...(only === null ? {} : { kinds: [...shownKinds[only]] }),
        ...(pageParam === null ? {} : { before: pageParam }),
      });
      if (!result.ok) throw new CallFailure(result.error);
      return result.value;
    },
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    select: ({ pages }) => pages,
  });
  if (query.data === undefined) {
    return query.error ? <FailureNote failure={query.error} retry={() => void query.refetch()} /> : null;
  }
  const entries = query.data.flatMap((page) => page.entries);
  if (entries.length === 0) {
    return only === null ? (
      <EmptyState icon={CircleDot} title={t('timeline.empty')} body={t('timeline.emptyHint')} />
    ) : (
      <EmptyState icon={CircleDot} title={t('timeline.emptyOfKind')} body={t('timeline.emptyOfKindHint')} />
    );
  }
  const reopened = reopenings(entries);
  const days = Map.groupBy(entries, ({ atMs }) => formatInstantDay(atMs));
  return (
    <div>
      {[...days].map(([day, list]) => (
        <section key={day} aria-label={day}>
          <h3 className={classes.day}>{day}</h3>
          <ol className={classes.list}>
            {list.map((entry) => (
              <Entry key={entry.id} entry={entry} isReopening={reopened.has(entry.id)} />
            ))}
          </ol>
        </section>
      ))}
      {query.hasNextPage && (
        <Group justify="center" mt="sm">
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('common.showMore')}
          </Button>
        </Group>
      )}
    </div>
  );
}

/** Moves from nowhere of leads that had moved before: they were closed and taken up again. Newest first. */
function reopenings(entries: readonly TimelineEntry[]): ReadonlySet<string> {
  const moves = entries.filter(({ entity }) => entity === 'stageMove');
  const isAgain = ({ title, leadId }: TimelineEntry, at: number) =>
    title.startsWith(' → ') && moves.slice(at + 1).some((older) => older.leadId === leadId);
  return new Set(moves.filter(isAgain).map(({ id }) => id));
}

/** Moves and changes of level name both ends by their ids. */
function titleOf({ entity, kind, title }: TimelineEntry, isReopening = false): string {
  if (title === '' || title === kind) return choiceLabel(kind);
  if (entity !== 'stageMove' && entity !== 'consentChange') return title;
  return title
    .split(' → ')
    .map((end, at) => {
      if (end === '') return at === 0 && !isReopening ? t('leads.moveStart') : t('leads.moveEnd');
      return /^[a-z][A-Za-z]*$/.test(end) ? choiceLabel(end) : end;
    })
    .join(' → ');
}

/** What kind of thing it was, where the title names its subject only. */
function kindOf({ entity, kind }: TimelineEntry): string | null {
  switch (entity) {
    case 'interaction':
      return choiceLabel(kind);
    case 'registration':
      return kind === 'registered'
        ? t('timeline.registration')
        : t('timeline.registrationIs', { status: choiceLabel(kind) });
    case 'checkIn':
      return t('timeline.checkIn');
    case 'task':
      return t('timeline.task', { kind: choiceLabel(kind) });
    case 'call':
      return t('timeline.call', { outcome: choiceLabel(kind) });
    case 'note':
      return t('timeline.note');
    case 'attachment':
      return t('timeline.attachment');
    case 'stageMove':
    case 'consentChange':
      return null;
    default:
      return assertNever(entity);
  }
}

/** Its kind, and what else is known; a reason chosen from a list comes as its id. */
function detailOf(entry: TimelineEntry): string {
  const title = titleOf(entry);
  const detail = entry.entity === 'stageMove' && entry.detail !== null ? reasonLabel(entry.detail) : entry.detail;
  return [kindOf(entry), detail].filter((each) => each !== null && each !== '' && each !== title).join(' · ');
}

function Entry({ entry, isReopening }: { readonly entry: TimelineEntry; readonly isReopening: boolean }) {
  const Icon = byKind[entry.kind] ?? byEntity[entry.entity];
  return (
    <li className={classes.entry}>
      <span className={classes.dot}>
        <Icon size={14} aria-hidden />
      </span>
      <div className={classes.body}>
        <Group justify="space-between" gap="sm" wrap="nowrap" align="baseline">
          <Text size="sm" fw={500}>
            {titleOf(entry, isReopening)}
          </Text>
          <Text size="xs" c="dimmed" className={classes.time}>
            {formatTime(entry.atMs)}
          </Text>
        </Group>
        {detailOf(entry) !== '' && (
          <Text size="sm" c="dimmed" className={classes.detail}>
            {detailOf(entry)}
          </Text>
        )}
      </div>
    </li>
  );
}
