import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const execute = promisify(execFile);

/** The manifests of the packages that are published. */
export const publicPackages = readdirSync(join(root, 'packages'))
  .map((folder) => JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8')))
  .filter((manifest) => !manifest.private);

/**
 * Packs every public package into a folder, as publishing would. Expects `dist` to be built.
 *
 * @returns the tarballs' paths
 */
export async function packAll(folder) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const filters = publicPackages.flatMap(({ name }) => ['--filter', name]);
  const shell = process.platform === 'win32';
  await execute('npx', ['-y', packageManager, '--recursive', ...filters, 'pack', '--pack-destination', folder], {
    cwd: root,
    shell,
  });
  return readdirSync(folder)
    .filter((file) => file.endsWith('.tgz'))
    .map((file) => join(folder, file));
}
