/** Which matching strategy decides: the one asked for by name or id, else the default of its target. */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import { uuidSchema } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type MatchingDefinition, matchingDefinitionSchema } from '../../../shared/rules/matching/definition.ts';
import { foldText } from '../../../shared/rules/normalise/fold.ts';
import { readStoredWhere } from '../../../db/records/read.ts';
import type { ReadableStore } from '../../../db/store.ts';
import { uuidToUid } from '../../../db/uuid.ts';

export type StrategyTarget = 'contact' | 'lead';

/** Where a workspace has no default (any more): contact by email, lead by email and capture source. */
const fallbacks: Readonly<Record<StrategyTarget, MatchingDefinition>> = {
  contact: matchingDefinitionSchema.parse({ attributes: [{ attribute: 'email' }] }),
  lead: matchingDefinitionSchema.parse({ attributes: [{ attribute: 'email' }, { attribute: 'captureSource' }] }),
};

/** `uid`: null for the fallback, which is no record. */
export type Standing = { readonly uid: Buffer | null; readonly definition: MatchingDefinition };

function standingDefault(store: ReadableStore, target: StrategyTarget): Standing {
  const [first] = readStoredWhere(
    store,
    'matchingStrategy',
    'target = ? AND isDefault = 1 AND deletedAtMs IS NULL ORDER BY id LIMIT 1',
    target,
  );
  return first ? { uid: first.uid, definition: first.values.definition } : { uid: null, definition: fallbacks[target] };
}

/** The strategy of this id, else the default of its target. */
export function standingStrategy(store: ReadableStore, id: string | null, target: StrategyTarget): Standing {
  if (id === null) return standingDefault(store, target);
  const [found] = readStoredWhere(
    store,
    'matchingStrategy',
    'uid = ? AND target = ? AND deletedAtMs IS NULL',
    uuidToUid(id),
    target,
  );
  return found ? { uid: found.uid, definition: found.values.definition } : standingDefault(store, target);
}

export const defaultStrategy = (store: ReadableStore, target: StrategyTarget): MatchingDefinition =>
  standingDefault(store, target).definition;

/** Errors: `notFound`. */
export function strategyNamed(
  store: ReadableStore,
  name: string,
): Result<{ readonly target: StrategyTarget; readonly definition: MatchingDefinition }, CallError> {
  const isId = uuidSchema.safeParse(name).success;
  const [found] = isId
    ? readStoredWhere(store, 'matchingStrategy', 'uid = ? AND deletedAtMs IS NULL', uuidToUid(name))
    : readStoredWhere(store, 'matchingStrategy', 'labelKey = ? AND deletedAtMs IS NULL ORDER BY id', foldText(name));
  return found
    ? ok({ target: found.values.target, definition: found.values.definition })
    : err(callError('notFound', 'There is no matching strategy of this name.', { field: 'strategy' }));
}
