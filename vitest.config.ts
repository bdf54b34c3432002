import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // the one thing that is not real: Electron itself, which main.ts and preload.ts import (test/integration/main.test.ts)
  resolve: { alias: { electron: fileURLToPath(new URL('test/helpers/electron-double.ts', import.meta.url)) } },
  test: {
    include: ['test/unit/**/*.test.ts', 'test/unit/**/*.test.tsx', 'test/integration/**/*.test.ts'],
    pool: 'forks',
    // the default leaves one core to the runner, which needs a tenth of it: half the machine on two cores
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // modules hold no state that a test could leave behind; loading them anew for each file takes a quarter of the time
    isolate: false,
    // against what hangs: a machine that is busy otherwise takes ten times as long
    testTimeout: 120_000,
  },
});
