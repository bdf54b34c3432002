/** duplicates, explain-match, merge. */
import { randomUUID } from 'node:crypto';
import { callError, type CallResult } from '../../../shared/contract/call.ts';
import { duplicateEntities } from '../../../shared/contract/duplicates.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { uuidSchema } from '../../../shared/model/ids.ts';
import { err, ok } from '../../../shared/result.ts';
import { type Answer, table } from '../console.ts';
import type { Session } from '../session.ts';

export type DuplicatesOptions = {
  readonly of: keyof typeof entityOf;
  readonly minProbability: number;
};

const entityOf = { contacts: 'contact', accounts: 'account', leads: 'lead' } as const;

const percent = (probability: number): string => `${(probability * 100).toFixed(1)} %`;

export async function duplicates(session: Session, options: DuplicatesOptions): Promise<CallResult<Answer>> {
  const { minProbability } = options;
  const input = { of: entityOf[options.of], minProbability, limit: 1_000_000, jobId: randomUUID() };
  const result = await session.call('duplicates.find', input);
  if (!result.ok) return result;
  const { learned, ...json } = result.value;
  await session.call('duplicates.keepLearned', { of: input.of, learned });
  const rows = json.pairs.map(({ probability, labels, ids }) => [percent(probability), ...labels, ...ids]);
  const human = `${rows.length} pairs\n${table(rows)}`;
  return ok({ json, human });
}

type Kind = (typeof duplicateEntities)[number];

const getCalls = { contact: 'contacts.get', account: 'accounts.get', lead: 'leads.get' } as const;

/** Of an id that was merged away, the kind of the record that stands for it. Errors: `notFound`, `badInput`. */
async function kindOf(session: Session, id: string): Promise<CallResult<Kind>> {
  for (const kind of duplicateEntities) {
    const found = await session.call(getCalls[kind], { id });
    if (found.ok) return ok(kind);
    if (found.error.code !== 'notFound') return found;
  }
  return err(callError('notFound', `There is no contact, account or lead with the id ${id} here.`));
}

/** The kind of both. Errors: `notFound`, `badInput` (no id, or two kinds). */
async function kindOfBoth(session: Session, a: string, b: string): Promise<CallResult<Kind>> {
  for (const id of [a, b]) {
    if (!uuidSchema.safeParse(id).success)
      return err(callError('badInput', `“${id}” is not the id of a record (UUID).`));
  }
  const first = await kindOf(session, a);
  const second = first.ok ? await kindOf(session, b) : first;
  if (!first.ok || !second.ok || first.value === second.value) return second;
  return err(callError('badInput', `The first is of the kind ${first.value}, the second of the kind ${second.value}.`));
}

/** `a` survives. */
export async function mergeTwo(session: Session, a: string, b: string): Promise<CallResult<Answer>> {
  const of = await kindOfBoth(session, a, b);
  if (!of.ok) return of;
  const result = await session.call('duplicates.merge', { of: of.value, keep: a, others: [b] });
  if (!result.ok) return result;
  const moved = Object.entries(result.value.moved).map(([kind, count]) => [kind, String(count)]);
  return ok({
    json: result.value,
    human: `Merged into ${result.value.id}.
${table(moved)}`,
  });
}

type Evidence = OutputOf<'duplicates.explain'>['evidence'];

const line = ({ bits, words }: Evidence[number]): string[] => [
  bits > 0 ? `+${bits.toFixed(1)}` : bits.toFixed(1),
  words,
];

export async function explainMatch(session: Session, a: string, b: string): Promise<CallResult<Answer>> {
  const of = await kindOfBoth(session, a, b);
  if (!of.ok) return of;
  const result = await session.call('duplicates.explain', { of: of.value, a, b, jobId: randomUUID() });
  if (!result.ok) return result;
  const { labels, probability, priorBits, evidence } = result.value;
  const before = [priorBits.toFixed(1), 'Any two records here'];
  const human = `${labels.join(' and ')}: ${percent(probability)}\n${table([before, ...evidence.map(line)])}`;
  return ok({ json: result.value, human });
}
