// Packs every public package and checks the tarballs with publint and attw. Expects `dist` to be built.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { execute, packAll, publicPackages, root } from './pack.mjs';

const checks = {
  publint: (file) => ['publint/src/cli.js', 'run', file, '--strict'],
  attw: (file) => [
    '@arethetypeswrong/cli/dist/index.js',
    file,
    '--profile',
    'esm-only',
    '--no-definitely-typed',
    '--no-emoji',
    '--format',
    'ascii',
  ],
};

async function check(tool, file) {
  const [path, ...args] = checks[tool](file);
  try {
    await execute(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: root });
    return true;
  } catch (error) {
    console.error(`${tool} on ${basename(file)}:\n${error.stdout}${error.stderr}`);
    return false;
  }
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
