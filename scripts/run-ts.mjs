import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const stampOf = (file) => {
  const { mtimeMs, size } = statSync(file);
  return `${mtimeMs}:${size}`;
};

/** Whether the files of the bundle have not changed. */
function isFresh(record) {
  if (!existsSync(record)) return false;
  const stamps = JSON.parse(readFileSync(record, 'utf8'));
  return Object.entries(stamps).every(
    ([file, stamp]) => existsSync(join(root, file)) && stampOf(join(root, file)) === stamp,
  );
}

/** Bundles a TypeScript program for Node, with plugins of esbuild. Returns the names of all files in the bundle. */
export async function bundle(entry, outfile, plugins = []) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    keepNames: true,
    sourcemap: 'linked',
    metafile: true,
    logLevel: 'error',
    plugins,
    // CommonJS dependencies use `require` for the modules of Node.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  return Object.keys(metafile.inputs);
}

/**
 * Runs a TypeScript program of the workspace in this process. Bundles it if its sources have changed, then imports it.
 * The program sees `process.argv` as if Node had been started on it, and owns the terminal.
 */
export async function runTs(entry, args) {
  const name = relative(root, resolve(entry));
  if (!existsSync(entry)) {
    console.error(`${name} does not exist`);
    return 1;
  }
  const folder = join(root, 'node_modules', '.cache', 'run');
  const outfile = join(folder, name.replace(/[/\\]/g, '-').replace(/\.ts$/, '.mjs'));
  const record = outfile.replace(/\.mjs$/, '.inputs.json');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(outfile) || !isFresh(record)) {
    try {
      const inputs = [...(await bundle(resolve(entry), outfile)), 'scripts/run-ts.mjs'];
      writeFileSync(
        record,
        JSON.stringify(Object.fromEntries(inputs.map((file) => [file, stampOf(join(root, file))]))),
      );
    } catch {
      return 1; // esbuild has printed the error
    }
  }
  process.setSourceMapsEnabled(true);
  process.argv = [process.execPath, entry, ...args];
  await import(pathToFileURL(outfile).href);
  return 0;
}
