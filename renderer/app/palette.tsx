/** Ctrl+K: every record by part of its name, and everything that can be done. */
import { Spotlight, spotlightActions, spotlightStore, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import {
  Building2,
  CalendarDays,
  FileInput,
  FilePlus2,
  Landmark,
  Plus,
  Search,
  Target,
  UserRound,
  Workflow,
  type LucideIcon,
} from 'lucide-react';
import { createElement, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { t } from '../i18n/index.ts';
import { choiceLabel } from '../i18n/words.ts';
import { keysText } from '../ui/shortcuts.tsx';
import { places, recordPath } from './routes.tsx';
import { useCall } from './use-call.ts';

const icons: Readonly<Record<string, LucideIcon>> = {
  contact: UserRound,
  account: Building2,
  lead: Target,
  event: CalendarDays,
  segment: Workflow,
};
const icon = (which: LucideIcon) => createElement(which, { size: 17, 'aria-hidden': true });

export function Palette() {
  const [, navigate] = useLocation();
  const [query, setQuery] = useState('');
  const [search] = useDebouncedValue(query.trim(), 100);
  const found = useCall('search.everything', { search, limit: 10 }, { enabled: search !== '', keep: true });
  const hits = search === '' ? [] : (found.data?.hits ?? []);

  const commands = [
    ...places.map(({ path, label, icon: Icon, key }) => ({
      id: `go-${path}`,
      label: t('nav.goTo', { place: t(`nav.${label}`) }),
      leftSection: icon(Icon),
      rightSection: keysText(`g ${key}`),
      onClick: () => navigate(path),
    })),
    {
      id: 'new-contact',
      label: t('nav.newContact'),
      leftSection: icon(Plus),
      onClick: () => navigate('/contacts/new'),
    },
    {
      id: 'new-account',
      label: t('nav.newAccount'),
      leftSection: icon(Plus),
      onClick: () => navigate('/accounts/new'),
    },
    { id: 'new-event', label: t('nav.newEvent'), leftSection: icon(FilePlus2), onClick: () => navigate('/events/new') },
    { id: 'import', label: t('nav.importFile'), leftSection: icon(FileInput), onClick: () => navigate('/imports/new') },
    { id: 'export', label: t('nav.exportBundle'), leftSection: icon(Landmark), onClick: () => navigate('/hq') },
  ];
  const wanted = query.trim().toLowerCase();
  const records = hits.flatMap((hit) => {
    const path = recordPath(hit.entity, hit.id);
    if (path === null) return [];
    return [
      {
        id: `${hit.entity}-${hit.id}`,
        label: hit.label,
        description: [choiceLabel(hit.entity), hit.detail].filter(Boolean).join(' · '),
        leftSection: icon(icons[hit.entity] ?? Search),
        onClick: () => navigate(path),
      },
    ];
  });
  const groups: SpotlightActionGroupData[] = [
    { group: t('nav.paletteRecords'), actions: records },
    { group: t('nav.paletteCommands'), actions: commands.filter(({ label }) => label.toLowerCase().includes(wanted)) },
  ].filter(({ actions }) => actions.length > 0);

  // records arrive after the key press: Enter opens the best of them
  const first = groups[0]?.actions[0]?.id;
  useEffect(() => {
    if (search !== '' && first !== undefined) spotlightActions.selectAction(0, spotlightStore);
  }, [search, first]);

  return (
    <Spotlight
      actions={groups}
      // found by the store already
      filter={(_, actions) => actions}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      nothingFound={t('nav.paletteNothing')}
      searchProps={{
        leftSection: <Search size={17} aria-hidden />,
        placeholder: t('nav.palettePlaceholder'),
        'aria-label': t('nav.palettePlaceholder'),
      }}
      scrollable
      maxHeight={420}
      onSpotlightClose={() => setQuery('')}
      transitionProps={{ duration: 80 }}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
    />
  );
}
