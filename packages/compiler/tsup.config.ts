import { type Build, library } from '../../tsup.base.ts';

const build: Build = library({ index: 'src/index.ts', 'index.backend': 'src/index.backend.ts' });
export default build;
