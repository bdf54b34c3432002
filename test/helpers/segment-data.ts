/** Random records in a real database, and the same records as evaluate sees them. */
import fc from 'fast-check';
import { createRecord, setDeleted, write, type Write } from '../../db/records/write.ts';
import { decodeWire, wireSelect } from '../../db/records/read.ts';
import { type StoredPatch, tableOf } from '../../db/records/entity-storage.ts';
import type { WritableStore } from '../../db/store.ts';
import { uidToUuid } from '../../db/uuid.ts';
import { type EntityName, entityNames, entityOf } from '../../shared/model/entities.ts';
import type { Field } from '../../shared/model/field.ts';
import { emailKey } from '../../shared/rules/normalise/email.ts';
import { cleanTags } from '../../shared/rules/tags.ts';
import type { SegmentRecord } from '../../shared/rules/segment/evaluate.ts';
import type { MemoryRecords } from '../../shared/rules/segment/memory-data.ts';

export const words = [
  'Contoso conference',
  'CONTOSO',
  'Contoso  Conference 2026',
  'Straße',
  'STRASSE',
  'Ørsted',
  'orsted',
  'Łódź',
  'école',
  'e\u0301cole',
  'ÉCOLE',
  'O’Brien',
  "O'Brien",
  '王芳',
  '王',
  'हिन्दी',
  'مُحَمَّد',
  'İstanbul',
  '100%',
  '100 per cent',
  'a_b',
  'axb',
  'a*b?[c]',
  "'); DROP TABLE contact; --",
  '\u200b',
  '👩‍💻 dev',
  'ﬁne',
  'a`b',
  ' Two   spaces ',
  'tab\tin it',
  'x',
  '–',
  '2026-01-05',
] as const;

export const emails = [
  'Ann@Example.com',
  'ann@example.com',
  'bob@bücher.example',
  'BOB@xn--bcher-kva.example',
  'café@example.com',
  'not an address',
  'x@localhost',
] as const;

export const phones = [
  { number: '+49 30 1234567', e164: '+49301234567' },
  { number: '(030) 123-4567', e164: '+49301234567' },
  { number: '030/1234567', e164: null },
  { number: '١٢٣ call me', e164: null },
  { number: '555', e164: null },
] as const;

/** The clock of the data; queries are asked around it. */
export const nowMs = Date.UTC(2026, 9, 25, 0, 30);

/** Moments that lie close to where days, weeks, months and years turn. */
export const moments = (random: Random): number => {
  const hour = 3_600_000;
  const spread = random.oneOf([1, 24, 24 * 7, 24 * 31, 24 * 365, 24 * 365 * 3]);
  const offset = random.upTo(spread * 2) - spread;
  return nowMs + offset * hour + random.oneOf([0, 0, 1, -1, 1_800_000]);
};

export type Random = {
  /** 0 … most. */
  upTo(most: number): number;
  oneOf<T>(values: readonly T[]): T;
  chance(share: number): boolean;
};

/** Numbers from a seed, always the same. */
export function randomFrom(seed: number): Random {
  const generator = fc.sample(fc.infiniteStream(fc.integer({ min: 0, max: 2 ** 31 - 1 })), { seed, numRuns: 1 })[0];
  if (!generator) throw new Error('no numbers');
  const next = (): number => Number(generator.next().value);
  const upTo = (most: number) => next() % (most + 1);
  return {
    upTo,
    oneOf: <T>(values: readonly T[]): T => values[upTo(values.length - 1)] as T,
    chance: (share) => upTo(999) < share * 1000,
  };
}

export const dayOfMoment = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export function valueFor(
  field: Field,
  name: string,
  random: Random,
  rows: ReadonlyMap<EntityName, readonly number[]>,
): unknown {
  const isRequired = field.required === true || (field.initial !== undefined && field.initial !== null);
  if (!isRequired && random.chance(0.35)) return null;
  switch (field.kind) {
    case 'text':
    case 'longText':
      if (name === 'stage') return random.oneOf(['inquiry', 'salesAcceptance']);
      return name === 'phone' || name === 'number' ? random.oneOf(phones).number : random.oneOf(words);
    case 'integer':
      return random.upTo(6) - (name === 'score' ? 3 : 0);
    case 'number':
      return random.oneOf([0, 0.5, 1.25, 100, 99_999.99]);
    case 'boolean':
      return random.chance(0.5);
    case 'date':
      return dayOfMoment(moments(random));
    case 'instant':
      return moments(random);
    case 'choice':
      return random.oneOf((field.options ?? []).slice(0, 4));
    case 'ref': {
      const targets = rows.get(field.target as EntityName) ?? [];
      if (targets.length === 0) return null;
      return random.oneOf(targets);
    }
    case 'multiChoice':
      return name === 'tags'
        ? cleanTags(random.oneOf([[], ['VIP'], ['vip', 'Nordics'], words.slice(0, 3)]))
        : field.initial;
    case 'json':
      return jsonFor(field, name, random);
    default:
      return field.initial ?? null;
  }
}

