/** The frame around every page: name and status on top, areas at the left, the page in the rest. */
import {
  ActionIcon,
  AppShell,
  Badge,
  Button,
  Group,
  Menu,
  NavLink,
  ScrollArea,
  Text,
  Tooltip,
  useMantineColorScheme,
} from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  ChevronDown,
  ChevronRight,
  CircleUser,
  CloudCheck,
  CloudOff,
  Lock,
  Monitor,
  Moon,
  PanelLeft,
  Search,
  Settings,
  Sun,
} from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import type { OutputOf } from '../../shared/contract/index.ts';
import { t } from '../i18n/index.ts';
import { choiceLabel } from '../i18n/words.ts';
import { formatNumber } from '../ui/format.ts';
import { keysText, ShortcutTooltip, useShortcuts } from '../ui/shortcuts.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import classes from './frame.module.css';
import { NotFound } from './not-found.tsx';
import { palette } from './palette-store.ts';
import { setPreference, usePreferences } from './preferences.ts';
import { type Place, pages, places } from './routes.tsx';
import { useAction, useCall } from './use-call.ts';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));
const ShortcutList = lazy(async () => ({ default: (await import('./shortcut-list.tsx')).ShortcutList }));

const sections = ['work', 'records', 'exchange'] as const;
const moreId = 'places-more';

export function Frame({ status }: { readonly status: OutputOf<'workspace.status'> }) {
  const [path, navigate] = useLocation();
  const isMoreOpen = usePreferences(({ more }) => more);
  const isNarrowWindow = useMediaQuery('(max-width: 1100px)', undefined, { getInitialValueInEffect: false });
  const prefersNarrow = usePreferences(({ narrow }) => narrow);
  const narrow = prefersNarrow || isNarrowWindow === true;
  const [listShown, setListShown] = useState(false);
  const counters = useCall('counters.get', {});

  useShortcuts([
    ...places.map(({ key, label, path: to }) => ({
      keys: `g ${key}`,
      label: t('nav.goTo', { place: t(`nav.${label}`) }),
      run: () => navigate(to),
    })),
    { keys: 'mod+k', label: t('nav.scPalette'), run: palette.open, inFields: true },
    { keys: 'shift+?', label: t('nav.scHelp'), run: () => setListShown(true) },
  ]);

  const isAt = (place: Place) =>
    place.path === '/' ? path === '/' : path === place.path || path.startsWith(`${place.path}/`);
  const linksOf = (section: Place['section']) =>
    places
      // folded away, but for where one is
      .filter((place) => place.section === section && (section !== 'more' || isMoreOpen || isAt(place)))
      .map((place) => (
        <PlaceLink
          key={place.path}
          place={place}
          narrow={narrow}
          isHere={isAt(place)}
          count={place.counter === undefined ? 0 : (counters.data?.[place.counter] ?? 0)}
        />
      ));

  return (
    <AppShell
      header={{ height: 46 }}
      navbar={{ width: narrow ? 54 : 206, breakpoint: 0 }}
      padding={0}
      transitionDuration={0}
      classNames={{ header: classes.header, navbar: classes.navbar, main: classes.main }}
    >
      <a
        href="#content"
        className={classes.skip}
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('content')?.focus();
        }}
      >
        {t('nav.skip')}
      </a>
      <AppShell.Header>
        <Group h="100%" px="sm" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap" miw={0}>
            <Tooltip label={t('nav.collapse')}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('nav.collapse')}
                aria-pressed={narrow}
                onClick={() => setPreference({ narrow: !prefersNarrow })}
              >
                <PanelLeft size={17} />
              </ActionIcon>
            </Tooltip>
            <img src="./icon.svg" alt="" width={22} height={22} />
            <Text fw={650} size="sm">
              {t('common.appName')}
            </Text>
            <Text size="sm" c="dimmed" truncate>
              {status.workspaceName}
            </Text>
            {status.demo && <Badge color="yellow">{t('nav.demo')}</Badge>}
          </Group>
          <Button
            variant="default"
            className={classes.search}
            justify="space-between"
            leftSection={<Search size={14} aria-hidden />}
            rightSection={
              <span className={classes.searchKeys} aria-hidden>
                {keysText('mod+k')}
              </span>
            }
            onClick={palette.open}
          >
            {t('nav.paletteShort')}
          </Button>
          <Group gap={6} wrap="nowrap">
            <HqStatus counters={counters.data} />
            <PersonMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar aria-label={t('nav.main')}>
        <ScrollArea type="auto" scrollbarSize={6} h="100%">
          {sections.map((section) => (
            <div key={section} className={classes.section} role="group" aria-label={t(`nav.${section}`)}>
              {!narrow && <div className={classes.sectionName}>{t(`nav.${section}`)}</div>}
              {linksOf(section)}
              {section === 'records' && (
                <>
                  <MoreToggle narrow={narrow} isOpen={isMoreOpen} />
                  <div id={moreId} role="group" aria-label={t('nav.more')}>
                    {linksOf('more')}
                  </div>
                </>
              )}
            </div>
          ))}
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <ErrorBoundary resetKey={path}>
          <Suspense fallback={null}>
            <Switch>
              {pages.map(({ path: pattern, page: Page }) => (
                <Route key={pattern} path={pattern}>
                  <Page />
                </Route>
              ))}
              <Route>
                <NotFound />
              </Route>
            </Switch>
          </Suspense>
        </ErrorBoundary>
      </AppShell.Main>
      <ErrorBoundary resetKey={path} quiet>
        <Suspense fallback={null}>
          <Palette />
          {listShown && <ShortcutList onClose={() => setListShown(false)} />}
        </Suspense>
      </ErrorBoundary>
    </AppShell>
  );
}

