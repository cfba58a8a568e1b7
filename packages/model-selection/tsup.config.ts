import { type Build, library } from '../../tsup.base.ts';

const build: Build = library({ index: 'src/index.ts', 'index.node': 'src/index.node.ts' });
export default build;
