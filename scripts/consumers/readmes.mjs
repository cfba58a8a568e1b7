import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { fencesOf } from '../fences.mjs';
import { execute, root } from '../pack.mjs';
import { tarballs } from './project.mjs';
import { serveRegistry } from './registry.mjs';

/** The README of the repository, and those of the packages that are published, with what they install and show first. */
const readmes = ['', ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`)]
  .filter((folder) => existsSync(join(root, folder, 'README.md')))
  .map((folder) => {
    const text = readFileSync(join(root, folder, 'README.md'), 'utf8');
    const names = /^npm install (.+)$/m.exec(text)?.[1]?.split(' ');
    return { name: folder.split('/').at(-1) || 'main', names, code: fencesOf(text)[0]?.code };
  })
  .filter(({ name, names }) => names && name !== 'testing');

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
  const registry = await serveRegistry(join(project, '..', 'packed'));
  for (const readme of readmes) {
    // Beside the project: below it, Node would find the project's packages.
    const folder = `${project}-${readme.name}`;
    await tryReadme(readme, folder, project, registry.url).catch((error) =>
      problems.push(`${readme.name}: ${error.stdout ?? ''}${error.stderr || error.stack}`),
    );
    rmSync(folder, { recursive: true, force: true });
  }
  registry.close();
  if (problems.length) throw new Error(problems.join('\n'));
}

async function tryReadme({ names, code }, folder, project, registry) {
  if (!code) throw new Error('expected an example, got none');
  const tool = (path, ...args) =>
    execute(process.execPath, [join(project, 'node_modules', path), ...args], { cwd: folder });
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  // The scope's registry does not know the umbrella, which has no scope.
  writeFileSync(join(folder, '.npmrc'), `@chainrule:registry=${registry}\n`);
  const { chainrule } = tarballs(join(project, '..', 'packed'));
  const wanted = names.map((name) => (name === 'chainrule' ? chainrule : name));
  // Who uses modules of Node installs their types.
  const usesNode = /from 'node:/.test(code);
  if (usesNode) wanted.push('@types/node');
  await tool('pnpm/bin/pnpm.cjs', 'add', ...wanted, '--prefer-offline', '--ignore-workspace');
  // An export makes a module of an example that imports nothing.
  writeFileSync(join(folder, 'example.ts'), `${code}\nexport {};\n`);
  writeFileSync(join(folder, 'example.mjs'), (await transform(code, { loader: 'ts' })).code);
  await execute(process.execPath, ['example.mjs'], { cwd: folder });
  for (const compiler of Object.keys(compilers)) {
    await tool(`${compiler}/bin/tsc`, '--init');
    await tool(`${compiler}/bin/tsc`, '--noEmit', ...(usesNode ? ['--types', 'node'] : []));
    rmSync(join(folder, 'tsconfig.json'));
  }
}
