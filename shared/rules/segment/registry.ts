/**
 * The one field registry of the segment language: which fields and relations a query may name, of what type they are,
 * and how each reaches storage. `validate`, `evaluate`, `compile`, `describe` and the builder's pickers all read this
 * and nothing else; it is derived from the field descriptions of `shared/model`, so a new field appears here by itself.
 *
 * Example: `fieldOf('lead', 'topic')` is `{ name: 'topic', type: 'text', compare: 'fold', storage: { kind: 'column',
 * column: 'topic', keyColumn: 'topicKey' }, … }`.
 */
import { type EntityName, entityNames, entityOf } from '../../model/entities.ts';
import type { Field } from '../../model/field.ts';
import { consentLevels } from '../../model/picklists.ts';
import type { Relation } from './schema.ts';

export type SegmentFieldType =
  | 'text'
  /** Several texts in one record (its addresses' cities): a condition holds when it holds for any of them. */
  | 'manyText'
  | 'number'
  /** A day, 'YYYY-MM-DD'. */
  | 'date'
  /** A moment, UTC epoch ms; compared by days in the query's time zone. */
  | 'instant'
  | 'boolean'
  | 'choice'
  | 'multiChoice'
  | 'lookup';

/**
 * How two values are held to be the same: folded text; the matching form of an email address or the digits of a phone
 * number; or exactly.
 */
export type Comparison = 'fold' | 'email' | 'phone' | 'exact';

/** Where the database keeps it. Names are those of tables and columns and come from here only, never from a query. */
type FieldStorage =
  /** `keyColumn`: the stored folded (or email) form; where there is none the value is folded as it is read. */
  | { readonly kind: 'column'; readonly column: string; readonly keyColumn: string | null }
  /** One row a value in a child table. */
  | { readonly kind: 'rows'; readonly table: 'contact_email' | 'contact_phone'; readonly ownerColumn: 'contactId' }
  /** A property of the objects in a JSON list; `mixed`: a text, a number, or a list of texts. */
  | { readonly kind: 'parts'; readonly column: string; readonly property: string; readonly mixed?: true }
  /** A JSON list of texts; `keys`: a table with a row a text, folded, to find them by. */
  | {
      readonly kind: 'list';
      readonly column: string;
      readonly keys?: { readonly table: string; readonly owner: string };
    };

export type SegmentField = {
  readonly entity: EntityName;
  readonly name: string;
  readonly type: SegmentFieldType;
  readonly compare: Comparison;
  /** `choice`, `multiChoice`: what may be chosen; null where the options are data (stages of processes). */
  readonly options: readonly string[] | null;
  /** The options are a scale, so that at least / at most make sense (consent). */
  readonly ordered: boolean;
  /** `lookup`, and a `multiChoice` of records: what it points at. */
  readonly target: EntityName | null;
  readonly storage: FieldStorage;
  /** What people call it, where they made it (a custom field). */
  readonly label?: string;
};

/** How the two records of a relation find each other: equal columns, or a table between them. */
type RelationJoin =
  | { readonly kind: 'columns'; readonly own: string; readonly theirs: string }
  | { readonly kind: 'through'; readonly entity: EntityName; readonly own: string; readonly theirs: string };

export type SegmentRelation = {
  readonly name: Relation;
  readonly from: EntityName;
  readonly to: EntityName;
  /** At most one related record. */
  readonly single: boolean;
  readonly join: RelationJoin;
};

export type Registry = {
  readonly fields: (entity: EntityName) => readonly SegmentField[];
  readonly field: (entity: EntityName, name: string) => SegmentField | null;
  readonly relations: (entity: EntityName) => readonly SegmentRelation[];
  readonly relation: (entity: EntityName, name: string) => SegmentRelation | null;
};

/** The entities a query may start from or go to by a block; list filters also take the others. */
export const segmentEntities = [
  'contact',
  'lead',
  'account',
  'opportunity',
  'registration',
  'checkIn',
  'interaction',
  'call',
  'subscriptionList',
  'event',
  'campaign',
] as const satisfies readonly EntityName[];

/** Text fields with a stored folded twin (see the migrations that make them). */
const keyColumns: Partial<Record<EntityName, Readonly<Record<string, string>>>> = {
  contact: { givenName: 'givenNameKey', familyName: 'familyNameKey', company: 'companyKey', jobTitle: 'jobTitleKey' },
  account: { industry: 'industryKey' },
  lead: { givenName: 'givenNameKey', familyName: 'familyNameKey', company: 'companyKey', topic: 'topicKey' },
};

/** Records that are called by this field: its folded form is the label's. */
const labelFields: Partial<Record<EntityName, string>> = {
  account: 'name',
  campaign: 'name',
  event: 'name',
  product: 'name',
  subscriptionList: 'name',
  opportunity: 'name',
  captureForm: 'name',
  process: 'name',
  scoringModel: 'name',
  matchingStrategy: 'name',
  segment: 'name',
  user: 'name',
  task: 'subject',
};

/** Text that is an identifier from a list which is data, not text that people word as they like. */
const identifiers: Partial<Record<EntityName, readonly string[]>> = {
  lead: ['stage'],
  stageMove: ['fromStage', 'toStage'],
};

