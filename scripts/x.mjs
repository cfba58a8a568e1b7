// Runs every root script: checks the version of Node, installs the packages of the lockfile, then runs the tool.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const node = process.execPath;

/** Exits with a clear message if Node is too old. */
function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Chainrule needs Node 20.19 or newer; this is Node ${process.versions.node}. See https://nodejs.org`);
  process.exit(1);
}

/** Installs with the pinned pnpm if node_modules does not match the lockfile. */
function install() {
  const lock = readFileSync(join(root, 'pnpm-lock.yaml'));
  const hash = createHash('sha256').update(lock).digest('hex');
  const stamp = join(root, 'node_modules', '.x-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  const code = pnpm(['install', '--frozen-lockfile'], ['inherit', 2, 2]);
  if (code !== 0) process.exit(code);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}

function run(command, args, stdio = 'inherit') {
  const { status, signal, error } = spawnSync(command, args, {
    cwd: root,
    stdio,
    shell: process.platform === 'win32' && command !== node,
  });
  if (error) console.error(`${command}: ${error.message}`);
  return status ?? (signal === 'SIGINT' ? 130 : 1);
}

function pnpm(args, stdio) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return run('npx', ['-y', packageManager, ...args], stdio);
}

const bin = (path, args) => run(node, [join('node_modules', path), ...args]);
const script = (name, args) => run(node, [join('scripts', name), ...args]);
const prettier = (mode, args) =>
  bin('prettier/bin/prettier.cjs', [mode, '--log-level', 'warn', '--ignore-unknown', ...(args.length ? args : ['.'])]);
const vitest = (args) => bin('vitest/vitest.mjs', ['run', ...args]);
const vitepress = (command, args) =>
  run(node, [join('apps', 'docs', 'node_modules', 'vitepress', 'bin', 'vitepress.js'), command, 'apps/docs', ...args]);
const entry = async (path, args) => (await import('./run-ts.mjs')).runTs(join(root, path), args);

/** Runs the steps in order, up to the first failure. */
const inTurn = (...steps) => steps.reduce((code, step) => code || step(), 0);

const commands = {
  start: (args) => entry('apps/pipelines/src/main.ts', args),
  bench: (args) => entry('apps/bench/src/main.ts', args),
  reproduce: (args) => entry('apps/pipelines/src/reproduce/main.ts', args),
  conformance: (args) => entry('packages/testing/src/conformance/cli.ts', args),
  fuzz: (args) => entry('packages/testing/src/fuzz/main.ts', args),
  // Arguments, such as the name of a file, select tests.
  test: (args) =>
    args.length
      ? vitest(['--project', 'unit', '--project', 'isolated', ...args])
      : inTurn(
          () => vitest(['--project', 'unit', '--project', 'isolated']),
          () => commands.types([]),
        ),
  'test:long': (args) => vitest(['--project', 'long', ...args]),
  'test:dist': (args) =>
    inTurn(
      () => commands.build([]),
      () => vitest(['--project', 'dist', ...args]),
    ),
  browser: (args) => vitest(['--project', 'browser', ...args]),
  types: (args) => script('check-types.mjs', args),
  typecheck: (args) =>
    inTurn(
      () => bin('typescript/bin/tsc', ['--project', 'tsconfig.json', ...args]),
      () =>
        run(node, [
          join('apps', 'docs', 'node_modules', 'vue-tsc', 'bin', 'vue-tsc.js'),
          '--noEmit',
          '-p',
          'apps/docs',
        ]),
    ),
  docs: (args) => vitepress('dev', args),
  'docs:build': (args) =>
    inTurn(
      () => commands.build([]),
      () => run(node, [join('apps', 'docs', 'typedoc.mjs')]),
      () => vitepress('build', args),
    ),
  'test:site': (args) =>
    inTurn(
      () => commands['docs:build']([]),
      () =>
        args.includes('--all')
          ? vitest(['--project', 'site', '--project', 'site-long', ...args.filter((arg) => arg !== '--all')])
          : vitest(['--project', 'site', ...args]),
    ),
  'docs:preview': (args) => vitepress('preview', args),
  lint: (args) =>
    bin('eslint/bin/eslint.js', [
      '--max-warnings',
      '0',
      '--cache',
      '--cache-location',
      'node_modules/.cache/eslint/',
      ...(args.length ? args : ['.']),
    ]),
  format: (args) => prettier('--write', args),
  'format:check': (args) => prettier('--check', args),
  hooks: (args) => bin('simple-git-hooks/cli.js', args),
  staged: (args) => bin('nano-staged/lib/bin.js', args),
  boundaries: (args) => bin('dependency-cruiser/bin/dependency-cruise.mjs', ['packages', 'apps', ...args]),
  unused: (args) => bin('knip/bin/knip.js', ['--no-progress', '--no-config-hints', ...args]),
  build: (args) => pnpm(['exec', 'turbo', 'run', 'build', '--output-logs=errors-only', ...args]),
  packages: (args) =>
    inTurn(
      () => commands.build([]),
      () => script('check-packages.mjs', args),
    ),
  consumers: (args) =>
    inTurn(
      () => commands.build([]),
      () => script('check-consumers.mjs', args),
    ),
  size: (args) => script('size.mjs', args),
  examples: (args) =>
    inTurn(
      () => script('extract-examples.mjs', []),
      () => vitest(['--project', 'examples', ...args]),
    ),
  'version-packages': (args) => bin('@changesets/cli/bin.js', ['version', ...args]),
  // Uses pnpm, which replaces `workspace:` ranges and `exports`. Changesets looks for it on the PATH.
  release: (args) =>
    inTurn(
      () => commands.build([]),
      () => pnpm(['exec', 'changeset', 'publish', ...args]),
    ),
  new: (args) => script('new.mjs', args),
};

checkNode();
const [name, ...given] = process.argv.slice(2);
const args = given[0] === '--' ? given.slice(1) : given;
const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
if (!command) {
  console.error(`usage: node scripts/x.mjs <${Object.keys(commands).join(' | ')}> [arguments]`);
  process.exit(1);
}
Object.assign(process.env, { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', TURBO_NO_UPDATE_NOTIFIER: '1' });
install();
const code = await command(args);
if (code) process.exitCode = code;
