/**
 * Named selections of a list (domain.md sections 1 and 5): sellers see no marketing-only contacts and only sales-ready
 * leads, teleprospectors what stands in stages 3 and 4. Views are a convenience; the key of the database is the lock.
 *
 * Example: `viewOf('lead', 'unlinked', null)` keeps open leads with neither contact nor account, walks the index
 * `lead_unlinked` and is counted by the counter `lead:unlinked`.
 */
import type { ListViewId } from '../../shared/contract/records.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import { assertNever } from '../../shared/result.ts';
import { tableOf } from '../records/entity-storage.ts';
import { binCounter } from '../records/counters.ts';

export type View = {
  /** What a record must be, beside alive. Null: anything. */
  readonly where: string | null;
  readonly parameters: readonly (string | number)[];
  /** An index of (labelKey, id) over exactly these records; null where the whole list's index serves. */
  readonly labelIndex: string | null;
  /** Counters whose sum (or difference) is how many they are; null where they must be counted. */
  readonly counters: readonly (readonly [name: string, sign: 1 | -1])[] | null;
  readonly inBin: boolean;
};

const base = { parameters: [], labelIndex: null, counters: null, inBin: false } as const;

const owned: readonly EntityName[] = ['account', 'contact', 'lead', 'opportunity', 'task'];

/** The stages that are the teleprospectors' work in the shipped process. */
export const teleprospectStages = ['teleprospectAcceptance', 'teleprospectQualification'] as const;

/** Null where the entity has no such view. `userRow`: who asks. */
export function viewOf(entity: EntityName, id: ListViewId, userRow: number | null): View | null {
  const table = tableOf(entity);
  const all: View = { ...base, where: null, counters: [[entity, 1]] };
  switch (id) {
    case 'all':
      return all;
    case 'bin':
      return { ...base, where: null, inBin: true, counters: [[binCounter(entity), 1]] };
    case 'mine':
      if (entity === 'call') return { ...base, where: 'userId = ?', parameters: [userRow ?? 0] };
      if (!owned.includes(entity)) return entity === 'segment' ? mineUncounted(userRow) : null;
      return {
        ...base,
        where: 'ownerId = ?',
        parameters: [userRow ?? 0],
        labelIndex: `${table}_mine`,
        counters: [[`${entity}:owner:${userRow ?? 0}`, 1]],
      };
    case 'sales':
      if (entity === 'contact') {
        return {
          ...base,
          where: 'marketingOnly = 0',
          labelIndex: 'contact_sales',
          counters: [
            ['contact', 1],
            ['contact:marketingOnly', -1],
          ],
        };
      }
      return entity === 'lead' ? salesReadyLeads : all;
    case 'salesReady':
      return entity === 'lead' ? salesReadyLeads : null;
    case 'teleprospecting':
      if (entity !== 'lead') return all;
      return {
        ...base,
        where: `status = 'open' AND stage IN ('${teleprospectStages[0]}', '${teleprospectStages[1]}')`,
        labelIndex: 'lead_teleprospecting',
        counters: teleprospectStages.map((stage) => [`lead:stage:${stage}`, 1] as const),
      };
    case 'unlinked':
      if (entity !== 'lead') return null;
      return {
        ...base,
        where: `status = 'open' AND contactId IS NULL AND accountId IS NULL`,
        labelIndex: 'lead_unlinked',
        counters: [['lead:unlinked', 1]],
      };
    case 'marketingOnly':
      if (entity !== 'contact') return null;
      return {
        ...base,
        where: 'marketingOnly = 1',
        labelIndex: 'contact_marketing_only',
        counters: [['contact:marketingOnly', 1]],
      };
    case 'withoutContact':
      if (entity !== 'account') return null;
      return { ...base, where: 'contactCount = 0', labelIndex: 'account_without_contact' };
    case 'open':
      return openView(entity);
    default:
      return assertNever(id, 'view');
  }
}

const salesReadyLeads: View = {
  ...base,
  where: `status = 'open' AND salesReady = 1`,
  labelIndex: 'lead_sales_ready',
  counters: [['lead:salesReady', 1]],
};

const mineUncounted = (userRow: number | null): View => ({
  ...base,
  where: 'ownerId = ?',
  parameters: [userRow ?? 0],
});

function openView(entity: EntityName): View | null {
  const counters = [[`${entity}:open`, 1]] as const;
  if (entity === 'lead') return { ...base, where: `status = 'open'`, labelIndex: 'lead_open', counters };
  if (entity === 'opportunity') return { ...base, where: `status = 'open'`, labelIndex: 'opportunity_open', counters };
  if (entity === 'task') return { ...base, where: 'doneAtMs IS NULL', labelIndex: 'task_label_open', counters };
  return null;
}
