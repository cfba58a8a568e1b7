import { type Build, library } from '../../tsup.base.ts';

const build: Build = {
  ...library({
    index: 'src/index.ts',
    'index.images': 'src/index.images.ts',
    'index.node': 'src/index.node.ts',
    'index.parquet': 'src/index.parquet.ts',
  }),
  // jpeg-js makes Node's buffers where it is asked to, which we do not. Bundlers would bring their replacement.
  define: { Buffer: 'undefined' },
};
export default build;
