// Packs every public package and checks the tarballs with publint and attw. Expects `dist` to be built.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const execute = promisify(execFile);
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const shell = process.platform === 'win32';

const publicPackages = readdirSync(join(root, 'packages'))
  .map((folder) => JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8')))
  .filter((manifest) => !manifest.private)
  .map((manifest) => manifest.name);

const checks = {
  publint: (file) => ['publint/src/cli.js', 'run', file, '--strict'],
  attw: (file) => ['@arethetypeswrong/cli/dist/index.js', file, '--profile', 'esm-only', '--no-definitely-typed', '--no-emoji', '--format', 'ascii'],
};

async function check(tool, file) {
  const [path, ...args] = checks[tool](file);
  try {
    await execute(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: root });
    return true;
  } catch (error) {
    console.error(`${tool} on ${file.split(/[/\\]/).at(-1)}:\n${error.stdout}${error.stderr}`);
    return false;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'chainrule-pack-'));
try {
  const filters = publicPackages.flatMap((name) => ['--filter', name]);
  await execute('npx', ['-y', packageManager, '--recursive', ...filters, 'pack', '--pack-destination', folder], { cwd: root, shell });
  const tarballs = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
  let failures = tarballs.length === publicPackages.length ? 0 : 1;
  for (const tarball of tarballs) {
    const passed = await Promise.all(Object.keys(checks).map((tool) => check(tool, join(folder, tarball))));
    failures += passed.filter((ok) => !ok).length;
  }
  console.log(`packages: ${tarballs.length} of ${publicPackages.length} packed, publint and attw: ${failures} failures`);
  process.exitCode = failures ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
