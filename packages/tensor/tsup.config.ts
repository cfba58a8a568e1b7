import { type Build, library } from '../../tsup.base.ts';

const build: Build = library({
  index: 'src/index.ts',
  'index.graph': 'src/index.graph.ts',
  'index.matchers': 'src/index.matchers.ts',
  'oracle/index': 'src/oracle/index.ts',
});
export default build;
