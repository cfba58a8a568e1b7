// Packs every public package and checks the tarballs with publint and attw. Expects `dist` to be built.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { packAll, publicPackages, root } from './pack.mjs';

/** Resolutions of packages that are ES modules only: those of bundlers, and of imports in Node. */
const isRelevant = ({ resolutionOption, resolutionKind }) =>
  !['node10', 'node16-cjs'].includes(resolutionKind ?? resolutionOption);

const tool = (path) => join(root, 'node_modules', path);

const checks = {
  publint(file) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [tool('publint/src/cli.js'), 'run', file, '--strict'],
      { cwd: root, encoding: 'utf8' },
    );
    return status === 0 ? [] : [stdout + stderr];
  },
  attw(file) {
    // Into a file, because the tool exits before a pipe has taken long output.
    const report = `${file}.json`;
    const out = openSync(report, 'w');
    spawnSync(
      process.execPath,
      [tool('@arethetypeswrong/cli/dist/index.js'), file, '--no-definitely-typed', '--format', 'json'],
      { cwd: root, stdio: ['ignore', out, 'inherit'] },
    );
    closeSync(out);
    const found = Object.values(JSON.parse(readFileSync(report, 'utf8')).problems ?? {}).flat();
    return found.filter(isRelevant).map((problem) => JSON.stringify(problem));
  },
};

/** The number of tools that find problems in a package. */
function failuresOf(file) {
  const failing = Object.entries(checks).filter(([name, check]) => {
    const problems = check(file);
    if (problems.length > 0) console.error(`${name} on ${basename(file)}:\n${problems.join('\n')}`);
    return problems.length > 0;
  });
  return failing.length;
}

const folder = mkdtempSync(join(tmpdir(), 'chainrule-pack-'));
try {
  const tarballs = await packAll(folder);
  let failures = tarballs.length === publicPackages.length ? 0 : 1;
  for (const tarball of tarballs) failures += failuresOf(tarball);
  console.log(
    `packages: ${tarballs.length} of ${publicPackages.length} packed, publint and attw: ${failures} failures`,
  );
  process.exitCode = failures ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
