/** What hangs on records, and what becomes of it when they go for good (shared/rules/bin.ts has the rule). */
import { type EntityName, entityNames, entityOf } from '../../shared/model/entities.ts';
import { owners } from '../../shared/rules/bin.ts';
import { tableOf } from '../records/entity-storage.ts';
import type { ReadableStore } from '../store.ts';

export type Dependence = {
  readonly entity: EntityName;
  readonly field: string;
  /** The record cannot be without it. */
  readonly isRequired: boolean;
  /** The other references to whom it belongs; null where it does not belong to this one. */
  readonly others: readonly string[] | null;
};

const known = new Map<EntityName, readonly Dependence[]>();

/** Every field by which records point at this kind, taken from the model. */
export function dependencesOn(target: EntityName): readonly Dependence[] {
  let found = known.get(target);
  if (!found) {
    found = entityNames.flatMap((entity) =>
      Object.entries(entityOf(entity).fields)
        .filter(([, field]) => field.target === target)
        .map(([field, { required }]): Dependence => {
          const own = owners[entity] ?? [];
          return {
            entity,
            field,
            isRequired: required === true,
            others: own.includes(field) ? own.filter((each) => each !== field) : null,
          };
        }),
    );
    known.set(target, found);
  }
  return found;
}

/** SQL that holds for a dependant that goes with the record; null where none does. */
export function goesSql({ isRequired, others }: Dependence): string | null {
  if (isRequired) return '1';
  if (others === null) return null;
  return others.length === 0 ? '1' : others.map((field) => `${field} IS NULL`).join(' AND ');
}

export type Hanging = {
  readonly entity: EntityName;
  readonly field: string;
  readonly count: number;
  /** It goes with the record, or stays and loses the reference. */
  readonly fate: 'goes' | 'stays';
};

/** What hangs on these records and is not in the bin itself. */
export function hangingOn(store: ReadableStore, target: EntityName, rows: readonly number[]): Hanging[] {
  const ids = JSON.stringify(rows);
  return dependencesOn(target).flatMap((dependence) => {
    const { entity, field } = dependence;
    const goes = goesSql(dependence);
    const { all, going } = store
      .sql(
        `SELECT count(*) AS "all", coalesce(sum(${goes ?? '0'}), 0) AS going FROM ${tableOf(entity)}
         WHERE ${field} IN (SELECT value FROM json_each(?)) AND +deletedAtMs IS NULL`,
      )
      .get(ids) as { all: number; going: number };
    return [
      ...(going > 0 ? [{ entity, field, count: going, fate: 'goes' as const }] : []),
      ...(all > going ? [{ entity, field, count: all - going, fate: 'stays' as const }] : []),
    ];
  });
}
