/**
 * `npm test`: lint, unit and integration, build, end-to-end. Every step runs, so that one run tells all that is wrong;
 * the last line sums up the runners: `N passed, N failed, N skipped`. A lint step counts as one test.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './browser.ts';

type Counts = { passed: number; failed: number; skipped: number };

const root = join(import.meta.dirname, '..', '..');
const results = join(root, 'test-results');
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const started = Date.now();

function add(counts: Counts): void {
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}

/** Runs a command of node_modules/.bin; true when it exited with 0. */
function run(title: string, command: string, args: readonly string[]): boolean {
  const from = Date.now();
  console.log(`\n── ${title}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  console.log(`── ${title}: ${status === 0 ? 'ok' : 'FAILED'} (${((Date.now() - from) / 1000).toFixed(1)} s)`);
  return status === 0;
}

const step = (title: string, command: string, args: readonly string[]): boolean => {
  const passed = run(title, command, args);
  add(passed ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 });
  return passed;
};

function readJson<T>(file: string): T | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null;
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const lintOnly = process.argv.includes('--lint');
for (const layer of ['shared', 'db', 'electron', 'renderer', 'test']) step(`types: ${layer}`, 'tsc', ['-p', layer]);
step('style', 'oxlint', ['--deny-warnings']);
step('format', 'prettier', ['--check', '--log-level', 'warn', '.']);
step('layers', 'node', ['test/gate/layers.ts']);
step('dead code', 'knip', []);

if (!lintOnly) {
  const vitestFile = join(results, 'vitest.json');
  const vitestOk = run('unit and integration', 'vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${vitestFile}`,
  ]);
  const vitest = readJson<{
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
  }>(vitestFile);
  add({
    passed: vitest?.numPassedTests ?? 0,
    failed: Math.max(vitest?.numFailedTests ?? 0, vitestOk ? 0 : 1),
    skipped: (vitest?.numPendingTests ?? 0) + (vitest?.numTodoTests ?? 0),
  });

  const built = step('build the renderer', 'vite', ['build', '--logLevel', 'warn']);
  if (built) {
    if (findBrowser(true) === null) {
      add({ passed: 0, failed: 1, skipped: 0 });
    } else {
      const playwrightOk = run('end to end', 'playwright', ['test']);
      const report = readJson<{ stats: { expected: number; unexpected: number; flaky: number; skipped: number } }>(
        join(results, 'playwright.json'),
      );
      add({
        passed: (report?.stats.expected ?? 0) + (report?.stats.flaky ?? 0),
        failed: Math.max(report?.stats.unexpected ?? 0, playwrightOk ? 0 : 1),
        skipped: report?.stats.skipped ?? 0,
      });
    }
  }
}

console.log(`\n${((Date.now() - started) / 60_000).toFixed(1)} minutes in all`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