type LinkProps = { readonly place: Place; readonly narrow: boolean; readonly isHere: boolean; readonly count: number };

function PlaceLink({ place, narrow, isHere, count }: LinkProps) {
  const Icon = place.icon;
  const name = t(`nav.${place.label}`);
  return (
    <ShortcutTooltip label={name} keys={`g ${place.key}`} position="right">
      <NavLink
        component={Link}
        href={place.path}
        active={isHere}
        aria-current={isHere ? 'page' : undefined}
        aria-label={narrow ? name : undefined}
        label={narrow ? null : name}
        leftSection={<Icon size={17} strokeWidth={1.75} aria-hidden />}
        rightSection={
          count > 0 ? (
            <span
              className={narrow ? classes.countDot : classes.count}
              {...(narrow ? { role: 'img', 'aria-label': formatNumber(count) } : {})}
            >
              {narrow ? '' : count > 999 ? '999+' : count}
            </span>
          ) : null
        }
        className={classes.place}
        data-narrow={narrow || undefined}
      />
    </ShortcutTooltip>
  );
}

/** Opens and closes the areas that are needed now and then. */
function MoreToggle({ narrow, isOpen }: { readonly narrow: boolean; readonly isOpen: boolean }) {
  return (
    <ShortcutTooltip label={t('nav.more')} position="right">
      <NavLink
        component="button"
        type="button"
        aria-expanded={isOpen}
        aria-controls={moreId}
        aria-label={narrow ? t('nav.more') : undefined}
        label={narrow ? null : t('nav.more')}
        leftSection={
          isOpen ? (
            <ChevronDown size={17} strokeWidth={1.75} aria-hidden />
          ) : (
            <ChevronRight size={17} strokeWidth={1.75} aria-hidden />
          )
        }
        className={classes.place}
        data-narrow={narrow || undefined}
        onClick={() => setPreference({ more: !isOpen })}
      />
    </ShortcutTooltip>
  );
}

/** The two counters that never lie, always in sight. */
function HqStatus({ counters }: { readonly counters: OutputOf<'counters.get'> | undefined }) {
  if (counters === undefined) return null;
  const count = Math.max(counters.notYetReceived, counters.notYetExported);
  return (
    <Tooltip
      label={t('nav.notAtHqTip', {
        notExported: formatNumber(counters.notYetExported),
        notReceived: formatNumber(counters.notYetReceived),
      })}
    >
      <Button
        component={Link}
        href="/hq"
        variant="subtle"
        color={count === 0 ? 'gray' : 'outpost'}
        size="compact-sm"
        leftSection={count === 0 ? <CloudCheck size={15} aria-hidden /> : <CloudOff size={15} aria-hidden />}
      >
        {count === 0 ? t('nav.notAtHq_zero') : t('nav.notAtHq', { count })}
      </Button>
    </Tooltip>
  );
}

function PersonMenu() {
  const session = useCall('session.get', {});
  const lock = useAction('workspace.lock');
  const [, navigate] = useLocation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const schemes = [
    { value: 'light', icon: Sun },
    { value: 'dark', icon: Moon },
    { value: 'auto', icon: Monitor },
  ] as const;
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<CircleUser size={17} aria-hidden />}
          {...(session.data === undefined ? { 'aria-label': t('nav.menu') } : {})}
        >
          <span className={classes.person}>{session.data?.userName ?? ''}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {session.data && (
          <Menu.Label>
            {session.data.userName} · {choiceLabel(session.data.role)}
          </Menu.Label>
        )}
        <div role="group" aria-label={t('nav.scheme')}>
          <Menu.RadioGroup
            value={colorScheme}
            onChange={(value) => setColorScheme(schemes.find((each) => each.value === value)?.value ?? 'auto')}
          >
            {schemes.map(({ value, icon: Icon }) => (
              <Menu.RadioItem key={value} value={value} rightSection={<Icon size={15} aria-hidden />}>
                {t(`nav.${value}`)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<Settings size={15} aria-hidden />} onClick={() => navigate('/settings')}>
          {t('nav.settings')}
        </Menu.Item>
        <Menu.Item leftSection={<Lock size={15} aria-hidden />} onClick={() => void lock.run({})}>
          {t('nav.lock')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