const column = (name: string, keyColumn: string | null = null): FieldStorage => ({
  kind: 'column',
  column: name,
  keyColumn,
});

type Typed = Pick<SegmentField, 'type' | 'compare'> & Partial<SegmentField>;

function typeOf(entity: EntityName, name: string, field: Field): Typed | null {
  switch (field.kind) {
    case 'text':
    case 'longText':
      if (identifiers[entity]?.includes(name)) return { type: 'choice', compare: 'exact' };
      if (name === 'email' && 'emails' in entityOf(entity).fields) {
        return { type: 'text', compare: 'email', storage: column('email', 'emailKey') };
      }
      if (name === 'phone' && 'phones' in entityOf(entity).fields) return { type: 'text', compare: 'phone' };
      return {
        type: 'text',
        compare: 'fold',
        storage: column(name, labelFields[entity] === name ? 'labelKey' : (keyColumns[entity]?.[name] ?? null)),
      };
    case 'integer':
    case 'number':
      return { type: 'number', compare: 'exact' };
    case 'boolean':
      return { type: 'boolean', compare: 'exact' };
    case 'date':
      return { type: 'date', compare: 'exact' };
    case 'instant':
      return { type: 'instant', compare: 'exact' };
    case 'choice':
      return {
        type: 'choice',
        compare: 'exact',
        options: field.options ?? null,
        ordered: field.options === consentLevels,
      };
    case 'multiChoice':
      // tags: what people typed, compared as they read it
      if (name === 'tags') {
        const keys = { table: `${entity}_tag`, owner: `${entity}Id` };
        return { type: 'multiChoice', compare: 'fold', storage: { kind: 'list', column: name, keys } };
      }
      return {
        type: 'multiChoice',
        compare: 'exact',
        options: field.options ?? null,
        storage: { kind: 'list', column: name },
      };
    case 'ref':
      return { type: 'lookup', compare: 'exact', target: field.target as EntityName };
    case 'json':
      return null;
    default:
      return unknownKind(field.kind);
  }
}

function unknownKind(kind: never): never {
  throw new Error(`No segment type for fields of kind ${String(kind)}`);
}

const make = (entity: EntityName, name: string, typed: Typed): SegmentField => ({
  options: null,
  ordered: false,
  target: null,
  storage: column(name),
  ...typed,
  entity,
  name,
});

/** A field of the workspace; its text has a folded twin `…Key` beside it (db/records/custom-columns.ts). */
export function customSegmentField(entity: EntityName, name: string, field: Field): SegmentField {
  const typed = typeOf(entity, name, field);
  if (typed === null) throw new Error(`A custom field of kind ${field.kind}`);
  const isText = typed.type === 'text';
  return {
    ...make(entity, name, isText ? { ...typed, storage: column(name, `${name}Key`) } : typed),
    ...(field.label === undefined ? {} : { label: field.label }),
  };
}

/** The lists inside a record (emails, phones, addresses, answers, products) as fields of their own. */
function listFields(entity: EntityName): SegmentField[] {
  const { fields } = entityOf(entity);
  const found: SegmentField[] = [];
  const many = (name: string, compare: Comparison, storage: FieldStorage) =>
    found.push(make(entity, name, { type: 'manyText', compare, storage }));
  const rows = (table: 'contact_email' | 'contact_phone'): FieldStorage => ({
    kind: 'rows',
    table,
    ownerColumn: 'contactId',
  });
  const parts = (list: string, property: string): FieldStorage => ({ kind: 'parts', column: list, property });
  if ('emails' in fields) {
    many('emails', 'email', entity === 'contact' ? rows('contact_email') : parts('emails', 'address'));
  }
  if ('phones' in fields) {
    many('phones', 'phone', entity === 'contact' ? rows('contact_phone') : parts('phones', 'number'));
  }
  if ('addresses' in fields) {
    for (const property of ['street', 'street2', 'city', 'region', 'postalCode', 'country']) {
      many(property, 'fold', parts('addresses', property));
    }
  }
  if ('answers' in fields) {
    many('answers', 'fold', { kind: 'parts', column: 'answers', property: 'value', mixed: true });
  }
  if ('flaggedValues' in fields) many('flaggedValues', 'fold', parts('flaggedValues', 'value'));
  if ('productIds' in fields) {
    found.push(
      make(entity, 'productIds', {
        type: 'multiChoice',
        compare: 'exact',
        target: 'product',
        storage: { kind: 'list', column: 'productIds' },
      }),
    );
  }
  return found;
}

function fieldsOfEntity(entity: EntityName): readonly SegmentField[] {
  const fields: SegmentField[] = [
    make(entity, 'label', { type: 'text', compare: 'fold', storage: column('label', 'labelKey') }),
  ];
  for (const [name, field] of Object.entries(entityOf(entity).fields)) {
    const typed = field.use.segment ? typeOf(entity, name, field) : null;
    if (typed) fields.push(make(entity, name, typed));
  }
  fields.push(...listFields(entity));
  for (const name of ['createdAtMs', 'updatedAtMs']) {
    fields.push(make(entity, name, { type: 'instant', compare: 'exact' }));
  }
  return fields;
}

