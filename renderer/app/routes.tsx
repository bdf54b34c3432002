/**
 * Every page of the program, loaded when it is first opened, and the places of the navigation. A feature adds its
 * lines here; nothing else needs to know of it.
 */
import {
  Activity,
  Building2,
  CalendarDays,
  ClipboardCheck,
  ClipboardPen,
  Combine,
  FileInput,
  Handshake,
  History,
  House,
  Landmark,
  ListTodo,
  type LucideIcon,
  Mails,
  Megaphone,
  Package,
  PhoneCall,
  Settings,
  Target,
  UsersRound,
  Workflow,
} from 'lucide-react';
import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import type { OutputOf } from '../../shared/contract/index.ts';

export type Counter = keyof OutputOf<'counters.get'>;

export type Place = {
  readonly path: string;
  /** Key under `nav.` */
  readonly label:
    | 'home'
    | 'capture'
    | 'queue'
    | 'tasks'
    | 'contacts'
    | 'accounts'
    | 'leads'
    | 'opportunities'
    | 'segments'
    | 'events'
    | 'campaigns'
    | 'products'
    | 'lists'
    | 'interactions'
    | 'imports'
    | 'review'
    | 'duplicates'
    | 'hq'
    | 'history'
    | 'settings';
  readonly icon: LucideIcon;
  /** Typed after `g`. */
  readonly key: string;
  /** `more`: what is needed now and then, folded away until it is. */
  readonly section: 'work' | 'records' | 'more' | 'exchange';
  readonly counter?: Counter;
};

export const places: readonly Place[] = [
  { path: '/', label: 'home', icon: House, key: 'h', section: 'work' },
  { path: '/capture', label: 'capture', icon: ClipboardPen, key: 'k', section: 'work' },
  { path: '/queue', label: 'queue', icon: PhoneCall, key: 'q', section: 'work', counter: 'queueWaiting' },
  { path: '/tasks', label: 'tasks', icon: ListTodo, key: 't', section: 'work' },
  { path: '/leads', label: 'leads', icon: Target, key: 'l', section: 'records', counter: 'salesInbox' },
  { path: '/opportunities', label: 'opportunities', icon: Handshake, key: 'o', section: 'records' },
  { path: '/contacts', label: 'contacts', icon: UsersRound, key: 'c', section: 'records' },
  { path: '/accounts', label: 'accounts', icon: Building2, key: 'a', section: 'records' },
  { path: '/segments', label: 'segments', icon: Workflow, key: 's', section: 'records' },
  { path: '/events', label: 'events', icon: CalendarDays, key: 'e', section: 'records' },
  { path: '/campaigns', label: 'campaigns', icon: Megaphone, key: 'm', section: 'more' },
  { path: '/products', label: 'products', icon: Package, key: 'p', section: 'more' },
  { path: '/lists', label: 'lists', icon: Mails, key: 'u', section: 'more' },
  { path: '/interactions', label: 'interactions', icon: Activity, key: 'x', section: 'more' },
  { path: '/imports', label: 'imports', icon: FileInput, key: 'i', section: 'exchange' },
  { path: '/review', label: 'review', icon: ClipboardCheck, key: 'r', section: 'exchange', counter: 'reviewItems' },
  { path: '/duplicates', label: 'duplicates', icon: Combine, key: 'd', section: 'exchange' },
  { path: '/hq', label: 'hq', icon: Landmark, key: 'b', section: 'exchange' },
  { path: '/history', label: 'history', icon: History, key: 'y', section: 'exchange' },
  { path: '/settings', label: 'settings', icon: Settings, key: ',', section: 'exchange' },
];

export type Page = { readonly path: string; readonly page: LazyExoticComponent<ComponentType> };

const page = (path: string, load: () => Promise<ComponentType>): Page => ({
  path,
  page: lazy(async () => ({ default: await load() })),
});

/** Pages find the parts of their path with wouter's `useParams`. */
export const pages: readonly Page[] = [
  page('/', async () => (await import('../features/home/home-page.tsx')).HomePage),
  page('/contacts', async () => (await import('../features/contacts/contacts-page.tsx')).ContactsPage),
  page('/contacts/:id', async () => (await import('../features/contacts/contact-page.tsx')).ContactPage),
  page('/accounts', async () => (await import('../features/accounts/accounts-page.tsx')).AccountsPage),
  page('/accounts/:id', async () => (await import('../features/accounts/account-page.tsx')).AccountPage),
  page('/leads', async () => (await import('../features/leads/leads-page.tsx')).LeadsPage),
  page('/leads/:id', async () => (await import('../features/leads/lead-page.tsx')).LeadPage),
  page(
    '/opportunities',
    async () => (await import('../features/opportunities/opportunities-page.tsx')).OpportunitiesPage,
  ),
  page(
    '/opportunities/:id',
    async () => (await import('../features/opportunities/opportunity-page.tsx')).OpportunityPage,
  ),
  page('/campaigns', async () => (await import('../features/campaigns/campaigns-page.tsx')).CampaignsPage),
  page('/campaigns/:id', async () => (await import('../features/campaigns/campaign-page.tsx')).CampaignPage),
  page('/products', async () => (await import('../features/products/products-page.tsx')).ProductsPage),
  page('/products/:id', async () => (await import('../features/products/product-page.tsx')).ProductPage),
  page('/tasks', async () => (await import('../features/tasks/tasks-page.tsx')).TasksPage),
  page('/tasks/:id', async () => (await import('../features/tasks/task-page.tsx')).TaskPage),
  page('/lists', async () => (await import('../features/lists/lists-page.tsx')).ListsPage),
  page('/lists/:id', async () => (await import('../features/lists/list-page.tsx')).ListPage),
  page('/interactions', async () => (await import('../features/interactions/interactions-page.tsx')).InteractionsPage),
  page('/capture', async () => (await import('../features/capture/capture-page.tsx')).CapturePage),
  page('/capture/:formId', async () => (await import('../features/capture/capture-page.tsx')).CapturePage),
  page('/queue', async () => (await import('../features/queue/queue-page.tsx')).QueuePage),
  page('/segments', async () => (await import('../features/segments/segments-page.tsx')).SegmentsPage),
  page('/segments/:id', async () => (await import('../features/segments/segment-page.tsx')).SegmentPage),
  page('/events', async () => (await import('../features/events/events-page.tsx')).EventsPage),
  page('/events/:id', async () => (await import('../features/events/event-page.tsx')).EventPage),
  page('/imports', async () => (await import('../features/imports/imports-page.tsx')).ImportsPage),
  page('/imports/new', async () => (await import('../features/imports/import-wizard-page.tsx')).ImportWizardPage),
  page('/review', async () => (await import('../features/review/review-page.tsx')).ReviewPage),
  page('/review/:importId', async () => (await import('../features/review/review-page.tsx')).ReviewPage),
  page('/duplicates', async () => (await import('../features/duplicates/duplicates-page.tsx')).DuplicatesPage),
  page('/hq', async () => (await import('../features/hq/hq-page.tsx')).HqPage),
  page('/history', async () => (await import('../features/history/history-page.tsx')).HistoryPage),
  page(
    '/settings/fields/:entity?',
    async () => (await import('../features/custom-fields/custom-fields-page.tsx')).CustomFieldsPage,
  ),
  page(
    '/settings/strategies/:id?',
    async () => (await import('../features/strategies/strategies-page.tsx')).StrategiesPage,
  ),
  page('/settings', async () => (await import('../features/settings/settings-page.tsx')).SettingsPage),
];
