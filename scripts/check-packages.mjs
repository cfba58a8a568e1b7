// Packs every public package and checks the tarballs with publint and attw. Expects `dist` to be built.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { execute, packAll, publicPackages, root } from './pack.mjs';

/** Resolutions of packages that are ES modules only: those of bundlers, and of imports in Node. */
const isRelevant = ({ resolutionOption, resolutionKind }) =>
  !['node10', 'node16-cjs'].includes(resolutionKind ?? resolutionOption);

/** Runs a tool of node_modules. Returns its exit code and output. */
async function run(path, ...args) {
  try {
    const { stdout } = await execute(process.execPath, [join(root, 'node_modules', path), ...args], {
      cwd: root,
      maxBuffer: 64 * 1024 * 1024,
    });
    return { code: 0, output: stdout };
  } catch (error) {
    return { code: 1, output: error.stdout + error.stderr };
  }
}

const checks = {
  async publint(file) {
    const { code, output } = await run('publint/src/cli.js', 'run', file, '--strict');
    return code === 0 ? [] : [output];
  },
  async attw(file) {
    const { output } = await run(
      '@arethetypeswrong/cli/dist/index.js',
      file,
      '--no-definitely-typed',
      '--format',
      'json',
    );
    const found = Object.values(JSON.parse(output).problems ?? {}).flat();
    return found.filter(isRelevant).map((problem) => JSON.stringify(problem));
  },
};

async function check(tool, file) {
  const problems = await checks[tool](file);
  if (problems.length > 0) console.error(`${tool} on ${basename(file)}:\n${problems.join('\n')}`);
  return problems.length === 0;
}

const folder = mkdtempSync(join(tmpdir(), 'chainrule-pack-'));
try {
  const tarballs = await packAll(folder);
  let failures = tarballs.length === publicPackages.length ? 0 : 1;
  for (const tarball of tarballs) {
    const passed = await Promise.all(Object.keys(checks).map((tool) => check(tool, tarball)));
    failures += passed.filter((ok) => !ok).length;
  }
  console.log(
    `packages: ${tarballs.length} of ${publicPackages.length} packed, publint and attw: ${failures} failures`,
  );
  process.exitCode = failures ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
