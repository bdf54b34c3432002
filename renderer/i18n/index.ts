/**
 * Every sentence that a person reads. One namespace, one file per area; `t('contacts.title')` is checked by the
 * compiler, its variables too. A new area adds its file here, in one line of import and one of the list.
 */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { accounts } from './en/accounts.ts';
import { campaigns } from './en/campaigns.ts';
import { bin } from './en/bin.ts';
import { bulk } from './en/bulk.ts';
import { capture } from './en/capture.ts';
import { choices } from './en/choices.ts';
import { common } from './en/common.ts';
import { contacts } from './en/contacts.ts';
import { customFields } from './en/custom-fields.ts';
import { duplicates } from './en/duplicates.ts';
import { errors } from './en/errors.ts';
import { events } from './en/events.ts';
import { files } from './en/files.ts';
import { fields } from './en/fields.ts';
import { history } from './en/history.ts';
import { home } from './en/home.ts';
import { hq } from './en/hq.ts';
import { imports } from './en/imports.ts';
import { interactions } from './en/interactions.ts';
import { kinds } from './en/kinds.ts';
import { leads } from './en/leads.ts';
import { lists } from './en/lists.ts';
import { nav } from './en/nav.ts';
import { notes } from './en/notes.ts';
import { opportunities } from './en/opportunities.ts';
import { permission } from './en/permission.ts';
import { products } from './en/products.ts';
import { queue } from './en/queue.ts';
import { review } from './en/review.ts';
import { segments } from './en/segments.ts';
import { settings } from './en/settings.ts';
import { table } from './en/table.ts';
import { strategies } from './en/strategies.ts';
import { tasks } from './en/tasks.ts';
import { timeline } from './en/timeline.ts';
import { views } from './en/views.ts';
import { welcome } from './en/welcome.ts';

export const en = {
  accounts,
  bin,
  bulk,
  campaigns,
  capture,
  choices,
  common,
  contacts,
  customFields,
  duplicates,
  errors,
  events,
  fields,
  files,
  history,
  home,
  hq,
  imports,
  interactions,
  kinds,
  leads,
  lists,
  nav,
  notes,
  opportunities,
  permission,
  products,
  queue,
  review,
  segments,
  settings,
  table,
  strategies,
  tasks,
  timeline,
  views,
  welcome,
} as const;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: { app: typeof en };
  }
}

void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  defaultNS: 'app',
  ns: ['app'],
  resources: { en: { app: en } },
  initAsync: false,
  // React escapes already
  interpolation: { escapeValue: false },
});

export const t = i18next.t.bind(i18next) as typeof i18next.t;
export { i18next };
