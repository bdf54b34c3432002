/** Measures a query of ours beside the same query by hand, in turns, so that both meet the same machine. */
export type BenchResult = {
  readonly name: string;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Median of the same job by hand. */
  readonly floorMs: number;
  /** Our median over the floor's. */
  readonly ratio: number;
  /** A person waits for it: it is to stay within one frame. */
  readonly interactive: boolean;
  readonly note?: string;
};

export type BenchOptions = { readonly contacts: number; readonly log: (line: string) => void };

/** What an area's file exports: `test/bench/<area>.bench.ts`. */
export type BenchArea = {
  bench(options: BenchOptions): Promise<BenchResult[]>;
  /** Of what it measured on: how many records of each kind. */
  recordsOf?(options: BenchOptions): Promise<Readonly<Record<string, number>>>;
};

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

const timed = (work: () => unknown): number => {
  const begin = performance.now();
  work();
  return performance.now() - begin;
};

const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

export function resultOf(
  name: string,
  ours: readonly number[],
  floor: readonly number[],
  interactive: boolean,
  note?: string,
): BenchResult {
  const sorted = ours.toSorted((a, b) => a - b);
  const floorMs = percentile(
    floor.toSorted((a, b) => a - b),
    0.5,
  );
  const p50Ms = percentile(sorted, 0.5);
  return {
    name,
    p50Ms: rounded(p50Ms),
    p95Ms: rounded(percentile(sorted, 0.95)),
    floorMs: rounded(floorMs),
    ratio: floorMs === 0 ? 1 : Math.round((p50Ms / floorMs) * 100) / 100,
    interactive,
    ...(note === undefined ? {} : { note }),
  };
}

/** By hand a page in the middle of a million takes as long as counting to it: a few of these tell as much as all. */
const floorBudgetMs = 6000;
const fewestFloors = 3;

/**
 * `runs` cases, each once ours and once by hand; which goes first alternates. The first few are not counted: they
 * prepare statements. `before`: runs before each of ours, not counted, so that nothing remembered helps the next case.
 */
export function measure<T>(
  name: string,
  cases: readonly T[],
  ours: (each: T) => unknown,
  floor: (each: T) => unknown,
  { interactive = true, before }: { interactive?: boolean; before?: (() => void) | undefined } = {},
): BenchResult {
  const warmUp = Math.min(5, Math.floor(cases.length / 4));
  const oursMs: number[] = [];
  const floorMs: number[] = [];
  let floorSpentMs = 0;
  cases.forEach((each, index) => {
    const measured: [number, number] = [0, 0];
    const order = index % 2 === 0 ? [0, 1] : [1, 0];
    before?.();
    const isDear = floorSpentMs > floorBudgetMs;
    const withFloor = !isDear || (index >= warmUp && floorMs.length < fewestFloors);
    for (const side of order) {
      if (side === 0) measured[0] = timed(() => ours(each));
      else if (withFloor) measured[1] = timed(() => floor(each));
    }
    floorSpentMs += measured[1];
    if (index < warmUp) return;
    oursMs.push(measured[0]);
    if (withFloor) floorMs.push(measured[1]);
  });
  return resultOf(name, oursMs, floorMs, interactive);
}

export function table(results: readonly BenchResult[]): string {
  const rows = results.map((each) => [
    each.name,
    each.p50Ms.toFixed(2),
    each.p95Ms.toFixed(2),
    each.floorMs.toFixed(2),
    each.ratio.toFixed(2),
    each.interactive ? (each.p95Ms <= 16 ? 'yes' : 'NO') : '',
    each.note ?? '',
  ]);
  const head = ['name', 'p50 ms', 'p95 ms', 'floor ms', 'ratio', '≤ 16 ms', ''];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(head), ...rows.map(line)].join('\n');
}
