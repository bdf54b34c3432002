/** Random queries that are valid by construction, over the registry. */
import type fc from 'fast-check';
import { type EntityName } from '../../shared/model/entities.ts';
import { interactionKinds } from '../../shared/model/picklists.ts';
import { digitsOf, equalityKey, partKey } from '../../shared/rules/segment/keys.ts';
import { arityOf, isCounted, operatorsOf } from '../../shared/rules/segment/operators.ts';
import { type Registry, registry as builtIn, type SegmentField } from '../../shared/rules/segment/registry.ts';
import type {
  GroupNode,
  Operator,
  Quantifier,
  Query,
  RowNode,
  SegmentNode,
  SegmentValue,
} from '../../shared/rules/segment/schema.ts';
import { dayOfMoment, emails, moments, phones, productIds, type Random, words } from './segment-data.ts';

/** Numbers from fast-check, so that a failing query is shrunk. */
export const randomOf = (
  g: fc.GeneratorValue,
  integer: (constraints: fc.IntegerConstraints) => fc.Arbitrary<number>,
) => {
  const upTo = (most: number) => (most <= 0 ? 0 : g(integer, { min: 0, max: most }));
  return {
    upTo,
    oneOf: <T>(values: readonly T[]): T => values[upTo(values.length - 1)] as T,
    chance: (share: number) => upTo(999) >= 1000 - share * 1000,
  } satisfies Random;
};

export type QueryWorld = {
  readonly random: Random;
  /** Record ids to look up, by entity. */
  readonly ids: (entity: EntityName) => readonly string[];
  readonly segmentIds: readonly string[];
  /** With custom fields, which then come up often. */
  readonly registry?: Registry;
};

const zones = ['UTC', 'Europe/Berlin', 'America/Havana', 'Asia/Kathmandu', 'Pacific/Kiritimati'] as const;
const strangerId = '0192a000-0000-7000-8000-00000000dead';

export function randomQuery(root: EntityName, world: QueryWorld): Query {
  const zone = world.random.oneOf([undefined, ...zones]);
  return {
    version: 1,
    where: randomGroup(root, world, 3),
    ...(zone === undefined ? {} : { timeZone: zone }),
  };
}

function randomGroup(entity: EntityName, world: QueryWorld, depth: number): GroupNode {
  const { random } = world;
  const length = random.oneOf([1, 1, 2, 2, 3, 0]);
  return {
    kind: 'group',
    match: random.chance(0.4) ? 'any' : 'all',
    nodes: Array.from({ length }, () => randomNode(entity, world, depth)),
    ...(random.chance(0.2) ? { not: true } : {}),
    ...(random.chance(0.05) ? { disabled: true } : {}),
  };
}

function randomNode(entity: EntityName, world: QueryWorld, depth: number): SegmentNode {
  const { random } = world;
  const { registry = builtIn } = world;
  const relations = registry.relations(entity);
  const shape = depth === 0 ? 0 : random.upTo(9);
  if (shape >= 8) return randomGroup(entity, world, depth - 1);
  if (shape >= 5 && relations.length > 0) {
    const relation = random.oneOf(relations);
    const quantifier = randomQuantifier(random);
    if (relation.name === 'interactions' && random.chance(0.5)) {
      const from = dayOfMoment(moments(random));
      const to = dayOfMoment(moments(random));
      return {
        kind: 'behaviour',
        interactionKinds: random.chance(0.5) ? interactionKinds.slice(0, 2) : [random.oneOf(interactionKinds)],
        where: randomGroup('interaction', world, depth - 1),
        quantifier,
        window: random.oneOf([
          null,
          { lastDays: 1 + random.upTo(400) },
          from < to ? { from, to } : { from: to, to: from },
        ]),
      };
    }
    return { kind: 'related', relation: relation.name, quantifier, where: randomGroup(relation.to, world, depth - 1) };
  }
  if (shape === 4 && entity === 'contact' && world.segmentIds.length > 0) {
    return { kind: 'segment', segmentId: random.oneOf(world.segmentIds), ...(random.chance(0.5) ? { not: true } : {}) };
  }
  const fields = registry.fields(entity);
  // fields that are kept in a way of their own come up more often
  const special = fields.filter((field) => field.storage.kind !== 'column' || field.compare === 'email');
  const own = fields.filter((field) => field.label !== undefined);
  if (own.length > 0 && random.chance(0.7)) return randomRow(random.oneOf(own), world);
  return randomRow(random.oneOf(special.length > 0 && random.chance(0.25) ? special : fields), world);
}

function randomQuantifier(random: Random): Quantifier {
  return {
    kind: random.oneOf(['atLeast', 'atLeast', 'atMost', 'exactly', 'none', 'all']),
    count: random.oneOf([1, 1, 2, 3, 0]),
  };
}

function randomRow(field: SegmentField, world: QueryWorld): RowNode {
  const { random } = world;
  const operators = operatorsOf(field).filter((each) => each !== 'inSegment' || world.segmentIds.length > 0);
  const operator = random.oneOf(operators);
  const arity = arityOf(operator);
  const many = random.oneOf([1, 1, 2, 3, 20]);
  const length = { none: 0, one: 1, two: 2, many }[arity];
  const values = Array.from({ length }, () => randomValue(field, operator, world));
  // "between" the wrong way round is a warning, and finds nothing in both implementations: leave it in
  return { kind: 'row', field: field.name, operator, values, ...(random.chance(0.05) ? { disabled: true } : {}) };
}

function randomValue(field: SegmentField, operator: Operator, world: QueryWorld): SegmentValue {
  const { random } = world;
  if (isCounted(operator)) return 1 + random.upTo(60);
  if (operator === 'inSegment') return random.oneOf(world.segmentIds);
  switch (field.type) {
    case 'text':
    case 'manyText':
      return randomText(field, operator, random);
    case 'number':
      return random.oneOf([0, 1, 2, 3, -1, 0.5, 1.25, 100, 99_999.99]);
    case 'date':
      return dayOfMoment(moments(random));
    case 'instant':
      return random.chance(0.7) ? dayOfMoment(moments(random)) : new Date(moments(random)).toISOString();
    case 'choice':
    case 'multiChoice':
      if (field.target) return random.oneOf(productIds);
      if (field.compare === 'fold') return random.oneOf([...words.slice(0, 6), 'VIP', 'vip', 'Nordics']);
      return random.oneOf(field.options?.slice(0, 5) ?? ['inquiry', 'salesAcceptance', 'Inquiry']);
    case 'lookup':
      return random.oneOf([...world.ids(field.target as EntityName), strangerId]);
    default:
      throw new Error(`no values for ${field.type}`);
  }
}

function randomText(field: SegmentField, operator: Operator, random: Random): string {
  const pool =
    field.compare === 'email' ? emails : field.compare === 'phone' ? phones.map((each) => each.number) : words;
  const whole = operator === 'is' || operator === 'isNot';
  const key = whole ? equalityKey : partKey;
  let text: string = random.oneOf(pool);
  if (field.compare === 'fold' && random.chance(0.2)) text = random.oneOf(['DE', 'inquiry', ...text.split(' ')]);
  if (random.chance(0.3)) text = text.toUpperCase();
  if (random.chance(0.2)) text = text.normalize('NFD');
  if (!whole && random.chance(0.6)) {
    const letters = [...text];
    const from = random.upTo(letters.length - 1);
    text = letters.slice(from, from + 1 + random.upTo(3)).join('');
  }
  if (key(field.compare, text) !== null) return text;
  if (field.compare === 'phone') return digitsOf(phones[0].number);
  return field.compare === 'email' && whole ? 'ann@example.com' : 'o';
}
