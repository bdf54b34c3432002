/**
 * Option labels of other programs, both directions (formats.md): Dynamics 365's words for our choices, and the words of
 * others that mean them.
 *
 * Example: `optionLabel('leadSource', 'tradeShow')` is `'Trade Show'`; `optionOfLabel('leadSource', 'trade show')` is
 * `'tradeShow'`.
 */
import {
  accountKinds,
  budgetStatuses,
  consentLevels,
  contactMethods,
  contactRoles,
  interactionKinds,
  leadSources,
  purchaseNeeds,
  purchaseProcesses,
  purchaseTimeFrames,
  ratings,
  registrationStatuses,
  subscriptionStatuses,
} from '../../model/picklists.ts';
import { parseChoice } from '../normalise/values.ts';

type Choice<O extends string> = {
  readonly options: readonly O[];
  readonly labels: Readonly<Record<O, string>>;
  /** Other words for an option, folded and without spaces. */
  readonly aliases: Readonly<Record<string, O>>;
};

const choice = <const O extends string>(
  options: readonly O[],
  labels: Readonly<Record<O, string>>,
  aliases: Readonly<Record<string, O>> = {},
): Choice<O> => ({ options, labels, aliases });

export const optionLabels = {
  leadSource: choice(
    leadSources,
    {
      advertisement: 'Advertisement',
      employeeReferral: 'Employee Referral',
      externalReferral: 'External Referral',
      partner: 'Partner',
      publicRelations: 'Public Relations',
      seminar: 'Seminar',
      tradeShow: 'Trade Show',
      web: 'Web',
      wordOfMouth: 'Word of Mouth',
      other: 'Other',
    },
    {
      ads: 'advertisement',
      ad: 'advertisement',
      advertising: 'advertisement',
      googleads: 'advertisement',
      facebookads: 'advertisement',
      linkedinads: 'advertisement',
      retargetingads: 'advertisement',
      referral: 'externalReferral',
      clientreferral: 'externalReferral',
      customerreferral: 'externalReferral',
      internalreferral: 'employeeReferral',
      partnership: 'partner',
      pr: 'publicRelations',
      webinar: 'seminar',
      workshop: 'seminar',
      event: 'tradeShow',
      fair: 'tradeShow',
      tradefair: 'tradeShow',
      conference: 'tradeShow',
      exhibition: 'tradeShow',
      website: 'web',
      internet: 'web',
      online: 'web',
      seo: 'web',
      organicsearch: 'web',
    },
  ),
  rating: choice(ratings, { hot: 'Hot', warm: 'Warm', cold: 'Cold' }),
  purchaseTimeFrame: choice(
    purchaseTimeFrames,
    {
      immediate: 'Immediate',
      thisQuarter: 'This Quarter',
      nextQuarter: 'Next Quarter',
      thisYear: 'This Year',
      unknown: 'Unknown',
    },
    { immediately: 'immediate', notknown: 'unknown' },
  ),
  purchaseProcess: choice(
    purchaseProcesses,
    { individual: 'Individual', committee: 'Committee', unknown: 'Unknown' },
    { notknown: 'unknown' },
  ),
  budgetStatus: choice(budgetStatuses, {
    noCommittedBudget: 'No Committed Budget',
    mayBuy: 'May Buy',
    canBuy: 'Can Buy',
    willBuy: 'Will Buy',
  }),
  purchaseNeed: choice(purchaseNeeds, {
    mustHave: 'Must have',
    shouldHave: 'Should have',
    goodToHave: 'Good to have',
    noNeed: 'No need',
  }),
  role: choice(
    contactRoles,
    {
      decisionMaker: 'Decision Maker',
      influencer: 'Influencer',
      employee: 'Employee',
      champion: 'Champion',
      other: 'Other',
    },
    { budgetholder: 'decisionMaker', executivesponsor: 'champion', enduser: 'employee' },
  ),
  accountKind: choice(
    accountKinds,
    { customer: 'Customer', prospect: 'Prospect', partner: 'Partner', supplier: 'Supplier', other: 'Other' },
    { vendor: 'supplier', reseller: 'partner', client: 'customer', lead: 'prospect' },
  ),
  consentLevel: choice(
    consentLevels,
    {
      none: 'None',
      consent: '(1) Consent',
      transactional: '(2) Transactional',
      subscriptions: '(3) Subscriptions',
      marketing: '(4) Marketing',
      profiling: '(5) Profiling',
    },
    { 0: 'none', 1: 'consent', 2: 'transactional', 3: 'subscriptions', 4: 'marketing', 5: 'profiling' },
  ),
  preferredMethod: choice(
    contactMethods,
    { any: 'Any', email: 'Email', phone: 'Phone', post: 'Mail' },
    { mail: 'post', fax: 'any', telephone: 'phone' },
  ),
  interactionKind: choice(
    interactionKinds,
    {
      emailOpened: 'Email opened',
      emailClicked: 'Email clicked',
      formVisited: 'Form visited',
      formSubmitted: 'Form submitted',
      websiteVisited: 'Website visited',
      eventRegistered: 'Registered for event',
      eventCheckedIn: 'Checked in',
      badgeScanned: 'Badge scanned',
      callConnected: 'Call connected',
      callAttempted: 'Call attempted',
      meetingHeld: 'Meeting held',
      subscribed: 'Subscribed',
      unsubscribed: 'Unsubscribed',
      surveyAnswered: 'Survey answered',
    },
    {
      open: 'emailOpened',
      opened: 'emailOpened',
      emailopen: 'emailOpened',
      click: 'emailClicked',
      clicked: 'emailClicked',
      emailclick: 'emailClicked',
      formview: 'formVisited',
      submission: 'formSubmitted',
      formsubmission: 'formSubmitted',
      pageview: 'websiteVisited',
      visit: 'websiteVisited',
      webvisit: 'websiteVisited',
      registered: 'eventRegistered',
      registration: 'eventRegistered',
      checkin: 'eventCheckedIn',
      attended: 'eventCheckedIn',
      scan: 'badgeScanned',
      scanned: 'badgeScanned',
      call: 'callConnected',
      meeting: 'meetingHeld',
      subscribe: 'subscribed',
      unsubscribe: 'unsubscribed',
      survey: 'surveyAnswered',
    },
  ),
  registrationStatus: choice(
    registrationStatuses,
    {
      registered: 'Attending',
      waitingList: 'Waiting List',
      attended: 'Checked In',
      cancelled: 'Cancelled',
      noShow: 'No Show',
    },
    {
      notattending: 'cancelled',
      canceled: 'cancelled',
      deleted: 'cancelled',
      refunded: 'cancelled',
      transferred: 'cancelled',
      waitlisted: 'waitingList',
      waitlist: 'waitingList',
      confirmed: 'registered',
      going: 'registered',
      present: 'attended',
      absent: 'noShow',
    },
  ),
  subscriptionStatus: choice(
    subscriptionStatuses,
    { subscribed: 'Subscribed', unsubscribed: 'Unsubscribed', notSubscribed: 'Not subscribed' },
    {
      active: 'subscribed',
      confirmed: 'subscribed',
      member: 'subscribed',
      optin: 'subscribed',
      optedin: 'subscribed',
      yes: 'subscribed',
      true: 'subscribed',
      y: 'subscribed',
      1: 'subscribed',
      // whoever is said not to be on the list is taken off it: the stricter of two readings
      inactive: 'unsubscribed',
      optout: 'unsubscribed',
      optedout: 'unsubscribed',
      unsub: 'unsubscribed',
      removed: 'unsubscribed',
      left: 'unsubscribed',
      no: 'unsubscribed',
      false: 'unsubscribed',
      n: 'unsubscribed',
      0: 'unsubscribed',
      nonsubscribed: 'notSubscribed',
      neversubscribed: 'notSubscribed',
      pending: 'notSubscribed',
      unconfirmed: 'notSubscribed',
      cleaned: 'notSubscribed',
      bounced: 'notSubscribed',
      archived: 'notSubscribed',
      transactional: 'notSubscribed',
    },
  ),
} as const;

