import type { Options } from 'tsup';

export type Build = Options;

/** The build of a published package: ES modules and their declarations. */
export const library = (entry: Record<string, string>): Build => ({
  entry,
  format: ['esm'],
  target: 'es2022',
  platform: 'neutral',
  treeshake: true,
  clean: true,
  sourcemap: true,
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
});

const build: Build = library({ index: 'src/index.ts' });
export default build;
