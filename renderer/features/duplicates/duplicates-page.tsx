/** Records that look like one: found by a search that goes on while a person is elsewhere, compared, merged, kept apart. */
import { Alert, Button, Group, SegmentedControl, Select } from '@mantine/core';
import { Combine, Search, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { bridge } from '../../app/client.ts';
import { newJobId, useJobs } from '../../app/live.ts';
import { refreshReads } from '../../app/use-call.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { t } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatInstant, formatNumber } from '../../ui/format.ts';
import { JobPanel } from '../../ui/job-panel.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { useKeepFocus } from '../../ui/keep-focus.ts';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';
import { showError } from '../../ui/toast.tsx';
import { BulkMerge } from './bulk-merge.tsx';
import { goTo, kinds, type Of, showFrom, showKind, useDuplicates } from './duplicates-store.ts';
import classes from './duplicates.module.css';
import { formatShare } from './format-share.ts';
import { type FoundGroup, GroupList, pageOptions, pageSize } from './group-list.tsx';
import { GroupView } from './group-view.tsx';
import { useUndoLast } from './use-undo-last.ts';

const leasts = [0.5, 0.8, 0.95, 0.99] as const;

export function DuplicatesPage() {
  const { of, least, done } = useDuplicates();
  const client = useQueryClient();
  const undoLast = useUndoLast();
  const [isBulk, setBulk] = useState(false);
  const running = useJobs(({ jobs }) =>
    Object.values(jobs).find((job) => job.kind === 'duplicates' && job.label === of && job.state === 'running'),
  );
  const first = useQuery(pageOptions(of, least, 0));
  const { search = null, total = 0 } = first.data ?? {};

  const start = async () => {
    const result = await bridge.call('duplicates.search', { of, jobId: newJobId() });
    goTo(of, 0);
    refreshReads(client);
    if (result.ok) await bridge.call('duplicates.keepLearned', { of, learned: result.value.learned });
    else if (result.error.code !== 'cancelled') showError(result.error);
  };
  useShortcuts([
    { keys: 'u', label: t('duplicates.undoLast'), run: () => void undoLast() },
    { keys: 's', label: t('duplicates.search'), run: () => void start(), disabled: running !== undefined },
  ]);

  const searchButton = (isMain: boolean) => (
    <ShortcutTooltip label={t('duplicates.search')} keys="s">
      <Button
        variant={isMain ? 'filled' : 'default'}
        leftSection={<Search size={15} aria-hidden />}
        disabled={running !== undefined}
        onClick={() => void start()}
      >
        {search === null ? t('duplicates.search') : t('duplicates.searchAgain')}
      </Button>
    </ShortcutTooltip>
  );

  const [lowest] = leasts;
  const other = kinds[(kinds.indexOf(of) + 1) % kinds.length] ?? 'contact';
  const nextLook =
    least > lowest ? (
      <Button variant="default" onClick={() => showFrom(lowest)}>
        {t('duplicates.showFrom', { share: formatShare(lowest) })}
      </Button>
    ) : (
      <Button variant="default" onClick={() => showKind(other)}>
        {t('duplicates.lookAmong', { kind: t(`duplicates.${other}`) })}
      </Button>
    );

  return (
    <Page
      title={t('duplicates.title')}
      icon={Combine}
      fill
      detail={
        search === null
          ? undefined
          : `${t('duplicates.found', { count: total })} · ${t('duplicates.searchedAt', { when: formatInstant(search.atMs) })}`
      }
      actions={
        <Group gap="xs" wrap="nowrap">
          <SegmentedControl
            aria-label={t('duplicates.kind')}
            value={of}
            data={kinds.map((each) => ({ value: each, label: t(`duplicates.${each}`) }))}
            onChange={(next) => showKind(kinds.find((each) => each === next) ?? 'contact')}
          />
          {search !== null && (
            <>
              <Select
                aria-label={t('duplicates.from')}
                w={116}
                allowDeselect={false}
                data={leasts.map((each) => ({
                  value: String(each),
                  label: t('duplicates.fromShare', { share: formatShare(each) }),
                }))}
                value={String(least)}
                onChange={(next) => showFrom(Number(next))}
              />
              {searchButton(false)}
              <Button disabled={total === 0} onClick={() => setBulk(true)}>
                {t('duplicates.bulk')}
              </Button>
            </>
          )}
          {done.length > 0 && (
            <ShortcutTooltip label={t('duplicates.undoLast')} keys="u">
              <Button variant="default" leftSection={<Undo2 size={15} aria-hidden />} onClick={() => void undoLast()}>
                {t('common.undo')}
              </Button>
            </ShortcutTooltip>
          )}
        </Group>
      }
    >
      {running !== undefined && (
        <div className={search === null ? classes.start : classes.notice}>
          <JobPanel key={running.jobId} jobId={running.jobId} title={t('duplicates.searching')} />
        </div>
      )}
      <QueryGate query={first}>
        {(found) =>
          found.search === null ? (
            running === undefined && (
              <EmptyState
                icon={Combine}
                title={t('duplicates.startTitle')}
                body={t('duplicates.startBody')}
                action={searchButton(true)}
              />
            )
          ) : (
            <>
              {found.search.stale && running === undefined && (
                <div className={classes.notice}>
                  <Alert variant="light" color="yellow" p="xs">
                    {t('duplicates.stale', { when: formatInstant(found.search.atMs) })}
                  </Alert>
                </div>
              )}
              {found.total === 0 ? (
                <EmptyState
                  icon={Combine}
                  title={t('duplicates.none')}
                  body={t('duplicates.noneBody', { records: formatNumber(found.search.records) })}
                  action={nextLook}
                />
              ) : (
                <Groups of={of} least={least} total={found.total} />
              )}
            </>
          )
        }
      </QueryGate>
      {isBulk && <BulkMerge of={of} onClose={() => setBulk(false)} />}
    </Page>
  );
}

function Groups({ of, least, total }: { readonly of: Of; readonly least: number; readonly total: number }) {
  const wanted = useDuplicates((state) => state.at[of]);
  // a decided group leaves the list: its place is taken by the one after it
  const at = Math.min(wanted, total - 1);
  const page = useQuery(pageOptions(of, least, Math.floor(at / pageSize)));
  const group = page.data?.rows[at % pageSize];
  const go = (to: number) => goTo(of, Math.min(to, total - 1));
  useShortcuts([
    { keys: 'j', label: t('duplicates.next'), run: () => go(at + 1) },
    { keys: 'k', label: t('duplicates.previous'), run: () => go(at - 1) },
    { keys: 'arrowdown', label: t('duplicates.next'), run: () => go(at + 1) },
    { keys: 'arrowup', label: t('duplicates.previous'), run: () => go(at - 1) },
  ]);
  return (
    <div className={classes.layout}>
      <div className={classes.side}>
        <GroupList of={of} least={least} total={total} at={at} onGo={go} />
      </div>
      {group !== undefined && <Detail key={group.members.map(({ id }) => id).join(' ')} of={of} group={group} />}
    </div>
  );
}

function Detail({ of, group }: { readonly of: Of; readonly group: FoundGroup }) {
  const place = useKeepFocus<HTMLDivElement>();
  return (
    <div className={classes.detail} ref={place} tabIndex={-1} role="group" aria-label={t('duplicates.pairOf')}>
      <GroupView of={of} group={group} />
    </div>
  );
}
