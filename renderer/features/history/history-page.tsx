/** Everything that was done in this workspace, newest first: a bulk change or an import is one entry with one way back. */
import { Anchor, Badge, Button, Group, Table, Text, VisuallyHidden } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { History, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { bridge } from '../../app/client.ts';
import { CallFailure } from '../../app/failure.ts';
import { recordPath } from '../../app/record-path.ts';
import { useAction } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel, fieldLabel, kindCount } from '../../i18n/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { FailureNote } from '../../ui/query-gate.tsx';
import { showDone } from '../../ui/toast.tsx';
import { authorOf, causeOf } from './history-panel.tsx';
import { OperationUndoDialog } from './operation-undo.tsx';

type Entry = OutputOf<'history.page'>['entries'][number];

/** What the program itself set up is not offered to be taken apart. */
const isOffered = ({ cause, state, first, records }: Entry): boolean =>
  state !== 'undone' && cause !== 'system' && cause !== 'seed' && (first !== null || records > 1);

export function HistoryPage() {
  const query = useInfiniteQuery<
    OutputOf<'history.page'>,
    CallFailure,
    { pages: OutputOf<'history.page'>[] },
    ['history.page'],
    number | null
  >({
    queryKey: ['history.page'],
    queryFn: async ({ pageParam }) => {
      const result = await bridge.call('history.page', pageParam === null ? {} : { before: pageParam });
      if (!result.ok) throw new CallFailure(result.error);
      return result.value;
    },
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
  });
  const undo = useAction('history.undo');
  const [asked, setAsked] = useState<string | null>(null);
  const putBack = async (entry: Entry) => {
    if (entry.operationId !== null) {
      setAsked(entry.operationId);
      return;
    }
    const result = await undo.run({ writeId: entry.writeId });
    if (!result.ok) return;
    const { kept } = result.value;
    showDone(kept === 0 ? t('common.undone') : t('common.undoneKept', { count: kept }));
  };
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <Page title={t('history.title')} icon={History} detail={t('history.pageHint')} wide>
      {asked !== null && <OperationUndoDialog operationId={asked} onClose={() => setAsked(null)} />}
      {query.error !== null && <FailureNote failure={query.error} retry={() => void query.refetch()} />}
      {query.data !== undefined && entries.length === 0 && (
        <EmptyState icon={History} title={t('history.nothingYet')} body={t('history.nothingYetHint')} />
      )}
      {entries.length > 0 && (
        <Table verticalSpacing={6} highlightOnHover aria-label={t('history.title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={190}>{t('history.when')}</Table.Th>
              <Table.Th>{t('history.what')}</Table.Th>
              <Table.Th w="24%">{t('history.who')}</Table.Th>
              <Table.Th w={150}>
                <VisuallyHidden>{t('history.putBack')}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {entries.map((entry) => (
              <EntryRow
                key={entry.operationId ?? entry.writeId}
                entry={entry}
                pending={undo.pending}
                onPutBack={() => void putBack(entry)}
              />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {query.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('history.older')}
          </Button>
        </Group>
      )}
    </Page>
  );
}

type RowProps = { readonly entry: Entry; readonly pending: boolean; readonly onPutBack: () => void };

function EntryRow({ entry, pending, onPutBack }: RowProps) {
  const { operation, cause, fields, state, records } = entry;
  const when = formatInstant(entry.atMs);
  const shownFields = operation === 'update' ? fields.slice(0, 4).map(fieldLabel).join(', ') : '';
  return (
    <Table.Tr>
      <Table.Td>{when}</Table.Td>
      <Table.Td>
        <Group gap={6}>
          <Text size="sm" fw={600}>
            {t(`history.${operation}`)}
          </Text>
          <Subject entry={entry} />
          {(cause !== 'edit' || entry.causeLabel !== null) && <Badge color="gray">{causeOf(entry)}</Badge>}
          {state === 'undone' && <Badge color="yellow">{t('history.wasPutBack')}</Badge>}
          {state === 'partly' && <Badge color="orange">{t('history.partlyPutBack')}</Badge>}
        </Group>
        {shownFields !== '' && (
          <Text size="xs" c="dimmed">
            {shownFields}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Text size="sm" c="dimmed">
          {authorOf(entry)}
        </Text>
      </Table.Td>
      <Table.Td ta="right">
        {isOffered(entry) && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<Undo2 size={14} aria-hidden />}
            disabled={pending}
            aria-label={
              entry.operationId === null
                ? t('history.putBackOf', { when })
                : `${t('history.undoAll')} (${kindCount('record', records)}), ${when}`
            }
            onClick={onPutBack}
          >
            {entry.operationId === null ? t('history.putBack') : t('history.undoAll')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

/** A call is called by its outcome, which is one of a list. */
const labelOf = ({ entity, label }: NonNullable<Entry['first']>): string =>
  entity === 'call' && label !== '' ? `(${choiceLabel(label).toLowerCase()})` : label;

/** 'Ann Baker and 2,496 more'. */
function Subject({ entry: { first, records } }: { readonly entry: Entry }) {
  const path = first === null ? null : recordPath(first.entity, first.id);
  const name = first === null ? t('history.purged') : [choiceLabel(first.entity), labelOf(first)].join(' ').trim();
  return (
    <Text size="sm" component="span" dir="auto" style={{ overflowWrap: 'anywhere' }}>
      {path === null ? (
        name
      ) : (
        <Anchor component={Link} href={path} size="sm">
          {name}
        </Anchor>
      )}
      {records > 1 && ` ${t('history.andOthers', { count: records - 1 })}`}
    </Text>
  );
}