/** Ids of products are not rows: a list of UUIDs. */
export const productIds = ['0192a000-0000-7000-8000-000000000001', '0192a000-0000-7000-8000-000000000002'] as const;

function jsonFor(field: Field, name: string, random: Random): unknown {
  const some = <T>(make: (index: number) => T): T[] =>
    Array.from({ length: random.oneOf([0, 1, 1, 2, 3]) }, (_, i) => make(i));
  const primary = random.upTo(3);
  if (name === 'emails') {
    return some((index) => {
      const address = random.oneOf(emails);
      const valid = emailKey(address) !== null && !random.chance(0.4);
      return { address, kind: 'work', primary: index === primary, optedOut: false, bounced: false, valid };
    });
  }
  if (name === 'phones') {
    return some((index) => ({
      ...random.oneOf(phones),
      extension: null,
      kind: 'work',
      primary: index === primary,
      doNotCall: false,
      valid: true,
    }));
  }
  if (name === 'addresses') {
    const part = () => (random.chance(0.3) ? null : random.oneOf(words));
    return some(() => ({
      kind: 'work',
      street: part(),
      street2: null,
      city: part(),
      region: part(),
      postalCode: part(),
      country: random.oneOf(['DE', 'FR', null]),
    }));
  }
  if (name === 'answers') {
    const answer = () => random.oneOf<unknown>([...words.slice(0, 12), 3, 2.5, [], [words[0], words[13]], ['x', '3']]);
    return some((index) => ({ questionId: `q${index}`, question: 'Which?', value: answer() }));
  }
  if (name === 'flaggedValues')
    return some(() => ({ field: 'birthDate', value: random.oneOf(words), reason: 'notADate' }));
  if (name === 'productIds') return random.oneOf([[], [productIds[0]], [...productIds]]);
  return field.initial;
}

const sizes: Partial<Record<EntityName, number>> = {
  user: 2,
  campaign: 3,
  event: 4,
  subscriptionList: 3,
  account: 8,
  contact: 40,
  lead: 60,
  opportunity: 12,
  registration: 25,
  checkIn: 20,
  interaction: 80,
  listMember: 25,
  call: 25,
};

export type RandomData = {
  readonly records: MemoryRecords;
  readonly rowsByEntity: ReadonlyMap<EntityName, readonly number[]>;
};

/** Fills a fresh database; about one record in twelve is deleted. */
export function fillRandomly(store: WritableStore, seed: number, clock: { nowMs: number }): RandomData {
  const random = randomFrom(seed);
  const rows = new Map<EntityName, number[]>();
  const make = (w: Write, entity: EntityName, count: number) => {
    const own = rows.get(entity) ?? [];
    for (let index = 0; index < count; index += 1) {
      const values: Record<string, unknown> = {};
      for (const [name, field] of Object.entries(entityOf(entity).fields)) {
        if (entityOf(entity).fields[name]?.derived && !['score', 'grade', 'scoredAtMs'].includes(name)) continue;
        values[name] = valueFor(field, name, random, rows);
      }
      const created = createRecord(w, entity, values as StoredPatch<EntityName>);
      own.push(created.id);
      if (random.chance(0.08) && entity !== 'user') setDeleted(w, entity, created.id, true);
    }
  };
  for (const entity of entityNames) {
    let left = sizes[entity] ?? 0;
    rows.set(entity, []);
    while (left > 0) {
      clock.nowMs = moments(random);
      const batch = Math.min(left, 10);
      write(store, { cause: 'edit' }, (w) => make(w, entity, batch));
      left -= batch;
    }
  }
  clock.nowMs = nowMs;
  return { records: readRecords(store), rowsByEntity: rows };
}

/** Every record as callers see it, deleted ones too. */
export function readRecords(store: WritableStore): MemoryRecords {
  const records: Partial<Record<EntityName, SegmentRecord[]>> = {};
  for (const entity of entityNames) {
    const found = store.connection.prepare(`SELECT ${wireSelect(store, entity)} FROM ${tableOf(entity)}`).all();
    records[entity] = found.map((row) => decodeWire(store, entity, row) as unknown as SegmentRecord);
  }
  return records;
}

export const uuidsOf = (store: WritableStore, entity: EntityName, ids: readonly number[]): string[] => {
  const one = store.connection.prepare(`SELECT uid FROM ${tableOf(entity)} WHERE id = ?`);
  return ids.map((id) => uidToUuid((one.get(id) as { uid: Buffer }).uid));
};
