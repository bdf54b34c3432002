/** duplicates, explain-match, merge. */
import { randomUUID } from 'node:crypto';
import type { CallResult } from '../../../shared/contract/call.ts';
import { duplicateEntities } from '../../../shared/contract/duplicates.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { ok } from '../../../shared/result.ts';
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

/** `a` survives. The two are of the kind that both are found in. */
export async function mergeTwo(session: Session, a: string, b: string): Promise<CallResult<Answer>> {
  let result: CallResult<OutputOf<'duplicates.merge'>> | null = null;
  for (const of of duplicateEntities) {
    result = await session.call('duplicates.merge', { of, keep: a, others: [b] });
    if (result.ok || result.error.code !== 'notFound') break;
  }
  if (result === null) throw new Error('there are kinds of records to merge');
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

/** The two are of the kind that both are found in. */
export async function explainMatch(session: Session, a: string, b: string): Promise<CallResult<Answer>> {
  let result: CallResult<OutputOf<'duplicates.explain'>> | null = null;
  for (const of of duplicateEntities) {
    result = await session.call('duplicates.explain', { of, a, b, jobId: randomUUID() });
    if (result.ok || result.error.code !== 'notFound') break;
  }
  if (result === null) throw new Error('there are kinds of records to look among');
  if (!result.ok) return result;
  const { labels, probability, priorBits, evidence } = result.value;
  const before = [priorBits.toFixed(1), 'Any two records here'];
  const human = `${labels.join(' and ')}: ${percent(probability)}\n${table([before, ...evidence.map(line)])}`;
  return ok({ json: result.value, human });
}
