// Installs the packed packages into an empty project, then type-checks, bundles and runs programs there that use them.
// Expects `dist` to be built.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { build as esbuild } from 'esbuild';
import { execute, packAll, publicPackages, root } from './pack.mjs';

// TypeScript resolves links, so the project is where it is.
const project = mkdtempSync(join(realpathSync(tmpdir()), 'chainrule-consumer-'));
const write = (name, content) =>
  writeFileSync(join(project, name), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
const node = (...args) => execute(process.execPath, args, { cwd: project });
const tool = (path, ...args) => node(join(root, 'node_modules', path), ...args);

/** An empty project with the programs, in which every package is the tarball. */
async function install() {
  const packed = join(project, 'packed');
  mkdirSync(packed);
  const tarballs = await packAll(packed);
  const fileOf = ({ name, version }) => `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
  const dependencies = Object.fromEntries(
    publicPackages.map((manifest) => [manifest.name, `file:packed/${fileOf(manifest)}`]),
  );
  // Peers and dependencies of the packages mean the tarballs too: nothing of the scope comes from the registry.
  const overrides = Object.fromEntries(Object.keys(dependencies).map((name) => [name, `$${name}`]));
  write('package.json', { name: 'consumer', private: true, type: 'module', dependencies, overrides });
  cpSync(join(root, 'scripts', 'consumers'), project, { recursive: true });
  await execute(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'],
    {
      cwd: project,
      shell: process.platform === 'win32',
    },
  );
  return tarballs.length;
}

/** Two copies of a package would mean two kinds of tensors. */
function countCopies() {
  const manifests = readdirSync(join(project, 'node_modules'), { recursive: true }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  const copies = manifests.filter((path) =>
    publicPackages.some(
      ({ name }) => path === `${name}/package.json` || path.endsWith(`node_modules/${name}/package.json`),
    ),
  );
  if (copies.length !== publicPackages.length)
    throw new Error(`${publicPackages.length} packages must be installed once each, got ${copies.join(', ')}`);
  return copies.length;
}

/** Every entry point of every package, imported by one plain module. */
async function importAll() {
  const entries = publicPackages.flatMap(({ name, exports }) =>
    Object.keys(exports).map((path) => name + path.slice(1)),
  );
  const lines = entries.map((entry, i) => `import * as m${i} from '${entry}';`);
  const counts = `console.log(JSON.stringify([${entries.map((_, i) => `Object.keys(m${i}).length`).join(', ')}]));`;
  write('all.mjs', [...lines, counts].join('\n'));
  const counted = JSON.parse((await node('all.mjs')).stdout);
  const empty = entries.filter((_, i) => counted[i] === 0);
  if (empty.length) throw new Error(`${empty.join(', ')} must export something`);
  return entries.length;
}

/** Type-checks the programs as the strictest of users would, and emits JavaScript. */
async function compile(moduleResolution) {
  const module = { bundler: 'esnext', nodenext: 'nodenext' }[moduleResolution];
  const name = `tsconfig.${moduleResolution}.json`;
  const strict = {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
  };
  write(name, {
    compilerOptions: {
      module,
      moduleResolution,
      target: 'es2022',
      lib: ['es2023', 'dom', 'dom.iterable'],
      types: [],
      outDir: moduleResolution,
      ...strict,
    },
    files: programs.map((program) => `${program}.ts`),
  });
  await tool('typescript/bin/tsc', '--project', name);
}

/** What each program prints, by where it ran: one with single packages, one with the umbrella. */
const programs = ['train', 'umbrella'];
const results = Object.fromEntries(programs.map((program) => [program, {}]));
const keep = (program, name, output) => (results[program][name] = output.trim());

async function emitted() {
  for (const program of programs) keep(program, 'node', (await node(join('nodenext', `${program}.js`))).stdout);
}

/** Pages built by Vite; their scripts run in Node, which has what the programs need of a browser. */
async function vite() {
  write(
    'vite.config.js',
    "export default { logLevel: 'warn', build: { target: 'es2022', modulePreload: { polyfill: false } } };",
  );
  const built = [];
  for (const program of programs) {
    write('index.html', `<script type="module" src="./${program}.ts"></script>`);
    await tool('vite/bin/vite.js', 'build');
    const assets = readdirSync(join(project, 'dist', 'assets'));
    keep(
      program,
      'vite',
      (
        await node(
          join(
            'dist',
            'assets',
            assets.find((name) => name.endsWith('.js')),
          ),
        )
      ).stdout,
    );
    built.push(...assets);
  }
  return built.join(', ');
}

async function browserScripts() {
  const sizes = [];
  for (const program of programs) sizes.push(`${program} ${await browserScript(program)}`);
  return sizes.join(', ');
}

/** A classic script in a context that has neither Node's modules nor its globals, nor workers. */
async function browserScript(program) {
  const { outputFiles } = await esbuild({
    absWorkingDir: project,
    entryPoints: [`${program}.ts`],
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    write: false,
  });
  const output = await new Promise((done, fail) => {
    process.once('unhandledRejection', fail);
    const { performance, TextDecoder, TextEncoder, crypto, setTimeout, clearTimeout, AbortController, AbortSignal } =
      globalThis;
    const browser = {
      performance,
      TextDecoder,
      TextEncoder,
      crypto,
      setTimeout,
      clearTimeout,
      AbortController,
      AbortSignal,
    };
    runInNewContext(outputFiles[0].text, { ...browser, console: { log: done, warn() {} } });
  });
  keep(program, 'esbuild', output);
  return `${(outputFiles[0].contents.length / 1000).toFixed(0)} kB minified`;
}

/** The same numbers everywhere, and losses that fall. */
function compare() {
  return programs.map((program) => `${program}: ${compareRuns(results[program])}`).join('; ');
}

function compareRuns(runs) {
  const [first, ...others] = Object.entries(runs);
  for (const [name, output] of others) {
    if (output !== first[1]) throw new Error(`${name} must print what ${first[0]} prints, ${first[1]}, got ${output}`);
  }
  const { history, shape, backend } = JSON.parse(first[1]);
  const [start, , end, accuracy] = history;
  if (
    !(end < start && accuracy > 0.3) ||
    !['2,4', '1,2,2,1'].includes(String(shape)) ||
    !['wasm', undefined].includes(backend)
  )
    throw new Error(`the program must learn, got ${first[1]}`);
  return `loss ${start.toFixed(2)} to ${end.toFixed(2)} in ${Object.keys(runs).join(', ')}`;
}

const checks = [
  ['the tarballs install into an empty project', install],
  ['every package is installed once', countCopies],
  ['plain Node imports every entry point', importAll],
  ['plain Node trains, saves and loads', async () => (await node('save.mjs')).stdout.trim()],
  ['TypeScript with moduleResolution bundler accepts the programs', () => compile('bundler')],
  ['TypeScript with moduleResolution nodenext accepts the programs', () => compile('nodenext')],
  ['Node runs what TypeScript emitted', emitted],
  ['Vite builds the programs, and the bundles run', vite],
  ['esbuild bundles the programs for browsers, and the bundles run without Node', browserScripts],
  ['all of them compute the same', compare],
];

let passed = 0;
try {
  for (const [name, check] of checks) {
    const start = performance.now();
    const found = await check();
    passed++;
    console.log(
      `ok  ${name}${found === undefined ? '' : ` (${found})`}, ${((performance.now() - start) / 1000).toFixed(1)} s`,
    );
  }
} catch (error) {
  console.error(`not ok  ${checks[passed][0]}\n${error.stdout ?? ''}${error.stderr || error.stack}`);
} finally {
  if (process.argv.includes('--keep')) console.log(`kept ${project}`);
  else rmSync(project, { recursive: true, force: true });
}
console.log(`consumers: ${passed} of ${checks.length} checks passed`);
process.exitCode = passed === checks.length ? 0 : 1;
