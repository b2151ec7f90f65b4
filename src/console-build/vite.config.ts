import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compress } from './compress.ts';
import { documents } from './documents.ts';
import { licences } from './licences.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** How the console is built, into dist/console. */
export default defineConfig({
  root: here('../console'),
  // What the files say of each other is relative: the console works below any prefix.
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: here('../../dist/console'),
    emptyOutDir: true,
    // The policy takes no data: scripts or styles, and no inline ones.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  logLevel: 'warn',
  plugins: [documents(), licences(), compress()],
});
