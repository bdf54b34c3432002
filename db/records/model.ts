/**
 * The fields of the open workspace: the built-in ones and those that it added. Each connection knows its own, since a
 * program (and a test) may have several workspaces open; it looks whether definitions have changed where a transaction
 * begins, and at every question outside of one: one look at a counter.
 *
 * A field whose definition is in the bin keeps its column, and what comes for it (an undo, another laptop) still goes in:
 * the store reads and writes it, calls do not show it. Taken out of the bin, it has all its values.
 *
 * Example: `fieldsOf(store, 'contact').x_8f3a5b7c9d1e` describes "Badge colour" where the workspace has it.
 */
import {
  type CustomFieldDefinition,
  type CustomFieldEntity,
  customFieldEntities,
  type CustomFieldKind,
  customFieldKinds,
  customFieldName,
  customFieldsOf,
} from '../../shared/model/custom-field.ts';
import { type EntityName, entityOf } from '../../shared/model/entities.ts';
import type { Fields } from '../../shared/model/field.ts';
import { foldText } from '../../shared/rules/normalise/fold.ts';
import { registryWith } from '../../shared/rules/custom-fields/fields.ts';
import { type Registry, registry as builtInRegistry } from '../../shared/rules/segment/registry.ts';
import type { Connection } from '../connection.ts';
import type { ReadableStore } from '../store.ts';
import { uidToUuid } from '../uuid.ts';
import { revisionCounter } from './counters.ts';
import type { EntityStorage } from './entity-storage.ts';
import { storageOf } from './storages.ts';

export type Model = {
  /** Those in use, in the order in which they are shown. */
  readonly definitions: readonly CustomFieldDefinition[];
  /** Those in the bin too. */
  readonly columns: readonly CustomFieldDefinition[];
  /** What filters, segments and scoring models may name. */
  readonly registry: Registry;
  /** Every field that the store keeps of the entity. */
  fieldsOf(entity: EntityName): Fields;
  /** Without those in the bin: what calls show and take. */
  shownFieldsOf(entity: EntityName): Fields;
  storageOf(entity: EntityName): EntityStorage;
  /** Statements and readers that follow from it, made once (layout.ts, read.ts). */
  made<T>(key: string, make: () => T): T;
};

/** The folded twin of a text: what it is sorted and looked up by. */
export const keyColumnOf = (name: string): string => `${name}Key`;

export const hasKey = (kind: CustomFieldKind): boolean => kind === 'text' || kind === 'link';

export const keyOfValue = (kind: CustomFieldKind, value: unknown): string | null =>
  hasKey(kind) && typeof value === 'string' ? foldText(value) : null;

function modelWith(columns: readonly CustomFieldDefinition[], isShown: (id: string) => boolean): Model {
  const definitions = columns.filter(({ id }) => isShown(id));
  const cache = new Map<string, unknown>();
  const made = <T>(key: string, make: () => T): T => {
    if (cache.has(key)) return cache.get(key) as T;
    const value = make();
    cache.set(key, value);
    return value;
  };
  const has = (entity: EntityName): boolean => columns.some((each) => each.entity === entity);
  const withCustom = (entity: EntityName, own: readonly CustomFieldDefinition[]): Fields => ({
    ...entityOf(entity).fields,
    ...customFieldsOf(own, entity),
  });
  return {
    definitions,
    columns,
    registry: registryWith(definitions),
    made,
    fieldsOf: (entity) =>
      has(entity) ? made(`fields ${entity}`, () => withCustom(entity, columns)) : entityOf(entity).fields,
    shownFieldsOf: (entity) =>
      has(entity) ? made(`shown ${entity}`, () => withCustom(entity, definitions)) : entityOf(entity).fields,
    storageOf: (entity) =>
      has(entity) ? made(`storage ${entity}`, () => withKeys(storageOf(entity), columns)) : storageOf(entity),
  };
}

/** The storage of an entity that also keeps the folded twins of its custom texts. */
function withKeys(storage: EntityStorage, columns: readonly CustomFieldDefinition[]): EntityStorage {
  const own = columns
    .filter(({ entity }) => entity === storage.entity)
    .map(({ id, kind }) => ({ name: customFieldName(id), kind }));
  return {
    ...storage,
    derivedColumns: [...storage.derivedColumns, ...own.map(({ name }) => keyColumnOf(name))],
    project: (values) => {
      const projection = storage.project(values);
      const byName = values as Readonly<Record<string, unknown>>;
      return {
        ...projection,
        columns: [...projection.columns, ...own.map(({ name, kind }) => keyOfValue(kind, byName[name]))],
      };
    },
  };
}

const builtIn: Model = {
  ...modelWith([], () => true),
  registry: builtInRegistry,
};

const kept = new WeakMap<Connection, { readonly revision: number; readonly model: Model }>();

/** Inside a transaction the model of its beginning, outside the newest. */
export function modelOf(store: ReadableStore): Model {
  const known = kept.get(store.connection);
  return known && store.connection.inTransaction ? known.model : refreshModel(store);
}

/** Looks whether definitions have changed: to be called where a transaction begins. */
export function refreshModel(store: ReadableStore): Model {
  const counter = store.sql('SELECT value FROM counter WHERE name = ?').get(revisionCounter('customField')) as
    { value: number } | undefined;
  const revision = counter?.value ?? 0;
  const known = kept.get(store.connection);
  if (known?.revision === revision) return known.model;
  return load(store, revision);
}

/** A definition changed in the transaction in hand: its counter does not tell yet. */
export const reloadModel = (store: ReadableStore): Model => load(store, Number.NaN);

/** What was known of a transaction that was rolled back. */
export const forgetModel = (store: ReadableStore): void => {
  kept.delete(store.connection);
};

type Row = {
  uid: Buffer;
  name: string;
  entity: string;
  kind: string;
  options: string;
  help: string | null;
  position: number | null;
  deletedAtMs: number | null;
};

function load(store: ReadableStore, revision: number): Model {
  const rows = store
    .sql('SELECT uid, name, entity, kind, options, help, position, deletedAtMs FROM custom_field ORDER BY id')
    .all() as Row[];
  const shown = new Set<string>();
  const columns = rows.flatMap(({ uid, entity, kind, options, deletedAtMs, ...row }): CustomFieldDefinition[] => {
    // of a newer program: kept, and left alone
    if (!isEntity(entity) || !isKind(kind)) return [];
    const id = uidToUuid(uid);
    if (deletedAtMs === null) shown.add(id);
    return [{ ...row, id, entity, kind, options: JSON.parse(options) as string[] }];
  });
  const model = columns.length === 0 ? builtIn : modelWith(columns, (id) => shown.has(id));
  kept.set(store.connection, { revision, model });
  return model;
}

const isEntity = (name: string): name is CustomFieldEntity => customFieldEntities.some((each) => each === name);
const isKind = (name: string): name is CustomFieldKind => customFieldKinds.some((each) => each === name);

/** Every field that the store keeps: built-in ones, and the workspace's own, those in the bin too. */
export const fieldsOf = (store: ReadableStore, entity: EntityName): Fields => modelOf(store).fieldsOf(entity);

/** The fields that calls show and take. */
export const shownFieldsOf = (store: ReadableStore, entity: EntityName): Fields => modelOf(store).shownFieldsOf(entity);

/** What filters, segments and scoring models of this workspace may name. */
export const registryOf = (store: ReadableStore): Registry => modelOf(store).registry;
