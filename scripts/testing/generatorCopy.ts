// A copy of the packages that `npm run new` writes to.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { copyPackages, root, runTool, type ToolRun } from './copyPackages.ts';

const packages = [
  'errors',
  'tensor',
  'autograd',
  'compiler',
  'layers-core',
  'layers-dense',
  'layers-conv',
  'augmentation',
  'losses',
  'metrics',
  'optim',
];
const tools = ['vitest', '@types', 'typescript-eslint', 'eslint'];
/** The barrel to which the test of the generator adds an op. */
export const ops = 'tensor/src/ops/activation';

/** Runs `npm run new`. */
export function generate(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(root, 'scripts', 'new.mjs'), ...args], { encoding: 'utf8' });
}

/** The copy, below `packages` of a temporary folder. */
export class GeneratorCopy {
  readonly folder: string = copyPackages(packages, { tools, without: /[.]test(-d)?[.]ts$|[\\/]oracle$/ });

  constructor() {
    for (const name of ['tsconfig.json', 'eslint.config.js']) cpSync(join(root, name), join(this.folder, name));
    // Removes an op, so that tests can make it.
    rmSync(join(this.folder, 'packages', ops, 'hardSwish.ts'), { force: true });
    const barrel = join(this.folder, 'packages', ops, 'index.ts');
    writeFileSync(barrel, this.read(`${ops}/index.ts`).replace(/^.*\/hardSwish[.]ts.*\n/m, ''));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  read(name: string): string {
    return readFileSync(join(this.folder, 'packages', name), 'utf8');
  }

  /** Replaces a text in a file. Throws if the file lacks the text. */
  fill(name: string, from: string, to: string): void {
    const text = this.read(name);
    expect(text).toContain(from);
    writeFileSync(join(this.folder, 'packages', name), text.replace(from, to));
  }

  /** A hash of every file. */
  hashes(): Map<string, string> {
    const folder = join(this.folder, 'packages');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return new Map(
      files.map((entry) => {
        const path = join(entry.parentPath, entry.name);
        const name = path.slice(folder.length + 1).replaceAll('\\', '/');
        return [name, createHash('sha256').update(readFileSync(path)).digest('hex')];
      }),
    );
  }

  /** Expects the lines of a barrel, except those of types, in the order of their files' names. */
  expectSorted(barrel: string): void {
    const names = this.read(barrel)
      .match(/^(?!export type).*'\.\/\w+/gm)!
      .map((line) => line.toLowerCase().split("'./")[1]!);
    expect(names).toEqual([...names].sort());
  }

  run(tool: string, ...args: string[]): Promise<ToolRun> {
    return runTool(this.folder, tool, ...args);
  }

  vitest(...args: string[]): Promise<ToolRun> {
    return this.run('vitest/vitest.mjs', 'run', '--root', this.folder, ...args);
  }
}
