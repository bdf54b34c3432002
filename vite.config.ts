/** Builds the window's page into out/renderer. Relative paths, so that app:// and the loopback host serve it alike. */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import mantinePreset from 'postcss-preset-mantine';
import simpleVars from 'postcss-simple-vars';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('renderer', import.meta.url)),
  base: './',
  plugins: [react()],
  css: {
    postcss: {
      plugins: [
        mantinePreset(),
        simpleVars({
          variables: {
            'mantine-breakpoint-xs': '36em',
            'mantine-breakpoint-sm': '48em',
            'mantine-breakpoint-md': '62em',
            'mantine-breakpoint-lg': '75em',
            'mantine-breakpoint-xl': '88em',
          },
        }),
      ],
    },
  },
  build: {
    outDir: fileURLToPath(new URL('out/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome120',
    // the page's policy allows images from data: but fonts and scripts from its own origin only
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // read from this machine, not over a network
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      output: {
        // what several screens share comes in two files: a hundred small ones take longer to ask for than to read
        codeSplitting: {
          groups: [
            { name: 'kit', test: /node_modules/, minShareCount: 2, priority: 1 },
            { name: 'common', minShareCount: 3 },
          ],
        },
      },
    },
  },
});
