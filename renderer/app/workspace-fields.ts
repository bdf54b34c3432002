/**
 * The fields of the open workspace: the built-in ones and those that it added. Screens ask here, never the model alone.
 * Fields in the bin are known too, since history, conflicts and saved views still name them.
 *
 * Example: `fieldsNow('contact')['x_8f3a5b7c9d1e']?.label` is "Badge colour" where the workspace has it.
 */
import { create } from 'zustand';
import {
  type CustomFieldDefinition,
  customFieldName,
  type CustomFieldName,
  customFieldOf,
  customFieldsOf,
  hasCustomFields,
} from '../../shared/model/custom-field.ts';
import { entityOf, type EntityName, type FieldsOf } from '../../shared/model/entities.ts';
import { type Field, type Fields, writableSchema } from '../../shared/model/field.ts';
import { registryWith } from '../../shared/rules/custom-fields/fields.ts';
import type { Registry } from '../../shared/rules/segment/registry.ts';

/** A field of a kind of record as code names it: built-in, or added by the workspace. */
export type FieldName<E extends EntityName> = (keyof FieldsOf<E> & string) | CustomFieldName;

type Known = { readonly definition: CustomFieldDefinition; readonly field: Field; readonly isGone: boolean };

type WorkspaceFields = {
  /** Asked for at least once. */
  readonly isReady: boolean;
  readonly definitions: readonly CustomFieldDefinition[];
  /** By name, those in the bin too. */
  readonly known: ReadonlyMap<string, Known>;
  /** Kinds of records with fields of their own: all their fields. */
  readonly fields: ReadonlyMap<string, Fields>;
  /** What filters, segments and scoring models may name. */
  readonly registry: Registry;
};

const none: WorkspaceFields = {
  isReady: false,
  definitions: [],
  known: new Map(),
  fields: new Map(),
  registry: registryWith([]),
};

const useStore = create<WorkspaceFields>(() => none);

/** `gone`: those in the bin. */
export function setWorkspaceFields(
  definitions: readonly CustomFieldDefinition[],
  gone: readonly CustomFieldDefinition[] = [],
): void {
  const known = (definition: CustomFieldDefinition, isGone: boolean) =>
    [customFieldName(definition.id), { definition, field: customFieldOf(definition), isGone }] as const;
  const extended = [...new Set(definitions.map(({ entity }) => entity))];
  useStore.setState({
    isReady: true,
    definitions,
    known: new Map([...gone.map((each) => known(each, true)), ...definitions.map((each) => known(each, false))]),
    fields: new Map(
      extended.map((entity) => [entity, { ...entityOf(entity).fields, ...customFieldsOf(definitions, entity) }]),
    ),
    registry: registryWith(definitions),
  });
}

/** The workspace was closed: nothing of it stays. */
export const forgetWorkspaceFields = (): void => useStore.setState(none);

const fieldsIn = ({ fields }: WorkspaceFields, entity: EntityName): Fields =>
  fields.get(entity) ?? entityOf(entity).fields;

export const useFieldsReady = (): boolean => useStore(({ isReady }) => isReady);

/** Every field of a kind of record, the workspace's own last and in their order. */
export const useFields = (entity: EntityName): Fields => useStore((state) => fieldsIn(state, entity));
export const useDefinitions = (): readonly CustomFieldDefinition[] => useStore(({ definitions }) => definitions);
export const useRegistry = (): Registry => useStore(({ registry }) => registry);

/** The same for code that is no component: what holds at this moment. */
export const fieldsNow = (entity: EntityName): Fields => fieldsIn(useStore.getState(), entity);
export const registryNow = (): Registry => useStore.getState().registry;

/** Of fields as `useFields` gives them: the names of those that the workspace added. */
export const customNames = (fields: Fields): readonly CustomFieldName[] =>
  Object.entries(fields).flatMap(([name, { custom }]) => (custom === undefined ? [] : [name as CustomFieldName]));

/** A field by name; one in the bin is still described, so that what was written in it can be read. */
export const describedField = (entity: EntityName, name: string): Field | undefined =>
  entityOf(entity).fields[name] ?? (hasCustomFields(entity) ? useStore.getState().known.get(name)?.field : undefined);

/** What people call a custom field; undefined for a name that this workspace does not know. */
export const customLabel = (name: string): string | undefined => useStore.getState().known.get(name)?.definition.name;

/** What is said beside it. */
export const customHelp = (name: string): string | undefined =>
  useStore.getState().known.get(name)?.definition.help ?? undefined;

const schemas = new WeakMap<Fields, ReturnType<typeof writableSchema>>();

/** What a form of these fields may hold. */
export function schemaOf(entity: EntityName, fields: Fields): ReturnType<typeof writableSchema> {
  let schema = schemas.get(fields);
  if (schema === undefined) {
    schema = writableSchema({ ...entityOf(entity), fields });
    schemas.set(fields, schema);
  }
  return schema;
}
