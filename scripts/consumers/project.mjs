// Projects that install the packed packages, as users do.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { execute, publicPackages } from '../pack.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const isWindows = process.platform === 'win32';

/** Packages of the scope mean the tarballs, also as peers and dependencies: none comes from the registry. */
export const tarballs = (packed) =>
  Object.fromEntries(
    publicPackages.map(({ name, version }) => [
      name,
      `file:${join(packed, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)}`,
    ]),
  );

/** Runs a command of the shell in a folder, with the tools installed there. */
export async function run(folder, command) {
  const env = { ...process.env, PATH: [join(folder, 'node_modules', '.bin'), process.env.PATH].join(delimiter) };
  // Tools must not take the checks for their own tests, nor ask for anything.
  for (const name of ['NODE_OPTIONS', 'NODE_ENV', 'VITEST']) delete env[name];
  const [shell, ...args] = isWindows ? ['cmd', '/d', '/c', command] : ['sh', '-c', command];
  const { stdout } = await execute(shell, args, {
    cwd: folder,
    env: { ...env, CI: 'true', NO_COLOR: '1', NEXT_TELEMETRY_DISABLED: '1', ...quietly },
    maxBuffer: 2 ** 26,
  });
  return stdout;
}
const quietly = { PARCEL_WORKERS: '1', npm_config_update_notifier: 'false' };

/** A folder with the files of a consumer and the programs, in TypeScript and as JavaScript. */
export async function copyFiles(project, folder) {
  mkdirSync(project, { recursive: true });
  for (const from of ['programs', folder].map((name) => join(here, name)))
    if (existsSync(from)) cpSync(from, project, { recursive: true });
  for (const file of readdirSync(project).filter((name) => name.endsWith('.ts'))) {
    const { code } = await transform(readFileSync(join(project, file), 'utf8'), { loader: 'ts', target: 'es2022' });
    writeFileSync(join(project, file.replace(/ts$/, 'js')), code);
  }
}

export const npmInstall = 'npm install --prefer-offline --no-audit --no-fund --loglevel=error';

/** Installs every package and the tools. */
export async function install(project, packed, { tools = {}, type = 'module' }) {
  const dependencies = tarballs(packed);
  const manifest = { private: true, type, dependencies: { ...dependencies, ...tools }, overrides: dependencies };
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest, null, 2));
  await run(project, npmInstall);
  checkCopies(project);
}

/** Two copies of a package would mean two kinds of tensors. */
function checkCopies(project) {
  const found = readdirSync(join(project, 'node_modules'), { recursive: true })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) =>
      publicPackages.some(({ name }) => `node_modules/${path}`.endsWith(`node_modules/${name}/package.json`)),
    );
  if (found.length !== publicPackages.length)
    throw new Error(`${publicPackages.length} packages must be installed once each, got ${found.join(', ')}`);
}
