import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // the one thing that is not real: Electron itself, which main.ts and preload.ts import (test/integration/main.test.ts)
  resolve: { alias: { electron: fileURLToPath(new URL('test/helpers/electron-double.ts', import.meta.url)) } },
  test: {
    include: ['test/unit/**/*.test.ts', 'test/unit/**/*.test.tsx', 'test/integration/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 30_000,
  },
});
