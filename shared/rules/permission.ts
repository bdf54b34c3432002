/**
 * Who may be used for what (domain.md section 1). A purpose needs a least consent level, and a preference of the
 * contact must not forbid it. Consent is hierarchical: a use that needs level n is allowed at level ≥ n. A child is
 * never profiled: never scored, and never counts above level 4. The levels are settings of the workspace.
 *
 * Example: consent level 4 with "do not allow bulk email" may be called for marketing, but gets no marketing mail.
 */
import { type ConsentLevel, consentRank } from '../model/picklists.ts';

export const purposes = ['enquiry', 'service', 'subscribedMail', 'marketingMail', 'marketingCall', 'scoring'] as const;
export type Purpose = (typeof purposes)[number];

/** What a contact's record says about its use. */
export type Permissions = {
  readonly consentLevel: ConsentLevel;
  readonly child: boolean;
  readonly allowEmail: boolean;
  readonly allowBulkEmail: boolean;
  readonly allowPhone: boolean;
};

export type PurposeLevels = Readonly<Record<Purpose, ConsentLevel>>;

/** The shipped scoring model asks for level 1, so that a captured lead is scored; a model may ask for more. */
export const defaultPurposeLevels: PurposeLevels = {
  enquiry: 'consent',
  service: 'transactional',
  subscribedMail: 'subscriptions',
  marketingMail: 'marketing',
  marketingCall: 'marketing',
  scoring: 'consent',
};

type Preference = 'allowEmail' | 'allowBulkEmail' | 'allowPhone';

const preferencesOf: Readonly<Record<Purpose, readonly Preference[]>> = {
  enquiry: ['allowPhone'],
  service: ['allowEmail'],
  subscribedMail: ['allowEmail', 'allowBulkEmail'],
  marketingMail: ['allowEmail', 'allowBulkEmail'],
  marketingCall: ['allowPhone'],
  scoring: [],
};

export type Obstacle =
  | { readonly kind: 'consent'; readonly needs: ConsentLevel }
  | { readonly kind: 'preference'; readonly preference: Preference }
  | { readonly kind: 'child' };

export type Permission = {
  readonly purpose: Purpose;
  readonly allowed: boolean;
  /** Everything that stands in the way; empty when allowed. */
  readonly obstacles: readonly Obstacle[];
};

/** The level that counts: a child never goes above level 4. */
export const effectiveLevel = ({ consentLevel, child }: Pick<Permissions, 'consentLevel' | 'child'>): ConsentLevel =>
  child && consentRank(consentLevel) > consentRank('marketing') ? 'marketing' : consentLevel;

export function permissionFor(
  contact: Permissions,
  purpose: Purpose,
  levels: PurposeLevels = defaultPurposeLevels,
): Permission {
  const needs = levels[purpose];
  const obstacles: Obstacle[] = [];
  if (purpose === 'scoring' && contact.child) obstacles.push({ kind: 'child' });
  if (consentRank(effectiveLevel(contact)) < consentRank(needs)) obstacles.push({ kind: 'consent', needs });
  for (const preference of preferencesOf[purpose]) {
    if (!contact[preference]) obstacles.push({ kind: 'preference', preference });
  }
  return { purpose, allowed: obstacles.length === 0, obstacles };
}

export const permissionsOf = (contact: Permissions, levels: PurposeLevels = defaultPurposeLevels): Permission[] =>
  purposes.map((purpose) => permissionFor(contact, purpose, levels));
