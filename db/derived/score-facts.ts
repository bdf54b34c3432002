/** Gathers what scoring models read about one lead: only the columns that some model names. */
import type { EntityName } from '../../shared/model/entities.ts';
import { entityOf } from '../../shared/model/entities.ts';
import type { ScoringEntity } from '../../shared/rules/scoring/definition.ts';
import type { ScoringFacts } from '../../shared/rules/scoring/facts.ts';
import type { SegmentRecord } from '../../shared/rules/segment/evaluate.ts';
import { decodeField, tableOf } from '../records/entity-storage.ts';
import { modelOf } from '../records/model.ts';
import type { ReadableStore } from '../store.ts';
import { uidToUuid } from '../uuid.ts';
import type { ScorePlan } from './score-models.ts';

export type LeadParents = {
  readonly id: number;
  readonly contactId: number | null;
  readonly accountId: number | null;
  /** The contact's account, where the lead names none. */
  readonly contactAccountId: number | null;
};

/** The texts of a plan's queries, made once. */
const textsOf = new WeakMap<ScorePlan, Map<string, string>>();

function selectText(plan: ScorePlan, entity: ScoringEntity, columns: readonly string[], where: string): string {
  let texts = textsOf.get(plan);
  if (!texts) textsOf.set(plan, (texts = new Map()));
  const key = `${entity} ${where}`;
  let text = texts.get(key);
  if (text === undefined) {
    const table = tableOf(entity);
    text = `${selectOf(entity, columns)} WHERE ${table}.deletedAtMs IS NULL AND ${table}.${where}`;
    texts.set(key, text);
  }
  return text;
}

const selectOf = (entity: EntityName, columns: readonly string[]): string => {
  const { fields } = entityOf(entity);
  const table = tableOf(entity);
  const parts = columns.map((name) => {
    const field = fields[name];
    if (field?.kind !== 'ref') return `${table}.${name}`;
    return `(SELECT target.uid FROM ${tableOf(field.target as EntityName)} AS target WHERE target.id = ${table}.${name}) AS ${name}`;
  });
  const own = columns.includes('createdAtMs') ? [] : [`${table}.createdAtMs`];
  return `SELECT ${[`${table}.uid`, ...own, ...parts].join(', ')} FROM ${table}`;
};

type Decoder = (value: unknown) => unknown;

/** How columns that do not rest as they are compared become what is compared. */
function decodersOf(store: ReadableStore, entity: ScoringEntity): ReadonlyMap<string, Decoder> {
  const model = modelOf(store);
  return model.made(`score decoders ${entity}`, () => {
    const asId: Decoder = (value) => (value === null ? null : uidToUuid(value as Buffer));
    const found = Object.entries(model.fieldsOf(entity)).flatMap(([name, field]): [string, Decoder][] => {
      const { kind, custom } = field;
      if (kind === 'ref') return [[name, asId]];
      const isPlain = custom === undefined && !['boolean', 'json', 'multiChoice'].includes(kind);
      return isPlain ? [] : [[name, (value) => decodeField(field, value)]];
    });
    return new Map(found);
  });
}

function decode(store: ReadableStore, entity: ScoringEntity, row: Record<string, unknown>): SegmentRecord {
  row.id = uidToUuid(row.uid as Buffer);
  for (const [name, decoder] of decodersOf(store, entity)) if (name in row) row[name] = decoder(row[name]);
  return row as SegmentRecord;
}

const theirContacts = 'SELECT contact.id FROM contact WHERE contact.accountId = ? AND contact.deletedAtMs IS NULL';

export function gatherFacts(store: ReadableStore, plan: ScorePlan, lead: LeadParents): ScoringFacts {
  const isAccountLead = lead.contactId === null;
  const read = (entity: ScoringEntity, where: string, ...parameters: (number | null)[]): SegmentRecord[] => {
    // who may be scored hangs on the contacts of an account lead, whatever its models read
    const columns = plan.columns.get(entity) ?? (entity === 'contact' ? ['consentLevel', 'child'] : null);
    if (columns === null) return [];
    const rows = store.sql(selectText(plan, entity, columns, where)).all(...parameters);
    return rows.map((row) => decode(store, entity, row as Record<string, unknown>));
  };
  const person = lead.contactId ?? lead.accountId;
  const theirs = (entity: ScoringEntity): SegmentRecord[] =>
    isAccountLead ? read(entity, `contactId IN (${theirContacts})`, person) : read(entity, 'contactId = ?', person);
  // what was recorded for the lead while nobody was linked yet
  const unnamed = (entity: ScoringEntity): SegmentRecord[] => read(entity, 'leadId = ? AND contactId IS NULL', lead.id);
  const account = lead.accountId ?? lead.contactAccountId;
  return {
    lead: read('lead', 'id = ?', lead.id),
    contact: isAccountLead ? read('contact', 'accountId = ?', person) : read('contact', 'id = ?', person),
    account: account === null ? [] : read('account', 'id = ?', account),
    interaction: [...theirs('interaction'), ...unnamed('interaction')],
    registration: theirs('registration'),
    checkIn: theirs('checkIn'),
    call: [...theirs('call'), ...unnamed('call')],
  };
}
