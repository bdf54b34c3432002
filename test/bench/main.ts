/**
 * `npm run bench [-- AREA…] [--contacts N] [--json]`: measures an area (all where none is named) against its floor. An
 * area is a file `<area>.bench.ts` beside this one.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type BenchArea, type BenchResult, table } from './harness.ts';

const here = dirname(fileURLToPath(import.meta.url));
const areas = readdirSync(here)
  .filter((name) => name.endsWith('.bench.ts'))
  .map((name) => name.replace('.bench.ts', ''))
  .toSorted();

function usage(problem: string): never {
  process.stderr.write(`${problem}\nUsage: npm run bench -- [${areas.join(' | ')}] [--contacts N] [--json]\n`);
  process.exit(2);
}

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { contacts: { type: 'string', default: '100000' }, json: { type: 'boolean', default: false } },
    });
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
}

const { values, positionals } = options();
const contacts = Number(values.contacts);
if (!Number.isSafeInteger(contacts) || contacts < 1000) usage('--contacts takes a whole number from 1000 up.');
const unknown = positionals.find((name) => !areas.includes(name));
if (unknown !== undefined) usage(`There is no area ${unknown}.`);

const results: BenchResult[] = [];
let records: Readonly<Record<string, number>> = {};
const log = (line: string): void => void process.stderr.write(`${line}\n`);
for (const area of positionals.length > 0 ? positionals : areas) {
  const module = (await import(join(here, `${area}.bench.ts`))) as BenchArea;
  results.push(...(await module.bench({ contacts, log })));
  records = { ...records, ...(await module.recordsOf?.({ contacts, log })) };
}
process.stdout.write(
  values.json ? `${JSON.stringify({ contacts, records, results }, null, 2)}\n` : `${table(results)}\n`,
);
