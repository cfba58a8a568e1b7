import { type Build, library } from '../../tsup.base.ts';

const build: Build = library({
  index: 'src/index.ts',
  'channel/index': 'src/channel/index.ts',
  'check/index': 'src/check/index.ts',
});
export default build;
