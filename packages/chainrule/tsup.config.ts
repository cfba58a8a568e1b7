import { readdirSync } from 'node:fs';
import { type Build, library } from '../../tsup.base.ts';

const namespaces = readdirSync('src/namespaces').map((file) => file.replace(/[.]ts$/, ''));
const shared = library({
  index: 'src/index.ts',
  'index.images': 'src/index.images.ts',
  'index.node': 'src/index.node.ts',
  ...Object.fromEntries(namespaces.map((name) => [name, `src/namespaces/${name}.ts`])),
});

// The umbrella imports its namespaces by their names, because Parcel bundles the object of a file's exports, but not that of
// what a package re-exports.
const build: Build = { ...shared, external: [...(shared.external ?? []), /^chainrule\//] };
export default build;
