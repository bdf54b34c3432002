/** Questions to start from. A row without values waits for the person to fill it in. */
import type { Query, SegmentNode } from '../../../shared/rules/segment/schema.ts';

export const templateIds = [
  'blank',
  'conference',
  'recentLeads',
  'salesReady',
  'quiet',
  'eventNoShow',
  'mayMail',
] as const;
export type TemplateId = (typeof templateIds)[number];

const all = (nodes: SegmentNode[]) => ({ kind: 'group', match: 'all', nodes }) as const;
const leadsWhere = (nodes: SegmentNode[]): SegmentNode => ({
  kind: 'related',
  relation: 'leads',
  quantifier: { kind: 'atLeast', count: 1 },
  where: all(nodes),
});

function nodesOf(template: TemplateId): SegmentNode[] {
  switch (template) {
    case 'blank':
      return [];
    case 'conference':
      return [
        leadsWhere([{ kind: 'row', field: 'topic', operator: 'is', values: [] }]),
        { kind: 'row', field: 'role', operator: 'is', values: ['decisionMaker'] },
      ];
    case 'recentLeads':
      return [leadsWhere([{ kind: 'row', field: 'createdAtMs', operator: 'lastNDays', values: [7] }])];
    case 'salesReady':
      return [
        leadsWhere([
          { kind: 'row', field: 'salesReady', operator: 'isTrue', values: [] },
          { kind: 'row', field: 'status', operator: 'is', values: ['open'] },
        ]),
      ];
    case 'quiet':
      return [
        {
          kind: 'related',
          relation: 'interactions',
          quantifier: { kind: 'none', count: 0 },
          where: all([{ kind: 'row', field: 'occurredAtMs', operator: 'lastNDays', values: [90] }]),
        },
      ];
    case 'eventNoShow':
      return [
        {
          kind: 'related',
          relation: 'registrations',
          quantifier: { kind: 'atLeast', count: 1 },
          where: all([{ kind: 'row', field: 'eventId', operator: 'is', values: [] }]),
        },
        {
          kind: 'related',
          relation: 'checkIns',
          quantifier: { kind: 'none', count: 0 },
          where: all([{ kind: 'row', field: 'eventId', operator: 'is', values: [] }]),
        },
      ];
    case 'mayMail':
      return [
        { kind: 'row', field: 'consentLevel', operator: 'atLeast', values: ['marketing'] },
        { kind: 'row', field: 'allowEmail', operator: 'isTrue', values: [] },
        { kind: 'row', field: 'allowBulkEmail', operator: 'isTrue', values: [] },
        { kind: 'row', field: 'email', operator: 'hasData', values: [] },
      ];
  }
}

export const templateQuery = (template: TemplateId, timeZone: string): Query => ({
  version: 1,
  where: all(nodesOf(template)),
  timeZone,
});
