/** Every kind of record, by name. The order is the order in which a bundle carries them (parents first). */
import { account, contact, lead, opportunity } from './people.ts';
import {
  call,
  campaign,
  checkIn,
  consentChange,
  event,
  interaction,
  listMember,
  product,
  registration,
  stageMove,
  subscriptionList,
  task,
  user,
} from './happenings.ts';
import {
  captureForm,
  customField,
  matchingStrategy,
  process,
  savedView,
  scoringModel,
  segment,
  segmentMember,
} from './configuration.ts';
import { duplicateDecision, redirect } from './merging.ts';
import { attachment, note } from './notes.ts';
import type { EntityDefinition, RecordOf } from './field.ts';

export const entities = {
  // first: what is said of a record's own fields comes before its values
  customField,
  user,
  process,
  scoringModel,
  matchingStrategy,
  campaign,
  product,
  event,
  captureForm,
  subscriptionList,
  account,
  contact,
  lead,
  opportunity,
  registration,
  checkIn,
  interaction,
  listMember,
  consentChange,
  stageMove,
  call,
  task,
  segment,
  segmentMember,
  savedView,
  note,
  attachment,
  redirect,
  duplicateDecision,
} as const;

export type EntityName = keyof typeof entities;
export type FieldsOf<E extends EntityName> = (typeof entities)[E]['fields'];
export type EntityRecord<E extends EntityName> = RecordOf<FieldsOf<E>>;

export const entityNames = Object.keys(entities) as EntityName[];

/** The definition, for code that treats all entities alike. */
export const entityOf = (name: EntityName): EntityDefinition => entities[name] as unknown as EntityDefinition;

export type ContactRecord = EntityRecord<'contact'>;
export type AccountRecord = EntityRecord<'account'>;
export type LeadRecord = EntityRecord<'lead'>;
