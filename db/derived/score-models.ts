/** The scoring models of the workspace made ready, and what they read. Made again when one of them changes. */
import type { ScoringEntity } from '../../shared/rules/scoring/definition.ts';
import { scoringDefinitionSchema, scoringEntities } from '../../shared/rules/scoring/definition.ts';
import { fieldsAlwaysRead } from '../../shared/rules/scoring/facts.ts';
import { columnsRead, type PreparedModel, prepareModel } from '../../shared/rules/scoring/model.ts';
import type { Registry } from '../../shared/rules/segment/registry.ts';
import { registryOf } from '../records/model.ts';
import type { ReadableStore } from '../store.ts';
import { uidToUuid } from '../uuid.ts';

export type Model = {
  readonly id: number;
  readonly name: string;
  readonly target: 'contactLead' | 'accountLead';
  readonly state: 'draft' | 'live' | 'stopped';
  readonly prepared: PreparedModel;
};

export type ScorePlan = {
  readonly models: ReadonlyMap<number, Model>;
  readonly live: readonly Model[];
  /** The columns that any live or stopped model reads, by entity; entities that none reads are absent. */
  readonly columns: ReadonlyMap<ScoringEntity, readonly string[]>;
};

const plans = new WeakMap<ReadableStore, { key: string; registry: Registry; plan: ScorePlan }>();

export function planOf(store: ReadableStore): ScorePlan {
  const key = store
    .sql(
      `SELECT coalesce(group_concat(id || ':' || version || ':' || state), '') FROM scoring_model
       WHERE state <> 'draft' AND deletedAtMs IS NULL`,
    )
    .pluck()
    .get() as string;
  const known = plans.get(store);
  const registry = registryOf(store);
  if (known?.key === key && known.registry === registry) return known.plan;
  const plan = readPlan(store, registry);
  plans.set(store, { key, registry, plan });
  return plan;
}

function readPlan(store: ReadableStore, registry: Registry): ScorePlan {
  const rows = store
    .sql(
      `SELECT id, uid, name, target, state, definition FROM scoring_model
       WHERE state <> 'draft' AND deletedAtMs IS NULL ORDER BY uid`,
    )
    .all() as (Omit<Model, 'prepared'> & { uid: Buffer; definition: string })[];
  const models = rows.map(({ uid, definition, ...model }) => ({
    ...model,
    prepared: prepareModel(uidToUuid(uid), scoringDefinitionSchema.parse(JSON.parse(definition)), registry),
  }));
  const columns = new Map<ScoringEntity, Set<string>>();
  for (const { prepared } of models) {
    for (const [entity, names] of columnsRead(prepared.definition, registry)) {
      const all = columns.get(entity) ?? new Set(fieldsAlwaysRead[entity]);
      for (const name of names) all.add(name);
      columns.set(entity, all);
    }
  }
  return {
    models: new Map(models.map((model) => [model.id, model])),
    live: models.filter((model) => model.state === 'live'),
    columns: new Map(
      scoringEntities.flatMap((entity) => {
        const names = columns.get(entity);
        return names ? [[entity, [...names].toSorted()] as const] : [];
      }),
    ),
  };
}
