import { type Build, library } from '../../tsup.base.ts';

/** The umbrella in one file, for pages without a bundler. */
const build: Build = {
  ...library({ 'chainrule.min': 'src/index.ts' }),
  external: [],
  noExternal: [/.*/],
  minify: true,
  treeshake: false,
  sourcemap: false,
  splitting: false,
  clean: false,
  dts: false,
};
export default build;
