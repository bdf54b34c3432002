/** One lead: where it stands in its process, what can be done next, its score and why, who it is, what happened. */
import { ActionIcon, Alert, Badge, Button, Menu, Text } from '@mantine/core';
import { EllipsisVertical, Info, Target } from 'lucide-react';
import { useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import type { LeadDetail } from '../../../shared/contract/leads.ts';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel, reasonLabel } from '../../i18n/words.ts';
import { BinButton, hereNow, useBin } from '../../ui/bin-actions.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Page, Section } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Keys, ShortcutTooltip } from '../../ui/shortcuts.tsx';
import { SideTabs } from '../../ui/side-tabs.tsx';
import { TimelineList } from '../../ui/timeline-list.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
import { DropOnPage } from '../notes/drop-on-page.tsx';
import { filesTab, notesTab } from '../notes/kept-tabs.tsx';
import { useAround } from '../notes/use-around.ts';
import type { LeadAction } from './flags.ts';
import { LeadDetails } from './lead-details.tsx';
import { LeadPeople } from './lead-people.tsx';
import { personOf } from './leads-page.tsx';
import classes from './leads.module.css';
import { OpportunityPanel } from './opportunity-panel.tsx';
import { ProcessBar } from './process-bar.tsx';
import { ScoreLedger, ScoreSummary } from './score-panel.tsx';
import { SideBySide } from './side-by-side.tsx';
import { StagePanel } from './stage-panel.tsx';
import { actionKeys, useLeadActions } from './use-lead-actions.tsx';

export function LeadPage() {
  const { id = '' } = useParams();
  const detail = useCall('leads.detail', { id }, { keep: false });
  if (detail.data !== undefined) return <Lead key={id} detail={detail.data} />;
  const code = detail.error?.callError.code;
  return (
    <Page title={t('leads.title')} icon={Target}>
      {code === 'notFound' || code === 'badInput' ? (
        <EmptyState
          icon={Target}
          title={t('leads.missingTitle')}
          body={t('leads.missingBody')}
          action={
            <Button component={Link} href="/leads" variant="default">
              {t('leads.allLeads')}
            </Button>
          }
        />
      ) : (
        <QueryGate query={detail} lines={10}>
          {() => null}
        </QueryGate>
      )}
    </Page>
  );
}

function Lead({ detail }: { detail: LeadDetail }) {
  const { lead, contact, account, process } = detail;
  const { stages } = process.definition;
  // null: follow the lead
  const [shownStage, setShownStage] = useState<string | null>(null);
  const actions = useLeadActions(detail, () => setShownStage(null));
  const counts = useAround('lead', lead.id);
  const kept = { of: 'lead', id: lead.id, isClosed: lead.deletedAtMs !== null } as const;
  const shown = shownStage ?? lead.stage;
  const stage = stages.find(({ id }) => id === shown);
  const isUnlinked = lead.contactId === null && lead.accountId === null;
  const who = [contact?.label ?? personOf(lead), account?.label ?? contact?.company ?? lead.company]
    .filter((part) => part !== null && part !== undefined && part !== '')
    .join(' · ');
  const owner =
    lead.labels['ownerId'] === undefined ? t('leads.noOwner') : t('leads.owner', { name: lead.labels['ownerId'] });

  return (
    <Page
      title={lead.topic}
      icon={Target}
      wide
      badges={
        <>
          {lead.status === 'open' ? null : (
            <Badge color={lead.status === 'qualified' ? 'teal' : 'gray'}>{choiceLabel(lead.status)}</Badge>
          )}
          {lead.deletedAtMs === null ? null : <Badge color="red">{t('contacts.inBin')}</Badge>}
          {isUnlinked ? <Badge color="orange">{t('leads.unlinkedBadge')}</Badge> : null}
          {lead.salesReady ? <Badge color="teal">{t('leads.flags.salesReady')}</Badge> : null}
          {lead.recycleCount !== null && lead.recycleCount > 0 ? (
            <Badge color="yellow">{t('leads.recycledCount', { count: lead.recycleCount })}</Badge>
          ) : null}
        </>
      }
      detail={[who, owner].filter(Boolean).join(' · ')}
      actions={<Actions lead={lead} actions={actions} />}
    >
      <DropOnPage {...kept} label={lead.label} />
      <ClosedNote detail={detail} />
      <ProcessBar detail={detail} shown={shown} onShow={setShownStage} />
      {stage === undefined ? (
        <div className={classes.panel}>{t('leads.stageGone')}</div>
      ) : (
        <StagePanel key={`${stage.id}-${lead.stage}`} detail={detail} stage={stage} actions={actions} />
      )}
      <div className={classes.columns}>
        <Section title={t('leads.about')}>
          <SideTabs
            tabs={[
              {
                id: 'timeline',
                label: t('leads.tabTimeline'),
                content: <TimelineList of="lead" id={lead.id} />,
              },
              notesTab(kept, counts),
              { id: 'score', label: t('leads.tabScore'), content: <ScoreLedger detail={detail} /> },
              { id: 'moves', label: t('leads.moves'), content: <Moves detail={detail} /> },
              filesTab(kept, counts),
              {
                id: 'beside',
                label: t('leads.tabBeside'),
                count: detail.siblings.length,
                content: () => <SideBySide detail={detail} />,
              },
              { id: 'details', label: t('leads.tabDetails'), content: <LeadDetails detail={detail} /> },
              {
                id: 'history',
                label: t('leads.tabHistory'),
                content: <HistoryPanel entity="lead" id={lead.id} />,
              },
            ]}
          />
        </Section>
        <aside>
          <Section title={t('leads.scoreTitle')}>
            <ScoreSummary detail={detail} />
          </Section>
          {lead.status === 'qualified' ? <OpportunityPanel lead={lead} /> : null}
          <LeadPeople detail={detail} />
        </aside>
      </div>
      {actions.dialog}
    </Page>
  );
}

