/** The lead list, starting with what a person of this role works on; unlinked leads can be linked all at once. */
import { Badge, Button, Group, Modal, Text } from '@mantine/core';
import { Link2, Plus, Target } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { ListViewId } from '../../../shared/contract/records.ts';
import type { LeadRecord } from '../../../shared/model/entities.ts';
import type { UserRole } from '../../../shared/model/picklists.ts';
import { leadViewsOf } from '../../../shared/rules/views.ts';
import { useAction, useCall, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { type ColumnSpec, RecordTable } from '../../ui/record-table.tsx';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';
import { showDone } from '../../ui/toast.tsx';
import { NewLead } from './new-lead.tsx';

export const personOf = (lead: Pick<LeadRecord, 'givenName' | 'familyName' | 'labels' | 'email'>): string =>
  lead.labels['contactId'] ??
  ([lead.givenName, lead.familyName].filter(Boolean).join(' ') || (lead.email ?? lead.labels['accountId'] ?? ''));

const selectionActions = (ids: readonly string[], view: ListViewId, clear: () => void) =>
  view === 'unlinked' ? <LinkSelected ids={ids} clear={clear} /> : null;
const viewActions = (view: ListViewId, total: number | null) =>
  view === 'unlinked' && total !== 0 ? <LinkAll /> : null;

export function LeadsPage() {
  const [, navigate] = useLocation();
  const session = useCall('session.get', {});
  const processes = useCall('processes.list', { limit: 50 });
  const [isNew, setIsNew] = useState(false);
  useShortcuts([{ keys: 'n', label: t('leads.newLead'), run: () => setIsNew(true) }]);

  const stageNames = useMemo(() => {
    const names = new Map<string, string>();
    for (const { definition } of processes.data?.rows ?? [])
      for (const { id, name } of definition.stages) names.set(id, name);
    return names;
  }, [processes.data]);

  const columns = useMemo<readonly ColumnSpec<'lead'>[]>(
    () => [
      {
        id: 'topic',
        render: ({ topic }) => (
          <Text span inherit fw={550}>
            {topic}
          </Text>
        ),
      },
      {
        id: 'person',
        header: t('leads.person'),
        width: 180,
        render: (lead) => personOf(lead),
      },
      {
        id: 'stage',
        width: 210,
        render: ({ stage, status }) =>
          status === 'open' ? (
            (stageNames.get(stage ?? '') ?? choiceLabel(stage ?? ''))
          ) : (
            <Badge color={status === 'qualified' ? 'teal' : 'gray'}>{choiceLabel(status)}</Badge>
          ),
      },
      {
        id: 'score',
        header: t('leads.score'),
        width: 90,
        align: 'right',
        render: ({ score, grade }) =>
          score === null ? (
            <Text span inherit c="dimmed">
              –
            </Text>
          ) : (
            <Group gap={6} justify="flex-end" wrap="nowrap">
              <span>{score}</span>
              {grade === null ? null : <Badge size="sm">{grade}</Badge>}
            </Group>
          ),
      },
    ],
    [stageNames],
  );

  return (
    <Page
      title={t('leads.title')}
      icon={Target}
      fill
      actions={
        <ShortcutTooltip label={t('leads.newLead')} keys="n">
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setIsNew(true)}>
            {t('leads.newLead')}
          </Button>
        </ShortcutTooltip>
      }
    >
      <QueryGate query={session}>
        {({ role }) => {
          const offered = leadViewsOf(role);
          return (
            <RecordTable
              entity="lead"
              storageKey="leads"
              noun={t('leads.noun')}
              columns={columns}
              defaultColumns={['topic', 'person', 'company', 'stage', 'score', 'ownerId', 'source', 'updatedAtMs']}
              views={offered}
              initialView={offered[0] ?? 'all'}
              initialSort={{ field: 'updatedAtMs', direction: 'desc' }}
              onOpen={({ id }) => navigate(`/leads/${id}`)}
              selectionActions={selectionActions}
              viewActions={viewActions}
              empty={{
                icon: Target,
                ...emptyOf(role),
                action: (
                  <Button variant="default" onClick={() => setIsNew(true)}>
                    {t('leads.newLead')}
                  </Button>
                ),
              }}
            />
          );
        }}
      </QueryGate>
      <Modal
        opened={isNew}
        onClose={() => setIsNew(false)}
        title={t('leads.newLead')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <NewLead onCancel={() => setIsNew(false)} onMade={(id) => navigate(`/leads/${id}`)} />
      </Modal>
    </Page>
  );
}

/** Each role starts in its own view, whose leads come from somebody else's work. */
function emptyOf(role: UserRole): { title: string; body: string } {
  if (role === 'seller') return { title: t('leads.emptySalesReady'), body: t('leads.emptySalesReadyBody') };
  if (role === 'teleprospector')
    return { title: t('leads.emptyTeleprospecting'), body: t('leads.emptyTeleprospectingBody') };
  return { title: t('leads.emptyTitle'), body: t('leads.emptyBody') };
}

function useLinkAll() {
  const link = useAction('leads.linkAll');
  const undo = useUndoToast();
  const run = async (ids?: readonly string[]) => {
    const result = await link.run(ids === undefined ? {} : { ids: [...ids] });
    if (!result.ok) return;
    const { linked, created, pending, writeId } = result.value;
    if (linked + created + pending === 0) showDone(t('leads.linkedNone'));
    else undo(t('leads.linkedAll', { linked, created, pending }), writeId);
  };
  return { run, pending: link.pending };
}

function LinkAll() {
  const link = useLinkAll();
  return (
    <Group gap="sm" wrap="wrap">
      <Button
        variant="light"
        leftSection={<Link2 size={15} aria-hidden />}
        loading={link.pending}
        onClick={() => void link.run()}
      >
        {t('leads.linkAll')}
      </Button>
      <Text size="xs" c="dimmed">
        {t('leads.unlinkedNote')}
      </Text>
    </Group>
  );
}

function LinkSelected({ ids, clear }: { readonly ids: readonly string[]; readonly clear: () => void }) {
  const link = useLinkAll();
  return (
    <Button
      variant="light"
      leftSection={<Link2 size={15} aria-hidden />}
      loading={link.pending}
      onClick={() => void link.run(ids).then(clear)}
    >
      {t('leads.linkAllSelected', { count: ids.length })}
    </Button>
  );
}
