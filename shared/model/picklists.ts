/** The choices of the domain, in the order in which screens offer them. Terms: domain.md. */

export const contactRoles = ['decisionMaker', 'influencer', 'employee', 'champion', 'other'] as const;
export const consentLevels = ['none', 'consent', 'transactional', 'subscriptions', 'marketing', 'profiling'] as const;
export type ConsentLevel = (typeof consentLevels)[number];
/** Hierarchical: a use that needs level n is allowed at level ≥ n. 0 none … 5 profiling. */
export const consentRank = (level: ConsentLevel): number => consentLevels.indexOf(level);

export const contactMethods = ['any', 'email', 'phone', 'post'] as const;
export const userRoles = ['marketer', 'teleprospector', 'seller', 'manager'] as const;
export type UserRole = (typeof userRoles)[number];

export const leadStatuses = ['open', 'qualified', 'disqualified'] as const;
export const leadSources = [
  'advertisement',
  'employeeReferral',
  'externalReferral',
  'partner',
  'publicRelations',
  'seminar',
  'tradeShow',
  'web',
  'wordOfMouth',
  'other',
] as const;
export const ratings = ['hot', 'warm', 'cold'] as const;
export const purchaseNeeds = ['mustHave', 'shouldHave', 'goodToHave', 'noNeed'] as const;
export const purchaseTimeFrames = ['immediate', 'thisQuarter', 'nextQuarter', 'thisYear', 'unknown'] as const;
export const purchaseProcesses = ['individual', 'committee', 'unknown'] as const;
export const budgetStatuses = ['noCommittedBudget', 'mayBuy', 'canBuy', 'willBuy'] as const;

export const disqualifyReasons = [
  'notInterested',
  'noBudget',
  'noAuthority',
  'noNeed',
  'badTiming',
  'competitor',
  'cannotContact',
  'duplicate',
  'other',
] as const;

export type DisqualifyReason = (typeof disqualifyReasons)[number];

/** What a file says of somebody and a subscription list; `notSubscribed` is neither a yes nor a no. */
export const subscriptionStatuses = ['subscribed', 'unsubscribed', 'notSubscribed'] as const;

export const interactionKinds = [
  'emailOpened',
  'emailClicked',
  'formVisited',
  'formSubmitted',
  'websiteVisited',
  'eventRegistered',
  'eventCheckedIn',
  'badgeScanned',
  'callConnected',
  'callAttempted',
  'meetingHeld',
  'subscribed',
  'unsubscribed',
  'surveyAnswered',
] as const;
export type InteractionKind = (typeof interactionKinds)[number];

export const callOutcomes = [
  'connected',
  'noAnswer',
  'busy',
  'voicemail',
  'wrongNumber',
  'callbackAt',
  'notInterested',
  'doNotCall',
] as const;
export type CallOutcome = (typeof callOutcomes)[number];

export const opportunityStatuses = ['open', 'won', 'lost'] as const;
export const accountKinds = ['customer', 'prospect', 'partner', 'supplier', 'other'] as const;
export const registrationStatuses = ['registered', 'waitingList', 'attended', 'cancelled', 'noShow'] as const;
export const taskKinds = ['call', 'callback', 'followUp', 'salesAcceptance', 'teleprospectAcceptance'] as const;

/** Stages of the shipped process, in order (domain.md section 5). */
export const defaultStages = [
  'inquiry',
  'automatedMarketingQualification',
  'teleprospectAcceptance',
  'teleprospectQualification',
  'salesAcceptance',
] as const;

/** Draft → live → stopped (→ live again): segments and scoring models. */
export const lifeStates = ['draft', 'live', 'stopped'] as const;

/** What may be kept about an email address or phone beside itself. */
export const addressKinds = ['work', 'home', 'other'] as const;
export const phoneKinds = ['work', 'mobile', 'home', 'fax', 'other'] as const;
