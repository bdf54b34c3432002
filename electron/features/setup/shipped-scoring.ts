/**
 * The scoring model that every workspace starts with. A capture at the booth alone is a D (15 to 20 points), with two
 * good answers a B (about 50); a capture, a check-in and the role of decision maker reach the threshold of 60.
 */
import {
  type ScoringDefinition,
  scoringDefinitionSchema,
  type ScoringRow,
} from '../../../shared/rules/scoring/definition.ts';
import type { GroupNode, RowNode } from '../../../shared/rules/segment/schema.ts';

const where = (...rows: readonly Omit<RowNode, 'kind'>[]): GroupNode => ({
  kind: 'group',
  match: 'all',
  nodes: rows.map((row) => ({ kind: 'row', ...row })),
});

const is = (field: string, value: string): GroupNode => where({ field, operator: 'is', values: [value] });

/** Each occurrence of a kind of interaction within the window. */
const interaction = (id: string, name: string, kind: string, points: number, lastDays: number): ScoringRow => ({
  id,
  name,
  conditions: [{ entity: 'interaction', frequency: 'each', lastDays, where: is('kind', kind) }],
  points,
  halfLifeDays: null,
});

const once = (
  id: string,
  name: string,
  entity: 'lead' | 'contact',
  condition: GroupNode,
  points: number,
): ScoringRow => ({
  id,
  name,
  conditions: [{ entity, frequency: 'atLeastOnce', lastDays: null, where: condition }],
  points,
  halfLifeDays: null,
});

export const shippedScoring: ScoringDefinition = scoringDefinitionSchema.parse({
  rows: [
    interaction('formSubmitted', 'Form submitted', 'formSubmitted', 15, 180),
    interaction('badgeScanned', 'Badge scanned', 'badgeScanned', 10, 180),
    interaction('eventRegistered', 'Registered for an event', 'eventRegistered', 5, 180),
    interaction('eventCheckedIn', 'Came to an event', 'eventCheckedIn', 25, 180),
    interaction('emailClicked', 'Email clicked', 'emailClicked', 3, 90),
    interaction('surveyAnswered', 'Survey answered', 'surveyAnswered', 5, 180),
    interaction('meetingHeld', 'Meeting held', 'meetingHeld', 20, 180),
    {
      id: 'callConnected',
      name: 'Reached by phone and willing to talk',
      conditions: [
        {
          entity: 'interaction',
          frequency: 'atLeastOnce',
          lastDays: 180,
          where: where(
            { field: 'kind', operator: 'is', values: ['callConnected'] },
            { field: 'subject', operator: 'isNot', values: ['notInterested', 'doNotCall'] },
          ),
        },
      ],
      points: 10,
      halfLifeDays: null,
    },
    {
      id: 'unsubscribed',
      name: 'Unsubscribed',
      conditions: [
        { entity: 'interaction', frequency: 'atLeastOnce', lastDays: 365, where: is('kind', 'unsubscribed') },
      ],
      points: -10,
      halfLifeDays: null,
    },
    once('decisionMaker', 'Decision maker', 'contact', is('role', 'decisionMaker'), 20),
    once('champion', 'Champion', 'contact', is('role', 'champion'), 10),
    once('influencer', 'Influencer', 'contact', is('role', 'influencer'), 8),
    once('company', 'Company known', 'contact', where({ field: 'company', operator: 'hasData', values: [] }), 5),
    once('needMust', 'Must have', 'lead', is('purchaseNeed', 'mustHave'), 15),
    once('needShould', 'Should have', 'lead', is('purchaseNeed', 'shouldHave'), 8),
    once('frameImmediate', 'Immediately', 'lead', is('purchaseTimeFrame', 'immediate'), 15),
    once('frameThisQuarter', 'This quarter', 'lead', is('purchaseTimeFrame', 'thisQuarter'), 8),
  ],
  grades: [
    { name: 'A', from: 60, to: null },
    { name: 'B', from: 40, to: 60 },
    { name: 'C', from: 21, to: 40 },
    { name: 'D', from: null, to: 21 },
  ],
  salesReadyThreshold: 60,
  minimumConsent: 'consent',
} satisfies Record<keyof Omit<ScoringDefinition, 'version'>, unknown>);
