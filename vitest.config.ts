import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    // Test files share a worker's modules: loading them anew for each file costs more than the tests do.
    pool: 'threads',
    isolate: false,
    silent: 'passed-only',
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'scripts/**/*.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'examples', include: ['packages/testing/.examples/**/*.test.ts'] },
      },
    ],
  },
});
export default config;
