/** The storage of every entity. A new one is a line here, its fields in shared/model and a table in a migration. */
import { type EntityName, entityOf } from '../../shared/model/entities.ts';
import { accountStorage } from './account.ts';
import { contactStorage } from './contact.ts';
import { ownerCounter } from './counters.ts';
import type { EntityStorage, StoredValues } from './entity-storage.ts';
import { leadStorage } from './lead.ts';
import { attachmentStorage, noteStorage } from './note.ts';

/** For entities whose label is their `name` or `subject`, and that nothing else follows from. */
function plain<E extends EntityName>(entity: E): EntityStorage<E> {
  const { fields, searchable } = entityOf(entity);
  const labelField = ['name', 'subject', 'kind', 'outcome', 'status', 'after', 'toStage'].find(
    (each) => each in fields,
  );
  return {
    entity,
    derivedColumns: [],
    project: (values: StoredValues<E>) => {
      const label = labelField ? String((values as Record<string, unknown>)[labelField] ?? '') : '';
      return { label, words: searchable ? [label] : [], columns: [] };
    },
    counters: (values: StoredValues<E>) => {
      const { ownerId, status, doneAtMs } = values as Record<string, unknown>;
      const isOpen = entity === 'opportunity' ? status === 'open' : entity === 'task' && doneAtMs === null;
      return [
        entity,
        ...(isOpen ? [`${entity}:open`] : []),
        ...(typeof ownerId === 'number' ? ownerCounter(entity, ownerId) : []),
      ];
    },
  };
}

const storages = {
  contact: contactStorage,
  account: accountStorage,
  lead: leadStorage,
  opportunity: plain('opportunity'),
  interaction: plain('interaction'),
  campaign: plain('campaign'),
  product: plain('product'),
  event: plain('event'),
  registration: plain('registration'),
  checkIn: plain('checkIn'),
  subscriptionList: plain('subscriptionList'),
  listMember: plain('listMember'),
  consentChange: plain('consentChange'),
  call: plain('call'),
  task: plain('task'),
  user: plain('user'),
  stageMove: plain('stageMove'),
  captureForm: plain('captureForm'),
  matchingStrategy: plain('matchingStrategy'),
  scoringModel: plain('scoringModel'),
  process: plain('process'),
  segment: plain('segment'),
  segmentMember: plain('segmentMember'),
  savedView: plain('savedView'),
  customField: plain('customField'),
  note: noteStorage,
  attachment: attachmentStorage,
  redirect: plain('redirect'),
  duplicateDecision: plain('duplicateDecision'),
} satisfies { [E in EntityName]: EntityStorage<E> };

/** The storage of an entity, for code that treats all alike. */
export const storageOf = (entity: EntityName): EntityStorage => storages[entity] as unknown as EntityStorage;
