/**
 * How long a lead has been in each stage, from its moves (domain.md section 5, "time spent in each"). A move to no
 * stage is its closing, one from no stage its reopening; in between no time counts.
 *
 * Example: entered at 0, moved from inquiry to acceptance at 60,000, now 100,000 → `{ inquiry: 60000, acceptance: 40000 }`.
 */
export type TimedMove = { readonly fromStage: string | null; readonly toStage: string | null; readonly atMs: number };

export function timeInStage(
  startedAtMs: number,
  currentStage: string | null,
  isOpen: boolean,
  moves: readonly TimedMove[],
  nowMs: number,
): Record<string, number> {
  const spent: Record<string, number> = {};
  const add = (stage: string | null, fromMs: number, toMs: number): void => {
    if (stage !== null) spent[stage] = (spent[stage] ?? 0) + Math.max(0, toMs - fromMs);
  };
  let sinceMs = startedAtMs;
  let counting = true;
  for (const move of moves.toSorted((a, b) => a.atMs - b.atMs)) {
    if (counting) add(move.fromStage, sinceMs, move.atMs);
    sinceMs = move.atMs;
    counting = move.toStage !== null;
  }
  if (counting && isOpen) add(currentStage, sinceMs, nowMs);
  return spent;
}