const danger: readonly LeadAction[] = ['disqualify'];

function Actions({ lead, actions }: { lead: LeadDetail['lead']; actions: ReturnType<typeof useLeadActions> }) {
  const [, navigate] = useLocation();
  const bin = useBin('leads');
  // what is in the bin has no next step but to come out of it
  if (lead.deletedAtMs !== null) return <BinButton area="leads" ids={[lead.id]} isInBin />;
  const toBin = async () => {
    const isStillHere = hereNow();
    if ((await bin.remove([lead.id])) && isStillHere()) navigate('/leads');
  };
  const { available, main, run, pending } = actions;
  // the flags that most often come next stand beside the main step
  const beside: readonly LeadAction[] = available
    .filter((action) => action !== main && action !== 'next' && action !== 'back')
    .filter((action) => action === 'salesReady' || action === 'teleprospectReady')
    .slice(0, 2);
  const rest = available.filter((action) => action !== main && !beside.includes(action));
  return (
    <>
      {beside.map((action) => (
        <ShortcutTooltip key={action} label={t(`leads.actions.${action}`)} keys={actionKeys[action]}>
          <Button variant="default" disabled={pending} onClick={() => void run(action)}>
            {t(`leads.actions.${action}`)}
          </Button>
        </ShortcutTooltip>
      ))}
      {main === null ? null : (
        <ShortcutTooltip label={t(`leads.actions.${main}`)} keys={actionKeys[main]}>
          <Button loading={pending} onClick={() => void run(main)}>
            {t(`leads.actions.${main}`)}
          </Button>
        </ShortcutTooltip>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('leads.moreActions')}>
            <EllipsisVertical size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {rest.map((action) => (
            <Menu.Item
              key={action}
              rightSection={<Keys keys={actionKeys[action]} />}
              {...(danger.includes(action) ? { color: 'red' } : {})}
              onClick={() => void run(action)}
            >
              {t(`leads.actions.${action}`)}
            </Menu.Item>
          ))}
          {rest.length > 0 && <Menu.Divider />}
          <Menu.Item disabled={bin.pending} onClick={() => void toBin()}>
            {t('contacts.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function ClosedNote({ detail }: { detail: LeadDetail }) {
  const { lead } = detail;
  const text =
    lead.status === 'disqualified'
      ? t('leads.disqualifiedBecause', { reason: choiceLabel(lead.disqualifyReason ?? 'other') })
      : lead.status === 'open' && lead.recycleReason !== null
        ? t('leads.recycledBecause', { reason: lead.recycleReason })
        : null;
  if (text === null) return null;
  return (
    <Alert variant="light" color="yellow" mb="md" p="xs" icon={<Info size={16} aria-hidden />}>
      {text}
    </Alert>
  );
}

function Moves({ detail }: { detail: LeadDetail }) {
  const { moves, process } = detail;
  const nameOf = (id: string | null, blank: string) =>
    id === null ? blank : (process.definition.stages.find((stage) => stage.id === id)?.name ?? choiceLabel(id));
  if (moves.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('leads.movesNone')}
      </Text>
    );
  return (
    <ol className={classes.plain}>
      {moves
        .toSorted((a, b) => b.movedAtMs - a.movedAtMs)
        .map((move, at) => (
          <li key={move.id}>
            <Text size="sm">
              {t('leads.moveLine', {
                // only the first move comes from nowhere: any other takes a closed lead up again
                from: nameOf(move.fromStage, at === moves.length - 1 ? t('leads.moveStart') : t('leads.moveEnd')),
                to: nameOf(move.toStage, t('leads.moveEnd')),
              })}
              {move.reason === null ? '' : ` – ${reasonLabel(move.reason)}`}
            </Text>
            <Text size="xs" c="dimmed">
              {formatInstant(move.movedAtMs)} ·{' '}
              {move.rule === null
                ? t('leads.moveBy', { user: move.labels['userId'] ?? t('common.unknown') })
                : t('leads.moveByRule', { rule: choiceLabel(move.rule) })}
            </Text>
          </li>
        ))}
    </ol>
  );
}
