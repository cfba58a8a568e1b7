import { type Build, library } from '../../tsup.base.ts';

// One file for Node that needs no other package, so that `npm create` downloads little.
const build: Build = {
  ...library({ 'main.node': 'src/main.node.ts' }),
  platform: 'node',
  dts: false,
  sourcemap: false,
  minify: true,
};
export default build;
