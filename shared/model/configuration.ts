/** What a workspace is set up with: forms, strategies, models, processes, segments. Kept and synced like any record. */
import { z } from 'zod';
import {
  entity,
  flag,
  instant,
  integer,
  json,
  longText,
  ref,
  requiredRef,
  requiredText,
  setChoice,
  text,
} from './field.ts';
import { lifeStates } from './picklists.ts';
import { captureFormDefinitionSchema } from '../rules/capture/definition.ts';
import { matchingDefinitionSchema } from '../rules/matching/definition.ts';
import { processDefinitionSchema } from '../rules/process/definition.ts';
import { scoringDefinitionSchema } from '../rules/scoring/definition.ts';
import { querySchema, setOperationSchema } from '../rules/segment/schema.ts';

export const captureForm = entity({
  name: 'captureForm',
  area: 'captureForms',
  searchable: true,
  sortable: [],
  fields: {
    name: requiredText({ max: 200 }),
    eventId: ref('event'),
    campaignId: ref('campaign'),
    active: flag(true),
    definition: json(captureFormDefinitionSchema, captureFormDefinitionSchema.parse({})),
  },
});

export const matchingStrategy = entity({
  name: 'matchingStrategy',
  area: 'matchingStrategies',
  searchable: true,
  sortable: [],
  fields: {
    name: requiredText({ max: 200 }),
    target: setChoice(['contact', 'lead'], 'contact'),
    isDefault: flag(false),
    definition: json(
      matchingDefinitionSchema,
      matchingDefinitionSchema.parse({ attributes: [{ attribute: 'email' }] }),
    ),
  },
});

export const scoringModel = entity({
  name: 'scoringModel',
  area: 'scoringModels',
  searchable: true,
  sortable: [],
  fields: {
    name: requiredText({ max: 200 }),
    target: setChoice(['contactLead', 'accountLead'], 'contactLead'),
    state: setChoice(lifeStates, 'draft'),
    definition: json(scoringDefinitionSchema, scoringDefinitionSchema.parse({})),
  },
});

export const process = entity({
  name: 'process',
  area: 'processes',
  searchable: true,
  sortable: [],
  fields: {
    name: requiredText({ max: 200 }),
    isDefault: flag(false),
    definition: json(processDefinitionSchema, processDefinitionSchema.parse({})),
  },
});

export const segment = entity({
  name: 'segment',
  area: 'segments',
  searchable: true,
  sortable: [],
  fields: {
    name: requiredText({ max: 200 }),
    kind: setChoice(['dynamic', 'static', 'compound'], 'dynamic'),
    state: setChoice(lifeStates, 'draft', { computed: true }),
    wentLiveAtMs: instant({ computed: true }),
    description: longText(),
    /** `dynamic`: the question. */
    query: json(querySchema.nullable(), null),
    /** `compound`: other segments, in order. */
    operations: json(z.array(setOperationSchema).max(50), []),
    /** How many members, kept up while live. */
    memberCount: integer({ derived: true }),
    /** IANA zone in which its relative dates are evaluated. */
    timeZone: text({ max: 60 }),
    ownerId: ref('user'),
  },
});

/** A contact picked for a static segment. */
export const segmentMember = entity({
  name: 'segmentMember',
  area: 'segmentMembers',
  searchable: false,
  sortable: [],
  fields: { segmentId: requiredRef('segment'), contactId: requiredRef('contact') },
});
