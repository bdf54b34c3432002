/** What comes first in a workspace where nobody is recorded yet, by role: who captures and who waits for captures. */
import { Button, Paper, Text, Title } from '@mantine/core';
import { ArrowRight, CalendarDays, ClipboardPen, FileInput, Inbox, Laptop, type LucideIcon, Plus } from 'lucide-react';
import { Link } from 'wouter';
import type { UserRole } from '../../../shared/model/picklists.ts';
import { t } from '../../i18n/index.ts';
import classes from './home.module.css';

const steps = {
  event: { icon: CalendarDays, href: '/events/new' },
  form: { icon: ClipboardPen, href: '/capture' },
  import: { icon: FileInput, href: '/imports/new' },
  invite: { icon: Laptop, href: '/hq' },
  receive: { icon: Inbox, href: '/hq' },
  lead: { icon: Plus, href: '/leads' },
} as const satisfies Record<string, { icon: LucideIcon; href: string }>;

/** A laptop that joins has to be given its leads; one that captures makes them. */
const stepsOf: Readonly<Record<UserRole, readonly (keyof typeof steps)[]>> = {
  marketer: ['event', 'form', 'import', 'invite'],
  teleprospector: ['receive', 'import', 'lead'],
  seller: ['receive', 'lead', 'import'],
  manager: ['invite', 'receive', 'event', 'import'],
};

export function FirstSteps({ role }: { readonly role: UserRole }) {
  return (
    <section>
      <Title order={2} mb="sm">
        {t('home.firstSteps')}
      </Title>
      <Paper withBorder className={classes.jobs}>
        {stepsOf[role].map((step, index) => {
          const { icon: Icon, href } = steps[step];
          return (
            <div key={step} className={classes.job}>
              <Icon size={18} strokeWidth={1.75} aria-hidden />
              <div className={classes.step}>
                <Text size="sm" fw={500}>
                  {t(`home.steps.${step}.title`)}
                </Text>
                <Text size="xs" c="dimmed">
                  {t(`home.steps.${step}.why`)}
                </Text>
              </div>
              <Button
                component={Link}
                href={href}
                variant={index === 0 ? 'filled' : 'default'}
                rightSection={<ArrowRight size={14} aria-hidden />}
              >
                {t(`home.steps.${step}.action`)}
              </Button>
            </div>
          );
        })}
      </Paper>
    </section>
  );
}
