import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyPackages, root, runTool } from './testing/copyPackages.ts';

const packages = ['errors', 'tensor', 'autograd', 'compiler', 'backend-wasm'];
let scratch: string;

/** A change to a file: an anchor, and the text that goes before it; a file without an anchor is new. */
type Part = readonly [file: string, anchor: string, text: string];

/** Something new: all the parts that it needs, and a test of it. */
interface Addition {
  readonly parts: readonly Part[];
  readonly use: string;
}

const scalarOperation: Addition = {
  parts: [
    ['tensor/src/expr/scalar.ts', "| 'sin'", "| 'cbrt' "],
    ['tensor/src/expr/scalar.ts', '  sin: Math.sin,', '  cbrt: Math.cbrt,\n'],
    ['tensor/src/expr/build.ts', 'export const sin:', "export const cbrt: Unary = /* @__PURE__ */ unary('cbrt');\n"],
    ['autograd/src/derivative.ts', '  sin: (g, _, x)', '  cbrt: (g, y) => [e.div(g, e.mul(3, e.mul(y, y)))],\n'],
    ['tensor/src/oracle/scalars.ts', "    case 'sin':", "    case 'cbrt': return Math.cbrt(a);\n"],
  ],
  use: `
import { defineOp, map, scalar as e } from '@chainrule/tensor';
export const made = defineOp({ name: 'cbrt', lower: (x) => map(e.cbrt, [x]) });
export const [x, y, slope] = [8, 2, 1 / 12];
`,
};

const nodeKind: Addition = {
  parts: [
    ['tensor/src/graph/node.ts', '  cast: Record<never, never>;', '  double: Record<never, never>;\n'],
    [
      'tensor/src/nodes/double.ts',
      '',
      `import type { TypedArray } from '../array/dtype.ts';
import type { NodeOf } from '../graph/node.ts';
import type { Tensor } from '../array/tensor.ts';
import { emit } from '../graph/trace.ts';

export function doubleNode(x: Tensor): Tensor {
  return emit('double', {}, [x], [x], evaluateDouble)[0]!;
}

function evaluateDouble(_: NodeOf<'double'>, [x]: readonly TypedArray[]): TypedArray[] {
  return [x!.map((element) => 2 * element)];
}
`,
    ],
    ['tensor/src/index.graph.ts', 'export { castNode }', "export { doubleNode } from './nodes/double.ts';\n"],
    ['autograd/src/rules/rules.ts', 'import { mapRule }', "import { doubleNode } from '@chainrule/tensor/graph';\n"],
    ['autograd/src/rules/rules.ts', '  prefix: (n, g)', '  double: (_, g) => [() => doubleNode(g)],\n'],
    [
      'tensor/src/oracle/oracle.ts',
      '  variable: (node)',
      '  double: (_, [x]) => [x!.map((element) => element + element)],\n',
    ],
    ['backend-wasm/src/program/lowerings.ts', "'map' | 'cast'", "'double' | "],
    ['compiler/src/plan/planner.ts', '  prefix: alone', '  double: alone,\n'],
  ],
  use: `
import { defineOp } from '@chainrule/tensor';
import { doubleNode } from '@chainrule/tensor/graph';
export const made = defineOp({ name: 'double', lower: doubleNode });
export const [x, y, slope] = [3, 6, 2];
`,
};

/** Runs it eagerly, compiled and on WebAssembly, forward and backward, and compares with the oracle. */
const check = `
import { expect, test } from 'vitest';
import { wasm } from '@chainrule/backend-wasm';
import { grad } from '@chainrule/autograd';
import { compile } from '@chainrule/compiler';
import { sum, tensor } from '@chainrule/tensor';
import { oracle } from '@chainrule/tensor/oracle';
import { made, slope, x, y } from './made.ts';

test('it runs everywhere', async () => {
  const backend = await wasm({ threads: 1 });
  const derivative = grad((t) => sum(made(t)));
  for (const run of [made, compile(made), compile(made, { backend }), oracle(made)]) expect(Number(run(tensor([x])).data[0])).toBe(y);
  for (const run of [derivative, compile(derivative), compile(derivative, { backend })]) expect(run(tensor([x])).data[0]).toBeCloseTo(slope, 6);
  backend.close();
});
`;

beforeAll(() => {
  scratch = copyPackages(packages, {
    tools: ['vitest', 'typescript', '@types', 'fast-check'],
    without: /[.]test[.]ts$/,
  });
  const options = {
    extends: './tsconfig.base.json',
    compilerOptions: { incremental: true, tsBuildInfoFile: 'types.tsbuildinfo' },
    include: ['packages/*/src'],
    exclude: ['**/types/**/*.test-d.ts', '**/ops/**/*.test-d.ts'],
  };
  writeFileSync(join(scratch, 'tsconfig.json'), JSON.stringify(options));
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Writes the files with all parts but one. */
function write(parts: readonly Part[], omitted?: Part): void {
  for (const file of new Set(parts.map(([name]) => name))) {
    const mine = parts.filter((part) => part[0] === file);
    const old = mine[0]![1] ? readFileSync(join(root, 'packages', file), 'utf8') : '';
    const text = mine.reduce((source, part) => {
      const [, anchor, added] = part;
      if (!anchor) return added;
      expect(source.split(anchor), `${file}: ${anchor}`).toHaveLength(2);
      return part === omitted ? source : source.replace(anchor, () => added + anchor);
    }, old);
    writeFileSync(join(scratch, 'packages', file), text);
  }
}

/** Puts the files back. */
function restore(parts: readonly Part[]): void {
  for (const [file, anchor] of parts) {
    if (anchor) cpSync(join(root, 'packages', file), join(scratch, 'packages', file));
    else rmSync(join(scratch, 'packages', file), { force: true });
  }
}

/** The errors of the compiler, by file. */
async function mistakes(): Promise<string> {
  return (await runTool(scratch, 'typescript/bin/tsc', '--project', scratch)).output;
}

describe.each([
  ['scalar operation', scalarOperation, 4],
  ['kind of node', nodeKind, 7],
])('a new %s', (_, { parts, use }, most) => {
  afterAll(() => restore(parts));

  test(`needs at most ${most} files, and then compiles and runs`, async () => {
    expect(new Set(parts.map(([file]) => file)).size).toBeLessThanOrEqual(most);
    write(parts);
    expect(await mistakes()).toBe('');
    writeFileSync(join(scratch, 'packages', 'made.ts'), use);
    writeFileSync(join(scratch, 'packages', 'made.test.ts'), check);
    const { status, output } = await runTool(scratch, 'vitest/vitest.mjs', 'run', '--root', scratch);
    expect(status, output).toBe(0);
  });

  test.each(parts.filter(([, anchor]) => anchor))(
    'does not compile without its part of %s before `%s`',
    async (file, anchor) => {
      write(
        parts,
        parts.find((part) => part[0] === file && part[1] === anchor),
      );
      expect(await mistakes()).toContain('error TS');
    },
  );
});
