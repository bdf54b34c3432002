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
import { customFieldEntities, customFieldKinds } from './custom-field.ts';
import { lifeStates } from './picklists.ts';
import { captureFormDefinitionSchema } from '../rules/capture/definition.ts';
import { matchingDefinitionSchema } from '../rules/matching/definition.ts';
import { processDefinitionSchema } from '../rules/process/definition.ts';
import { scoringDefinitionSchema } from '../rules/scoring/definition.ts';
import { querySchema, rowSchema, setOperationSchema } from '../rules/segment/schema.ts';

/** A field that the workspace added to a kind of record; what becomes of it: custom-field.ts. */
export const customField = entity({
  name: 'customField',
  area: 'customFields',
  searchable: false,
  sortable: [],
  fields: {
    name: requiredText({ max: 100 }),
    /** Which records have it; never another once it is made. */
    entity: setChoice(customFieldEntities, 'contact'),
    kind: setChoice(customFieldKinds, 'text'),
    /** `choice` and `multiChoice`. */
    options: json(z.array(z.string().trim().min(1).max(200)).max(500), []),
    /** Shown beside the field. */
    help: text({ max: 1000 }),
    /** Where it stands among the others; those without come last, in the order in which they were made. */
    position: integer({ min: 0, max: 100_000 }),
  },
});

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

/** What a saved view of a list remembers: everything but the page. */
const viewDefinitionSchema = z.strictObject({
  /** A built-in view that it starts from (`listViewIds`); null for the whole list. */
  view: z.string().max(40).nullable().default(null),
  search: z.string().max(400).default(''),
  filters: z.array(rowSchema).max(50).default([]),
  sort: z
    .strictObject({ field: z.string().max(80), direction: z.enum(['asc', 'desc']) })
    .nullable()
    .default(null),
  /** Field names in order; empty for the list's usual ones. */
  columns: z.array(z.string().max(80)).max(100).default([]),
});
export type ViewDefinition = z.output<typeof viewDefinitionSchema>;

/** A list as somebody set it up, under a name: for its owner alone, or for everybody of the workspace. */
export const savedView = entity({
  name: 'savedView',
  area: 'savedViews',
  searchable: false,
  sortable: [],
  fields: {
    name: requiredText({ max: 200 }),
    /** Which list: an entity's name. */
    entity: requiredText({ max: 40 }),
    shared: flag(false),
    ownerId: ref('user'),
    definition: json(viewDefinitionSchema, viewDefinitionSchema.parse({})),
  },
});
