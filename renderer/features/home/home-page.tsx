/** What to do now, for this person's role, and where things stand. */
import { Button, Group, Paper, Progress, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import {
  ArrowRight,
  ClipboardCheck,
  ClipboardPen,
  CloudUpload,
  FileInput,
  House,
  type LucideIcon,
  PhoneCall,
  Plus,
  Target,
  UserRoundX,
  Workflow,
} from 'lucide-react';
import { Link, useLocation } from 'wouter';
import type { OutputOf } from '../../../shared/contract/index.ts';
import type { UserRole } from '../../../shared/model/picklists.ts';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { formatNumber } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { openInView } from '../../ui/table-memory.ts';
import { InterruptedImports } from '../imports/import-continue.tsx';
import { FirstSteps } from './first-steps.tsx';
import classes from './home.module.css';

type Summary = OutputOf<'home.summary'>;
type Job = {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly text: string;
  readonly action: string;
  readonly go: () => void;
};

/** What each role does first; the rest follows. */
const firstOf: Readonly<Record<UserRole, readonly string[]>> = {
  marketer: ['review', 'unlinked', 'export', 'salesReady', 'queue'],
  teleprospector: ['callbacks', 'queue', 'export', 'review'],
  seller: ['salesReady', 'export', 'callbacks'],
  manager: ['salesReady', 'queue', 'review', 'unlinked', 'export'],
};

function jobsOf(summary: Summary, role: UserRole, navigate: (path: string) => void): Job[] {
  const leadsIn = (view: 'unlinked' | 'salesReady') => () => {
    openInView('leads', view);
    navigate('/leads');
  };
  const all: (Job & { count: number })[] = [
    {
      id: 'callbacks',
      icon: PhoneCall,
      count: summary.callbacksDue,
      text: t('home.callbacksDue', { count: summary.callbacksDue }),
      action: t('home.startCalls'),
      go: () => navigate('/queue'),
    },
    {
      id: 'queue',
      icon: PhoneCall,
      count: summary.queueWaiting,
      text: t('home.queueWaiting', { count: summary.queueWaiting }),
      action: t('home.startCalls'),
      go: () => navigate('/queue'),
    },
    {
      id: 'salesReady',
      icon: Target,
      count: summary.salesReady,
      text: t('home.salesReady', { count: summary.salesReady }),
      action: t('home.work'),
      go: leadsIn('salesReady'),
    },
    {
      id: 'review',
      icon: ClipboardCheck,
      count: summary.reviewItems,
      text: t('home.reviewItems', { count: summary.reviewItems }),
      action: t('home.decide'),
      go: () => navigate('/review'),
    },
    {
      id: 'unlinked',
      icon: UserRoundX,
      count: summary.unlinkedLeads,
      text: t('home.unlinkedLeads', { count: summary.unlinkedLeads }),
      action: t('home.link'),
      go: leadsIn('unlinked'),
    },
    {
      id: 'export',
      icon: CloudUpload,
      count: summary.notYetExported,
      text: t('home.notYetExported', { count: summary.notYetExported }),
      action: t('home.export'),
      go: () => navigate('/hq'),
    },
  ];
  const order = firstOf[role];
  return all
    .filter(({ id, count }) => count > 0 && order.includes(id))
    .toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

/** Nobody was captured, imported or received yet. */
const isNew = ({ contacts, openLeads }: Summary): boolean => contacts === 0 && openLeads === 0;

export function HomePage() {
  const [, navigate] = useLocation();
  const session = useCall('session.get', {});
  const summary = useCall('home.summary', {});
  const name = session.data?.userName;
  return (
    <Page title={t('home.title')} icon={House} wide>
      <QueryGate query={summary} lines={8}>
        {(facts) => {
          const role = session.data?.role ?? 'marketer';
          const jobs = jobsOf(facts, role, navigate);
          return (
            <div className={classes.columns}>
              <Stack gap="lg">
                <InterruptedImports />
                {isNew(facts) && <FirstSteps role={role} />}
                {isNew(facts) && jobs.length === 0 ? null : (
                  <section>
                    <Title order={2} mb="sm">
                      {name === undefined ? t('home.greetingPlain') : t('home.greeting', { name })}
                    </Title>
                    {jobs.length === 0 ? (
                      <Paper withBorder p="lg">
                        <Text fw={600}>{t('home.nothing')}</Text>
                        <Text size="sm" c="dimmed">
                          {t('home.nothingHint')}
                        </Text>
                      </Paper>
                    ) : (
                      <Paper withBorder className={classes.jobs}>
                        {jobs.map(({ id, icon: Icon, text, action, go }, index) => (
                          <div key={id} className={classes.job}>
                            <Icon size={18} strokeWidth={1.75} aria-hidden />
                            <Text size="sm" flex={1}>
                              {text}
                            </Text>
                            <Button
                              variant={index === 0 && !isNew(facts) ? 'filled' : 'default'}
                              rightSection={<ArrowRight size={14} aria-hidden />}
                              onClick={go}
                            >
                              {action}
                            </Button>
                          </div>
                        ))}
                      </Paper>
                    )}
                  </section>
                )}
                {!isNew(facts) && <Start />}
              </Stack>
              <Numbers facts={facts} />
            </div>
          );
        }}
      </QueryGate>
    </Page>
  );
}

function Start() {
  const starts = [
    { href: '/capture', icon: ClipboardPen, label: t('home.capture') },
    { href: '/imports/new', icon: FileInput, label: t('home.importFile') },
    { href: '/contacts/new', icon: Plus, label: t('home.newContact') },
    { href: '/segments', icon: Workflow, label: t('home.newSegment') },
  ];
  return (
    <section>
      <Title order={2} mb="sm">
        {t('home.start')}
      </Title>
      <Group gap="xs">
        {starts.map(({ href, icon: Icon, label }) => (
          <Button
            key={href}
            component={Link}
            href={href}
            variant="default"
            leftSection={<Icon size={15} aria-hidden />}
          >
            {label}
          </Button>
        ))}
      </Group>
    </section>
  );
}

function Numbers({ facts }: { readonly facts: Summary }) {
  const most = Math.max(1, ...facts.leadsByStage.map(({ count }) => count));
  const numbers = [
    { label: t('home.contacts'), value: facts.contacts, href: '/contacts' },
    { label: t('home.accounts'), value: facts.accounts, href: '/accounts' },
    { label: t('home.openLeads'), value: facts.openLeads, href: '/leads', onClick: () => openInView('leads', 'open') },
    { label: t('home.capturedToday'), value: facts.capturedToday, href: '/capture' },
  ];
  return (
    <section>
      <Title order={2} mb="sm">
        {t('home.numbers')}
      </Title>
      <SimpleGrid cols={2} spacing="sm" mb="lg">
        {numbers.map(({ label, value, href, onClick }) => (
          <Link key={label} href={href} className={classes.number} {...(onClick ? { onClick } : {})}>
            <span className={classes.value}>{formatNumber(value)}</span>
            <span className={classes.label}>{label}</span>
          </Link>
        ))}
      </SimpleGrid>
      <Title order={3} mb="xs">
        {t('home.stages')}
      </Title>
      <Paper withBorder p="md">
        <Stack gap="sm">
          {facts.leadsByStage.map(({ stage, name, count }) => (
            <div key={stage}>
              <Group justify="space-between" mb={3}>
                <Text size="sm">{name}</Text>
                <Text size="sm" className={classes.figure}>
                  {formatNumber(count)}
                </Text>
              </Group>
              <Progress value={(count / most) * 100} size="sm" aria-label={name} />
            </div>
          ))}
          {facts.leadsByStage.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('home.noLeads')}
            </Text>
          )}
        </Stack>
      </Paper>
    </section>
  );
}
