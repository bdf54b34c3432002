/** call, calls. */
import { z } from 'zod';
import { type CallResult, callError } from '../../../shared/contract/call.ts';
import { callNames, isCallName } from '../../../shared/contract/index.ts';
import { err, ok } from '../../../shared/result.ts';
import { calls } from '../../host/calls.ts';
import { type Answer, table } from '../console.ts';
import { parseJson, pathOf, readJsonFile, type Session } from '../session.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const secretFields = ['passphrase', 'newPassphrase', 'recoveryCode'] as const;

/** `file` and `folder` are paths from where the person is. */
function withFullPaths(input: unknown): unknown {
  if (!isRecord(input)) return input;
  const full: Record<string, unknown> = { ...input };
  for (const field of ['file', 'folder']) {
    const value = input[field];
    if (typeof value === 'string' && value !== '') full[field] = pathOf(value);
  }
  return full;
}

export async function callByName(session: Session, name: string, json: string): Promise<CallResult<Answer>> {
  const input = json === '-' ? readJsonFile('-') : parseJson(json, 'The input');
  if (!input.ok) return input;
  // other users of the computer can read the arguments of a process
  const hasSecret =
    isRecord(input.value) &&
    secretFields.some((field) => typeof (input.value as object & Record<string, unknown>)[field] === 'string');
  if (json !== '-' && hasSecret) {
    return err(callError('badInput', 'Secrets are not taken from arguments. Give the JSON on standard input, with -.'));
  }
  if (!isCallName(name))
    return err(callError('unknownCall', `There is no call named ${name}. \`calls\` lists them all.`));
  const { access } = calls[name] ?? {};
  if (access !== 'host') {
    const opened = await session.open();
    if (!opened.ok) return opened;
  }
  const result = await session.program.call(name, withFullPaths(input.value), 'shell');
  return result.ok ? ok({ json: result.value, human: JSON.stringify(result.value, null, 2) }) : result;
}

export function listCalls(): Answer {
  const schemaOf = (schema: z.ZodType, io: 'input' | 'output') =>
    z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  const listed = callNames.map((name) => {
    const each = calls[name];
    if (!each) throw new Error('a name of the contract has its call');
    const { access, summary, errors } = each;
    return {
      name,
      access,
      summary,
      input: schemaOf(each.input, 'input'),
      output: schemaOf(each.output, 'output'),
      errors,
    };
  });
  const human = table(listed.map((each) => [each.name, each.access, each.summary]));
  return { json: { calls: listed }, human: `${human}\n\nWith --json: the schemas too.` };
}
