/**
 * What a command says and where: its one result on standard output, everything else on standard error. Written at once,
 * not queued, so that a line that was read is a fact, also when the process is killed right after.
 */
import { writeSync } from 'node:fs';
import type { CallError } from '../../shared/contract/call.ts';
import type { JobProgress } from '../../shared/contract/parts.ts';

export type Answer = {
  /** The document of `--json`. */
  readonly json: unknown;
  readonly human: string;
  /** Done, but with a result that a script must notice: a database that is not healthy. */
  readonly isBad?: boolean;
};

const pause = new Int32Array(new SharedArrayBuffer(4));

/** Answers false once nobody reads any more. */
function writeAll(descriptor: 1 | 2, text: string): boolean {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'EPIPE') return false;
      if (code !== 'EAGAIN') throw error;
      // the reader is slow and the pipe is full
      Atomics.wait(pause, 0, 0, 5);
    }
  }
  return true;
}

export const sayOut = (text: string): boolean => writeAll(1, text);
export const sayErr = (text: string): boolean => writeAll(2, text);

export function printAnswer(answer: Answer, json: boolean): void {
  sayOut(json ? `${JSON.stringify(answer.json, null, 2)}\n` : `${answer.human.trimEnd()}\n`);
}

/** The code and sentence on standard error; with `--json` the same as the one document. */
export function printError(error: CallError, json: boolean): void {
  const issues = (error.issues ?? []).map(
    (issue) => `  ${issue.path === '' ? '' : `${issue.path}: `}${issue.message}\n`,
  );
  const correlation = error.correlationId === undefined ? '' : `  log entry ${error.correlationId}\n`;
  sayErr(`${error.code}: ${error.message}\n${issues.join('')}${correlation}`);
  if (json) sayOut(`${JSON.stringify({ error }, null, 2)}\n`);
}

/** `--progress`: a line for each step that is safe on disk. On a terminal without it: one line that changes. */
export function progressPrinter(lines: boolean, quiet: boolean): (progress: JobProgress) => void {
  const savedByJob = new Map<string, number>();
  const isLive = !lines && !quiet && process.stderr.isTTY;
  return (progress) => {
    const before = savedByJob.get(progress.jobId) ?? 0;
    if (lines && progress.saved > before) sayErr(`${JSON.stringify({ saved: progress.saved })}\n`);
    savedByJob.set(progress.jobId, Math.max(before, progress.saved));
    if (!isLive) return;
    const ended = progress.state !== 'running';
    const total = progress.total === null ? '' : ` of ${progress.total.toLocaleString('en')}`;
    const rate = progress.perSecond === null ? '' : `, ${Math.round(progress.perSecond).toLocaleString('en')} a second`;
    const left = progress.secondsLeft === null ? '' : `, ${Math.ceil(progress.secondsLeft)} s left`;
    sayErr(
      ended ? '\r\u001b[K' : `\r\u001b[K${progress.label}: ${progress.done.toLocaleString('en')}${total}${rate}${left}`,
    );
  };
}

/** Columns of text, as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, cell.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return lines.join('\n');
}