const reference = (name: Relation, from: EntityName, own: string): SegmentRelation => {
  const target = entityOf(from).fields[own]?.target;
  if (target === undefined) throw new Error(`${from}.${own} is no reference`);
  return { name, from, to: target as EntityName, single: true, join: { kind: 'columns', own, theirs: 'id' } };
};

const children = (name: Relation, from: EntityName, to: EntityName, theirs = `${from}Id`): SegmentRelation => ({
  name,
  from,
  to,
  single: false,
  join: { kind: 'columns', own: 'id', theirs },
});

/** What belongs to the lead's contact: "the insights of a lead are those of its contact" (domain.md section 1). */
const ofTheContact = (name: Relation, to: EntityName): SegmentRelation => ({
  name,
  from: 'lead',
  to,
  single: false,
  join: { kind: 'columns', own: 'contactId', theirs: 'contactId' },
});

const allRelations: readonly SegmentRelation[] = [
  children('leads', 'contact', 'lead'),
  reference('account', 'contact', 'accountId'),
  children('opportunities', 'contact', 'opportunity'),
  children('registrations', 'contact', 'registration'),
  children('checkIns', 'contact', 'checkIn'),
  children('interactions', 'contact', 'interaction'),
  children('calls', 'contact', 'call'),
  {
    name: 'subscriptionLists',
    from: 'contact',
    to: 'subscriptionList',
    single: false,
    join: { kind: 'through', entity: 'listMember', own: 'contactId', theirs: 'listId' },
  },

  reference('contact', 'lead', 'contactId'),
  reference('account', 'lead', 'accountId'),
  reference('event', 'lead', 'eventId'),
  reference('campaign', 'lead', 'campaignId'),
  children('opportunities', 'lead', 'opportunity'),
  children('calls', 'lead', 'call'),
  ofTheContact('interactions', 'interaction'),
  ofTheContact('registrations', 'registration'),
  ofTheContact('checkIns', 'checkIn'),

  children('contacts', 'account', 'contact'),
  children('leads', 'account', 'lead'),
  children('opportunities', 'account', 'opportunity'),

  reference('lead', 'opportunity', 'leadId'),
  reference('contact', 'opportunity', 'contactId'),
  reference('account', 'opportunity', 'accountId'),
  reference('campaign', 'opportunity', 'campaignId'),

  reference('event', 'registration', 'eventId'),
  reference('contact', 'registration', 'contactId'),
  children('checkIns', 'registration', 'checkIn'),

  reference('event', 'checkIn', 'eventId'),
  reference('contact', 'checkIn', 'contactId'),

  reference('contact', 'interaction', 'contactId'),
  reference('lead', 'interaction', 'leadId'),
  reference('event', 'interaction', 'eventId'),
  reference('campaign', 'interaction', 'campaignId'),

  reference('lead', 'call', 'leadId'),
  reference('contact', 'call', 'contactId'),

  {
    name: 'contacts',
    from: 'subscriptionList',
    to: 'contact',
    single: false,
    join: { kind: 'through', entity: 'listMember', own: 'listId', theirs: 'contactId' },
  },

  reference('campaign', 'event', 'campaignId'),
  children('leads', 'event', 'lead'),
  children('registrations', 'event', 'registration'),
  children('checkIns', 'event', 'checkIn'),

  children('leads', 'campaign', 'lead'),
  children('opportunities', 'campaign', 'opportunity'),

  reference('lead', 'task', 'leadId'),
  reference('contact', 'task', 'contactId'),
  reference('contact', 'listMember', 'contactId'),
];

/** `more`: further fields, such as the custom ones of a workspace. A name that is taken keeps its first meaning. */
export function createRegistry(more: readonly SegmentField[] = []): Registry {
  const fieldMaps = new Map<EntityName, ReadonlyMap<string, SegmentField>>();
  const relationMaps = new Map<EntityName, ReadonlyMap<string, SegmentRelation>>();
  for (const entity of entityNames) {
    const fields = new Map<string, SegmentField>();
    for (const field of [...fieldsOfEntity(entity), ...more.filter((each) => each.entity === entity)]) {
      if (!fields.has(field.name)) fields.set(field.name, field);
    }
    fieldMaps.set(entity, fields);
    relationMaps.set(
      entity,
      new Map(allRelations.filter((each) => each.from === entity).map((each) => [each.name, each])),
    );
  }
  return {
    fields: (entity) => [...(fieldMaps.get(entity)?.values() ?? [])],
    field: (entity, name) => fieldMaps.get(entity)?.get(name) ?? null,
    relations: (entity) => [...(relationMaps.get(entity)?.values() ?? [])],
    relation: (entity, name) => relationMaps.get(entity)?.get(name) ?? null,
  };
}

/** The built-in fields. */
export const registry: Registry = createRegistry();

export const fieldsOf = registry.fields;
export const fieldOf = registry.field;
export const relationsOf = registry.relations;
export const relationOf = registry.relation;
