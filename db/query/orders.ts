/**
 * The orders of a list. Each walks an index of (key, id); blanks come last in both directions, so an order that can
 * be blank is two walks: those with a key, then those without.
 *
 * Example: contacts by company, descending: `companyKey DESC, id DESC`, then contacts without a company.
 */
import { customFieldName, isCustomFieldName } from '../../shared/model/custom-field.ts';
import { type EntityName, entityOf } from '../../shared/model/entities.ts';
import { tableOf } from '../records/entity-storage.ts';
import { sortColumnOf, sortIndexOf } from '../records/custom-columns.ts';
import { modelOf } from '../records/model.ts';
import { storageOf } from '../records/storages.ts';
import type { ReadableStore } from '../store.ts';

export type Direction = 'asc' | 'desc';

export type Order = {
  readonly field: string;
  /** The column that sorts; `id` where rows are numbered in that order anyway. */
  readonly column: string;
  readonly direction: Direction;
  readonly nullable: boolean;
  /** The index to walk; null where the entity is small or rarely listed, and is sorted instead. */
  readonly index: string | null;
  /** The index holds only records with a key: those without are walked by their rows. */
  readonly sparse?: true;
};

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Entities that grow with use and whose label says little: listed by when they happened. */
const happenings: Partial<Record<EntityName, string>> = {
  interaction: 'occurredAtMs',
  call: 'startedAtMs',
  registration: 'createdAtMs',
  checkIn: 'createdAtMs',
  listMember: 'createdAtMs',
  segmentMember: 'createdAtMs',
  consentChange: 'createdAtMs',
  stageMove: 'createdAtMs',
};

const oddNames: Readonly<Record<string, string>> = {
  event_starts_on: 'event_starts',
  interaction_occurred_at_ms: 'interaction_occurred',
  call_started_at_ms: 'call_started',
  task_due_at_ms: 'task_due',
  lead_score: 'lead_by_score',
};

const dated: readonly EntityName[] = ['account', 'contact', 'lead', 'opportunity', 'task'];

const isHappening = (entity: EntityName): boolean => happenings[entity] !== undefined;

/** Null for a field that the entity's lists are not sorted by. */
export function orderOf(
  store: ReadableStore,
  entity: EntityName,
  sort: { readonly field: string; readonly direction: Direction } | undefined,
): Order | null {
  const usual = happenings[entity];
  const field = sort?.field ?? usual ?? 'label';
  const direction = sort?.direction ?? (usual ? 'desc' : 'asc');
  const table = tableOf(entity);
  const order = (column: string, nullable: boolean, index: string | null): Order => ({
    field,
    column,
    direction,
    nullable,
    index,
  });
  if (field === 'label') return order('labelKey', false, isHappening(entity) ? null : `${table}_label_key`);
  if (field === 'createdAtMs' || field === 'updatedAtMs') {
    if (dated.includes(entity)) return order(field, false, `${table}_${snake(field)}`);
    // rows are numbered as they are made
    return field === 'createdAtMs' ? order('id', false, null) : order(field, false, null);
  }
  if (isCustomFieldName(field)) {
    const own = sortableOf(store, entity).find(({ id }) => customFieldName(id) === field);
    return own ? { ...order(sortColumnOf(own), true, sortIndexOf(own)), sparse: true } : null;
  }
  const definition = entityOf(entity);
  if (!definition.sortable.includes(field)) return null;
  const keyColumn = storageOf(entity).derivedColumns.includes(`${field}Key`) ? `${field}Key` : field;
  const regular = `${table}_${snake(keyColumn)}`;
  return order(keyColumn, definition.fields[field]?.required !== true, oddNames[regular] ?? regular);
}

/** Every field that the entity's lists may be sorted by. */
export const sortFieldsOf = (store: ReadableStore, entity: EntityName): readonly string[] => [
  'label',
  'createdAtMs',
  'updatedAtMs',
  ...entityOf(entity).sortable,
  ...sortableOf(store, entity).map(({ id }) => customFieldName(id)),
];

/** Custom fields of one value. */
const sortableOf = (store: ReadableStore, entity: EntityName) =>
  modelOf(store).definitions.filter((each) => each.entity === entity && each.kind !== 'multiChoice');
