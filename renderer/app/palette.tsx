/** Ctrl+K: every record by part of its name, and everything that can be done. */
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import {
  Building2,
  CalendarDays,
  FileInput,
  FilePlus2,
  Handshake,
  Landmark,
  ListTodo,
  Mails,
  Megaphone,
  NotebookPen,
  Package,
  Paperclip,
  Plus,
  Search,
  Target,
  TextCursorInput,
  UserRound,
  Workflow,
  type LucideIcon,
} from 'lucide-react';
import { createElement, type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { t } from '../i18n/index.ts';
import { choiceLabel } from '../i18n/words.ts';
import { keysText } from '../ui/shortcuts.tsx';
import { openWithTab } from '../ui/side-tabs.tsx';
import classes from './palette.module.css';
import { palette, paletteStore } from './palette-store.ts';
import { recordPath } from './record-path.ts';
import { places } from './routes.tsx';
import { useCall } from './use-call.ts';

const icons: Readonly<Record<string, LucideIcon>> = {
  contact: UserRound,
  account: Building2,
  lead: Target,
  event: CalendarDays,
  segment: Workflow,
  opportunity: Handshake,
  campaign: Megaphone,
  product: Package,
  task: ListTodo,
  subscriptionList: Mails,
  note: NotebookPen,
  attachment: Paperclip,
};
const icon = (which: LucideIcon) => createElement(which, { size: 17, 'aria-hidden': true });

type Command = {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly leftSection: ReactNode;
  readonly rightSection?: ReactNode;
  readonly to: string;
  /** The tab of the page that it is on. */
  readonly tab?: string;
};

const list = '.mantine-Spotlight-actionsList';

/** As the arrow keys mark a line, which Mantine does in the document itself. */
function markFirst(): void {
  for (const marked of document.querySelectorAll(`${list} [data-selected]`)) marked.removeAttribute('data-selected');
  const first = document.querySelector(`${list} [data-action]`);
  first?.setAttribute('data-selected', 'true');
  first?.scrollIntoView({ block: 'nearest' });
  paletteStore.updateState((state) => ({ ...state, selected: first === null ? -1 : 0 }));
}

export function Palette() {
  const [, navigate] = useLocation();
  const [query, setQuery] = useState('');
  const [search] = useDebouncedValue(query.trim(), 100);
  const found = useCall('search.everything', { search, limit: 10 }, { enabled: search !== '', keep: true });
  const hits = search === '' ? [] : (found.data?.hits ?? []);

  const commands: Command[] = [
    ...places.map(({ path, label, icon: Icon, key }) => ({
      id: `go-${path}`,
      label: t('nav.goTo', { place: t(`nav.${label}`) }),
      leftSection: icon(Icon),
      rightSection: keysText(`g ${key}`),
      to: path,
    })),
    {
      id: 'new-contact',
      label: t('nav.newContact'),
      leftSection: icon(Plus),
      to: '/contacts/new',
    },
    {
      id: 'new-account',
      label: t('nav.newAccount'),
      leftSection: icon(Plus),
      to: '/accounts/new',
    },
    { id: 'new-event', label: t('nav.newEvent'), leftSection: icon(FilePlus2), to: '/events/new' },
    { id: 'new-opportunity', label: t('nav.newOpportunity'), leftSection: icon(Plus), to: '/opportunities/new' },
    { id: 'new-campaign', label: t('nav.newCampaign'), leftSection: icon(Plus), to: '/campaigns/new' },
    { id: 'new-product', label: t('nav.newProduct'), leftSection: icon(Plus), to: '/products/new' },
    { id: 'new-task', label: t('nav.newTask'), leftSection: icon(Plus), to: '/tasks/new' },
    { id: 'new-list', label: t('nav.newList'), leftSection: icon(Plus), to: '/lists/new' },
    {
      id: 'custom-fields',
      label: t('customFields.palette'),
      leftSection: icon(TextCursorInput),
      to: '/settings/fields',
    },
    { id: 'import', label: t('nav.importFile'), leftSection: icon(FileInput), to: '/imports/new' },
    { id: 'export', label: t('nav.exportBundle'), leftSection: icon(Landmark), to: '/hq' },
  ];
  const wanted = query.trim().toLowerCase();
  const records = hits.flatMap((hit): Command[] => {
    // a note or file is shown on the page of its record
    const path = hit.of === null ? recordPath(hit.entity, hit.id) : recordPath(hit.of.entity, hit.of.id);
    if (path === null) return [];
    return [
      {
        id: `${hit.entity}-${hit.id}`,
        label: hit.label,
        description: [choiceLabel(hit.entity), hit.detail].filter(Boolean).join(' · '),
        leftSection: icon(icons[hit.entity] ?? Search),
        to: path,
        ...(hit.of === null ? {} : { tab: hit.entity === 'note' ? 'notes' : 'files' }),
      },
    ];
  });
  const groups = [
    { group: t('nav.paletteRecords'), actions: records },
    { group: t('nav.paletteCommands'), actions: commands.filter(({ label }) => label.toLowerCase().includes(wanted)) },
  ].filter(({ actions }) => actions.length > 0);

  // records arrive after the key press that Mantine marks the first line at: the best of them is marked when they do
  const best = groups[0]?.actions[0];
  const shownIds = groups.flatMap(({ actions }) => actions.map(({ id }) => id)).join();
  useEffect(() => {
    if (wanted !== '') markFirst();
  }, [shownIds, wanted]);
  const go = ({ to, tab }: Command) => {
    if (tab !== undefined) openWithTab(tab);
    navigate(to);
  };
  // nothing is marked while the list is drawn anew: Enter still opens the best hit
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || best === undefined) return;
    if (document.querySelector(`${list} [data-selected]`) !== null) return;
    event.preventDefault();
    palette.close();
    go(best);
  };

  return (
    <Spotlight
      store={paletteStore}
      actions={groups.map(({ group, actions }): SpotlightActionGroupData => ({
        group,
        actions: actions.map(({ to, tab, ...action }) => ({
          ...action,
          onClick: () => go({ ...action, to, ...(tab === undefined ? {} : { tab }) }),
        })),
      }))}
      // found by the store already
      filter={(_, actions) => actions}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      attributes={{ content: { 'aria-label': t('nav.palette') } }}
      nothingFound={t('nav.paletteNothing')}
      searchProps={{
        leftSection: <Search size={17} aria-hidden />,
        placeholder: t('nav.palettePlaceholder'),
        'aria-label': t('nav.palettePlaceholder'),
        onKeyDown,
      }}
      classNames={{ actionLabel: classes.oneLine, actionDescription: classes.oneLine }}
      scrollable
      maxHeight={420}
      onSpotlightClose={() => setQuery('')}
      transitionProps={{ duration: 80 }}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
    />
  );
}
