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
    testTimeout: 30_000,
  },
});
