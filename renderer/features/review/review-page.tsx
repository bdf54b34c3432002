/** Items that wait for a person: what came in beside the candidates, decided by key. */
import { Button, Group, Select, Text, UnstyledButton } from '@mantine/core';
import { ClipboardCheck, Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import type { ReviewItem } from '../../../shared/contract/imports.ts';
import { useAction, useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { chooseFolder, takeFiles } from '../../ui/file-links.tsx';
import { formatInstant, formatNumber } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { showDone } from '../../ui/toast.tsx';
import { ReviewDetail } from './review-detail.tsx';
import classes from './review.module.css';

export function ReviewPage() {
  const { importId } = useParams<{ importId?: string }>();
  const [, navigate] = useLocation();
  const filter = importId === undefined ? {} : { importId };
  const list = useCall('reviewQueue.list', { limit: 500, ...filter }, { keep: true });
  const imports = useCall('imports.list', { limit: 200 });
  const exporting = useAction('reviewQueue.export');
  const exportAll = async () => {
    const folder = await chooseFolder();
    if (folder === null) return;
    const result = await exporting.run({ folder: folder.folder, ...filter });
    if (!result.ok) return;
    const links = await takeFiles(folder, [result.value.file]);
    showDone(t('review.exported', { rows: formatNumber(result.value.rows) }));
    // a page of this machine saves the file by following its link
    const [first] = links;
    if (first !== undefined) {
      const link = document.createElement('a');
      link.href = first.url;
      link.download = first.name;
      link.click();
    }
  };
  const total = list.data?.total ?? 0;
  // those that left something to decide; what was decided since shows as nothing waiting
  const choices = (imports.data?.rows ?? [])
    .filter((each) => each.importId === importId || (!each.undone && each.pending + each.failed > 0))
    .map((each) => ({ value: each.importId, label: `${each.fileName} · ${formatInstant(each.startedAtMs)}` }));
  return (
    <Page
      title={t('review.title')}
      icon={ClipboardCheck}
      fill
      detail={total > 0 ? t('review.count', { count: total }) : undefined}
      actions={
        <Group gap="xs">
          {choices.length > 0 && (
            <Select
              aria-label={t('review.ofImport')}
              placeholder={t('review.everything')}
              data={choices}
              value={importId ?? null}
              clearable
              clearButtonProps={{ 'aria-label': t('review.showAll') }}
              w={270}
              onChange={(next) => navigate(next === null ? '/review' : `/review/${next}`)}
            />
          )}
          {total > 0 && (
            <Button
              variant="default"
              leftSection={<Download size={15} aria-hidden />}
              loading={exporting.pending}
              onClick={() => void exportAll()}
            >
              {t('review.export')}
            </Button>
          )}
        </Group>
      }
    >
      <QueryGate query={list}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState
              icon={ClipboardCheck}
              title={t('review.empty')}
              body={importId === undefined ? t('review.emptyHint') : t('review.emptyImportHint')}
              action={
                importId === undefined ? (
                  <Button variant="default" onClick={() => navigate('/duplicates')}>
                    {t('duplicates.lookFor')}
                  </Button>
                ) : (
                  <Button onClick={() => navigate('/review')}>{t('review.showAll')}</Button>
                )
              }
            />
          ) : (
            <Items rows={rows} />
          )
        }
      </QueryGate>
    </Page>
  );
}

function Items({ rows }: { readonly rows: readonly ReviewItem[] }) {
  const [currentId, setCurrentId] = useState<string | null>(null);
  // a decided item leaves the list: its place is taken by the one after it
  const place = useRef(0);
  const found = rows.findIndex(({ id }) => id === currentId);
  const at = found === -1 ? Math.min(place.current, rows.length - 1) : found;
  place.current = at;
  const current = rows[at];
  const list = useRef<HTMLUListElement>(null);
  const go = (to: number) => setCurrentId(rows[Math.max(0, Math.min(rows.length - 1, to))]?.id ?? null);
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  useShortcuts([
    { keys: 'j', label: t('review.next'), run: () => go(at + 1) },
    { keys: 'k', label: t('review.previous'), run: () => go(at - 1) },
    { keys: 'arrowdown', label: t('review.next'), run: () => go(at + 1) },
    { keys: 'arrowup', label: t('review.previous'), run: () => go(at - 1) },
  ]);
  return (
    <div className={classes.layout}>
      <ul className={classes.items} ref={list} aria-label={t('review.list')}>
        {rows.map((item) => (
          <li key={item.id}>
            <UnstyledButton
              className={classes.item}
              aria-current={item.id === current?.id}
              data-current={item.id === current?.id || undefined}
              onClick={() => setCurrentId(item.id)}
            >
              <Group justify="space-between" wrap="nowrap" gap="xs">
                <Text size="sm" fw={500} truncate>
                  {nameOf(item)}
                </Text>
                <Text size="xs" c="dimmed" className={classes.reason}>
                  {t(`review.${item.reason}`)}
                </Text>
              </Group>
              <Text size="xs" c="dimmed" truncate>
                {item.line === null
                  ? item.sourceName
                  : t('review.from', { source: item.sourceName, line: formatNumber(item.line) })}
              </Text>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {current !== undefined && <ReviewDetail item={current} key={current.id} />}
    </div>
  );
}

/** The best of what came in to tell items apart. */
function nameOf({ values, message }: ReviewItem): string {
  const name = [values['givenName'], values['familyName']].filter(Boolean).join(' ');
  return name || values['fullName'] || values['email'] || values['company'] || values['accountName'] || message;
}
