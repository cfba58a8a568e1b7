import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { builtEntries } from './scripts/builtEntries.ts';

const config: ViteUserConfig = defineConfig({
  test: {
    // Test files share a worker's modules: loading them anew for each file costs more than the tests do.
    pool: 'threads',
    isolate: false,
    // Vitest would leave one core idle.
    maxWorkers: '100%',
    silent: 'passed-only',
    // Limits end what hangs. They say nothing about speed, so that a busy machine fails no test.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/*.isolated.test.ts', '**/*.long.test.ts', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        // What measures a process' memory has the process to itself.
        test: { name: 'isolated', include: ['packages/*/src/**/*.isolated.test.ts'], pool: 'forks', isolate: true },
      },
      {
        extends: true,
        // Property tests with many runs, for CI; `npm test` has the quick part of each.
        test: {
          name: 'long',
          include: ['packages/*/src/**/*.long.test.ts', 'apps/*/src/**/*.long.test.ts', 'scripts/**/*.long.test.ts'],
        },
      },
      {
        extends: true,
        // The tests that use packages by their names, once more on what is published.
        resolve: { alias: builtEntries() },
        test: {
          name: 'dist',
          include: ['packages/testing/src/**/*.test.ts'],
          // It compares the sources' files with what the package exports.
          exclude: ['packages/testing/src/opFiles.test.ts', '**/*.long.test.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'browser', include: ['packages/*/browser/**/*.test.ts'] },
      },
      {
        extends: true,
        // `npm run test:site` builds the site first.
        test: { name: 'site', include: ['apps/docs/browser/**/*.site.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'site-long', include: ['apps/docs/browser/**/*.site.long.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'examples', include: ['packages/testing/.examples/**/*.test.ts'] },
      },
    ],
  },
});
export default config;
