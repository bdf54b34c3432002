/** Builds the desktop program into out/: main process with its threads, preload, and the page (vite.config.ts). */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'electron-vite';
import page from './vite.config.ts';

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  main: {
    build: {
      outDir: pathOf('out/main'),
      target: 'node24',
      rollupOptions: {
        // threads are started by file: each is an entry of its own
        input: {
          main: pathOf('electron/main.ts'),
          'store-worker': pathOf('electron/worker/store-worker.ts'),
          'parse-worker': pathOf('electron/features/imports/reading/parse-worker.ts'),
        },
        // chunks beside the entries, so that code shared by them finds the threads' files beside itself
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: pathOf('out/preload'),
      // a sandboxed preload is one CommonJS file
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: pathOf('electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...page,
    build: {
      ...page.build,
      rolldownOptions: { ...page.build?.rolldownOptions, input: pathOf('renderer/index.html') },
    },
  },
});
