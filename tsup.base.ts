import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import type { Options } from 'tsup';

export type Build = Options;
type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/**
 * CommonJS packages that are built into ours may require modules of Node. An ES module has no `require`, so they get the
 * default export of an import.
 */
const builtins: Plugin = {
  name: 'builtins',
  setup(build) {
    build.onResolve({ filter: /^\w+$/ }, ({ path, kind }) =>
      kind === 'require-call' && builtinModules.includes(path) ? { path, namespace: 'builtin' } : undefined,
    );
    build.onResolve({ filter: /^default of / }, ({ path }) => ({ path, namespace: 'builtin' }));
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => {
      const [, name] = /^default of (.*)$/.exec(path) ?? [];
      return {
        contents: name
          ? `export { default } from 'node:${name}';`
          : `module.exports = require('default of ${path}').default;`,
      };
    });
  },
};

/** The license of the package that a file belongs to, with its name. */
function licenseOf(folder: string): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (!file) throw new Error(`${folder}: expected a license, found none`);
  return `${folder.replace(/^.*node_modules\//, '')}\n\n${readFileSync(join(folder, file), 'utf8')}`;
}

/** Puts the licenses of the packages that are built into ours beside the built files. */
const licenses: Plugin = {
  name: 'licenses',
  setup(build) {
    const { absWorkingDir = '.', outdir = 'dist' } = build.initialOptions;
    build.onEnd(({ metafile }) => {
      const folders = Object.keys(metafile?.inputs ?? {}).flatMap(
        (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
      );
      const texts = [...new Set(folders)].sort().map((folder) => licenseOf(join(absWorkingDir, folder)));
      if (!texts.length) return;
      const folder = resolve(absWorkingDir, outdir);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'LICENSES.txt'), texts.join('\n\n'));
    });
  },
};

/** The build of a published package: ES modules and their declarations. */
export const library = (entry: Record<string, string>): Build => ({
  entry,
  format: ['esm'],
  target: 'es2022',
  platform: 'neutral',
  treeshake: true,
  clean: true,
  sourcemap: true,
  // Bundlers and Deno know a module of Node by its prefix.
  removeNodeProtocol: false,
  external: [/^node:/],
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
  esbuildPlugins: [builtins, licenses],
});

const build: Build = library({ index: 'src/index.ts' });
export default build;