export type ChoiceName = keyof typeof optionLabels;
export type OptionOf<C extends ChoiceName> = (typeof optionLabels)[C]['options'][number];

/** The label of an option, as Dynamics 365 spells it. */
export function optionLabel<C extends ChoiceName>(name: C, option: OptionOf<C>): string {
  const labels: Readonly<Record<string, string>> = optionLabels[name].labels;
  return labels[option] ?? option;
}

/** The option that a label, in anybody's words, stands for; `null` where it stands for none. */
export function optionOfLabel<C extends ChoiceName>(name: C, label: string): OptionOf<C> | null {
  const { options }: Choice<string> = optionLabels[name];
  return parseChoice(label, options, wordsOf(name)) as OptionOf<C> | null;
}

const known = new Map<ChoiceName, Readonly<Record<string, string>>>();

/** All words for the options of a choice: a file asks for them with every row. */
function wordsOf(name: ChoiceName): Readonly<Record<string, string>> {
  let words = known.get(name);
  if (words === undefined) {
    const { options, labels, aliases }: Choice<string> = optionLabels[name];
    const byLabel = Object.fromEntries(options.map((option) => [squash(labels[option] ?? option), option]));
    known.set(name, (words = { ...byLabel, ...aliases }));
  }
  return words;
}

const squash = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
