import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const packages = ['errors', 'tensor', 'autograd', 'compiler', 'backend-wasm'];
let scratch: string;

/** All that a new scalar operation needs: in each file an anchor, and the text that goes before it. */
const parts: readonly (readonly [file: string, anchor: string, text: string])[] = [
  ['tensor/src/expr/scalar.ts', "| 'sin' |", "| 'cbrt' "],
  ['tensor/src/expr/scalar.ts', '  sin: Math.sin,', '  cbrt: Math.cbrt,\n'],
  ['tensor/src/expr/build.ts', 'export const sin:', "export const cbrt: Unary = /* @__PURE__ */ unary('cbrt');\n"],
  ['autograd/src/derivative.ts', '  sin: (g, _, x)', '  cbrt: (g, y) => [e.div(g, e.mul(3, e.mul(y, y)))],\n'],
  ['tensor/src/oracle/scalars.ts', "    case 'sin':", "    case 'cbrt': return Math.cbrt(a);\n"],
];

const use = `
import { expect, test } from 'vitest';
import { wasm } from '@chainrule/backend-wasm';
import { grad } from '@chainrule/autograd';
import { compile } from '@chainrule/compiler';
import { defineOp, map, scalar as e, sum, tensor } from '@chainrule/tensor';

const cbrt = defineOp({ name: 'cbrt', lower: (x) => map(e.cbrt, [x]) });
const x = tensor([8, -27, 1, 0.125]);

test('the operation runs everywhere', async () => {
  const backend = await wasm({ threads: 1 });
  expect(cbrt(x).toArray()).toEqual([2, -3, 1, 0.5]);
  expect(compile(cbrt, { backend })(x).toArray()).toEqual([2, -3, 1, 0.5]);
  const slope = grad((t) => sum(cbrt(t)));
  expect(slope(tensor([8], [1], 'float64')).toArray()[0]).toBeCloseTo(1 / 12, 12);
  expect(compile(slope, { backend })(tensor([8])).toArray()[0]).toBeCloseTo(1 / 12, 6);
  backend.close();
});
`;

/** A copy of the packages in which `@chainrule/…` means these copies. */
beforeAll(() => {
  scratch = mkdtempSync(join(realpathSync(tmpdir()), 'chainrule-scalar-'));
  mkdirSync(join(scratch, 'node_modules', '@chainrule'), { recursive: true });
  for (const name of packages) {
    const to = join(scratch, 'packages', name);
    cpSync(join(root, 'packages', name, 'src'), join(to, 'src'), { recursive: true, filter: (path) => !/[.]test[.]ts$/.test(path) });
    cpSync(join(root, 'packages', name, 'package.json'), join(to, 'package.json'));
    symlinkSync(to, join(scratch, 'node_modules', '@chainrule', name), 'junction');
  }
  for (const name of ['vitest', 'typescript', '@types', 'fast-check']) symlinkSync(join(root, 'node_modules', name), join(scratch, 'node_modules', name), 'junction');
  cpSync(join(root, 'tsconfig.base.json'), join(scratch, 'tsconfig.base.json'));
  const options = { extends: './tsconfig.base.json', compilerOptions: { incremental: true, tsBuildInfoFile: 'types.tsbuildinfo' }, include: ['packages/*/src'], exclude: ['**/types/**/*.test-d.ts', '**/ops/**/*.test-d.ts'] };
  writeFileSync(join(scratch, 'tsconfig.json'), JSON.stringify(options));
  writeFileSync(join(scratch, 'package.json'), '{ "type": "module" }');
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Writes the files with all parts but one. */
function write(omitted?: (typeof parts)[number]): void {
  for (const file of new Set(parts.map(([name]) => name))) {
    const mine = parts.filter((part) => part[0] === file);
    const text = mine.reduce((source, part) => {
      const [, anchor, added] = part;
      expect(source.split(anchor), `${file}: ${anchor}`).toHaveLength(2);
      return part === omitted ? source : source.replace(anchor, () => added + anchor);
    }, readFileSync(join(root, 'packages', file), 'utf8'));
    writeFileSync(join(scratch, 'packages', file), text);
  }
}

/** The errors of the compiler, by file. */
function mistakes(): string {
  const { stdout } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--project', scratch], { encoding: 'utf8', cwd: scratch });
  return stdout;
}

describe('a new scalar operation', () => {
  test('needs at most four files, and then compiles and runs', () => {
    expect(new Set(parts.map(([file]) => file)).size).toBeLessThanOrEqual(4);
    write();
    expect(mistakes()).toBe('');
    writeFileSync(join(scratch, 'packages', 'cbrt.test.ts'), use);
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', scratch], { encoding: 'utf8', cwd: scratch });
    expect(status, stdout + stderr).toBe(0);
  });

  test.each(parts)('does not compile without its part of %s before `%s`', (...part) => {
    write(parts.find(([file, anchor]) => file === part[0] && anchor === part[1]));
    const found = mistakes();
    expect(found).toContain('error TS');
    // The message names the operation or, for the oracle's switch, the file that misses a case.
    expect(found).toMatch(/cbrt|oracle\/scalars[.]ts/);
  });
});
