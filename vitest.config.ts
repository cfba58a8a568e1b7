import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Alias } from 'vite';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

const folder = fileURLToPath(new URL('packages/', import.meta.url));

interface Manifest {
  readonly name: string;
  readonly publishConfig?: { readonly exports: Readonly<Record<string, string | { readonly default: string }>> };
}

/** Every entry point of every published package, as what was built for it. */
function builtEntries(): Alias[] {
  return readdirSync(folder).flatMap((name) => {
    const { name: id, publishConfig } = JSON.parse(
      readFileSync(join(folder, name, 'package.json'), 'utf8'),
    ) as Manifest;
    return Object.entries(publishConfig?.exports ?? {}).map(([path, entry]) => ({
      find: new RegExp(`^${id}${path.slice(1)}$`),
      replacement: join(folder, name, typeof entry === 'string' ? entry : entry.default),
    }));
  });
}

const config: ViteUserConfig = defineConfig({
  test: {
    // Test files share a worker's modules: loading them anew for each file costs more than the tests do.
    pool: 'threads',
    isolate: false,
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
          include: ['packages/testing/src/**/*.test.ts', 'apps/*/src/**/*.test.ts'],
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
        test: { name: 'examples', include: ['packages/testing/.examples/**/*.test.ts'] },
      },
    ],
  },
});
export default config;
