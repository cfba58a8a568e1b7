import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { fencesOf } from '../fences.mjs';
import { execute, root } from '../pack.mjs';
import { tarballs } from './project.mjs';

/** The README of the repository and those of the packages that are published, with what they install and show first. */
const readmes = ['', ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`)]
  .filter((folder) => existsSync(join(root, folder, 'README.md')))
  .map((folder) => {
    const text = readFileSync(join(root, folder, 'README.md'), 'utf8');
    const names = /^npm install (.+)$/m.exec(text)?.[1]?.split(' ');
    return { name: folder.split('/').at(-1) || 'main', names, code: fencesOf(text)[0]?.code };
  })
  .filter(({ names }) => names);

/** The compilers that the project installs. */
export const compilers = {
  'typescript-5': 'npm:typescript@5.9.3',
  'typescript-6': 'npm:typescript@6.0.3',
  'typescript-7': 'npm:typescript@7.0.2',
};

/**
 * A step: for each README, pnpm installs into an empty folder what its install line names. Then the first example runs,
 * and each compiler accepts it with the settings of `tsc --init`.
 */
export async function readmesWork(project) {
  const problems = [];
  for (const readme of readmes) {
    // Beside the project: below it, Node would find the project's packages.
    const folder = `${project}-${readme.name}`;
    await tryReadme(readme, folder, project).catch((error) =>
      problems.push(`${readme.name}: ${error.stdout ?? ''}${error.stderr || error.stack}`),
    );
    rmSync(folder, { recursive: true, force: true });
  }
  if (problems.length) throw new Error(problems.join('\n'));
}

async function tryReadme({ names, code }, folder, project) {
  if (!code) throw new Error('expected an example, got none');
  const tool = (path, ...args) =>
    execute(process.execPath, [join(project, 'node_modules', path), ...args], { cwd: folder });
  const all = tarballs(join(project, '..', 'packed'));
  const dependencies = Object.fromEntries(names.map((name) => [name, all[name]]));
  const manifest = { private: true, type: 'module', dependencies, pnpm: { overrides: all } };
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  await tool('pnpm/bin/pnpm.cjs', 'install', '--prefer-offline', '--ignore-workspace');
  // An export makes a module of an example that imports nothing.
  writeFileSync(join(folder, 'example.ts'), `${code}\nexport {};\n`);
  writeFileSync(join(folder, 'example.mjs'), (await transform(code, { loader: 'ts' })).code);
  await execute(process.execPath, ['example.mjs'], { cwd: folder });
  for (const compiler of Object.keys(compilers)) {
    await tool(`${compiler}/bin/tsc`, '--init');
    await tool(`${compiler}/bin/tsc`, '--noEmit');
    rmSync(join(folder, 'tsconfig.json'));
  }
}
