import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Copies packages to a temporary folder. There, `@chainrule/…` resolves to the copies.
 *
 * @param names - folders below `packages`
 * @param options - `tools` are the installed packages that the copy needs; `without` matches files and folders to leave
 *   out
 * @returns the folder; remove it at the end
 */
export function copyPackages(
  names: readonly string[],
  { tools, without }: { readonly tools: readonly string[]; readonly without: RegExp },
): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'chainrule-copy-'));
  mkdirSync(join(folder, 'node_modules', '@chainrule'), { recursive: true });
  for (const name of names) {
    const from = join(root, 'packages', name);
    const to = join(folder, 'packages', name);
    const filter = (path: string): boolean => !without.test(path);
    for (const part of ['src', 'testing'])
      if (existsSync(join(from, part))) cpSync(join(from, part), join(to, part), { recursive: true, filter });
    cpSync(join(from, 'package.json'), join(to, 'package.json'));
    symlinkSync(to, join(folder, 'node_modules', '@chainrule', name), 'junction');
  }
  for (const name of tools)
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'junction');
  cpSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return folder;
}

/** The output of a tool, and its exit code. */
export interface ToolRun {
  readonly status: number | null;
  readonly output: string;
}

/** Runs a tool of the repository, such as `vitest/vitest.mjs`, in a folder. */
export function runTool(folder: string, path: string, ...args: string[]): Promise<ToolRun> {
  return new Promise((done, fail) => {
    const env = { ...process.env, NO_COLOR: '1' };
    const child = spawn(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: folder, env });
    let output = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr.on('data', (text: Buffer) => (output += text.toString()));
    child.on('error', fail).on('close', (status) => done({ status, output }));
  });
}
