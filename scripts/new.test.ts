import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const packages = [
  'errors',
  'tensor',
  'autograd',
  'compiler',
  'layers-core',
  'layers-dense',
  'layers-conv',
  'losses',
  'metrics',
  'optim',
];
const tools = ['vitest', '@types', 'typescript-eslint', 'eslint'];
const ops = 'tensor/src/ops/activation';
const minute = 60_000;
let scratch: string;

/** The packages that are written to and what they need, in a folder of their own, where `@chainrule/…` means these copies. */
beforeAll(() => {
  scratch = mkdtempSync(join(realpathSync(tmpdir()), 'chainrule-new-'));
  mkdirSync(join(scratch, 'node_modules', '@chainrule'), { recursive: true });
  for (const name of packages) {
    const from = join(root, 'packages', name);
    const to = join(scratch, 'packages', name);
    cpSync(join(from, 'src'), join(to, 'src'), {
      recursive: true,
      filter: (path) => !/[.]test(-d)?[.]ts$|[\\/]oracle$/.test(path),
    });
    if (existsSync(join(from, 'testing'))) cpSync(join(from, 'testing'), join(to, 'testing'), { recursive: true });
    cpSync(join(from, 'package.json'), join(to, 'package.json'));
    symlinkSync(to, join(scratch, 'node_modules', '@chainrule', name), 'junction');
  }
  // The example of a new op exists by now.
  rmSync(join(scratch, 'packages', ops, 'hardSwish.ts'), { force: true });
  const barrel = join(scratch, 'packages', ops, 'index.ts');
  writeFileSync(barrel, readFileSync(barrel, 'utf8').replace(/^.*\/hardSwish[.]ts.*\n/m, ''));
  for (const name of tools)
    symlinkSync(join(root, 'node_modules', name), join(scratch, 'node_modules', name), 'junction');
  for (const name of ['tsconfig.base.json', 'tsconfig.json', 'eslint.config.js'])
    cpSync(join(root, name), join(scratch, name));
  writeFileSync(join(scratch, 'package.json'), '{ "type": "module" }');
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const generator = join(root, 'scripts', 'new.mjs');
function generate(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [generator, ...args], { encoding: 'utf8' });
}

/** A tool of the repository, run on the scratch copy. */
function tool(path: string, ...args: string[]): Promise<{ status: number | null; output: string }> {
  return new Promise((done, fail) => {
    const env = { ...process.env, NO_COLOR: '1' };
    const child = spawn(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: scratch, env });
    let output = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr.on('data', (text: Buffer) => (output += text.toString()));
    child.on('error', fail).on('close', (status) => done({ status, output }));
  });
}
const vitest = (...args: string[]): ReturnType<typeof tool> =>
  tool('vitest/vitest.mjs', 'run', '--root', scratch, ...args);

/** A hash of every file below the copied packages. */
function hashes(): Map<string, string> {
  const folder = join(scratch, 'packages');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const name = path.slice(folder.length + 1).replaceAll('\\', '/');
      return [name, createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}

const read = (name: string): string => readFileSync(join(scratch, 'packages', name), 'utf8');
function fill(name: string, from: string, to: string): void {
  const text = read(name);
  expect(text).toContain(from);
  writeFileSync(join(scratch, 'packages', name), text.replace(from, to));
}

/** What a new op must do without a line about it anywhere else. */
const check = `
import { expect, test } from 'vitest';
import { checkGradients, grad } from '@chainrule/autograd';
import { compile } from '@chainrule/compiler';
import { add, Generator, hardTanh, mul, randomUniform, square, sum, tensor } from '@chainrule/tensor';

const x = randomUniform(new Generator(1), [257], { low: -5, high: 5 });
const around = (t) => mul(hardTanh(add(t, 0.25)), hardTanh(t));
const bits = (t) => [...new Int32Array(t.data.buffer)];

test('hardTanh runs eagerly', () => {
  expect(hardTanh(tensor([-1.5, 0.75, 4])).toArray()).toEqual([-1, 0.75, 1]);
});
test('hardTanh runs compiled, with the same bits', () => {
  const compiled = compile(hardTanh);
  expect(bits(compiled(x))).toEqual(bits(hardTanh(x)));
  expect(compiled.programs()).toHaveLength(1);
});
test('hardTanh is fused, with the same bits', () => {
  const [fused, plain] = [true, false].map((fuse) => compile(around, { fuse }));
  expect(bits(fused(x))).toEqual(bits(plain(x)));
  expect(fused.programs()[0].program.graph.nodes.length).toBeLessThan(plain.programs()[0].program.graph.nodes.length);
});
test('hardTanh is differentiated twice', () => {
  const points = tensor([-4, -2.5, -0.5, 0, 0.5, 2.5, 4], [7], 'float64');
  expect(checkGradients((t) => square(hardTanh(t)), [points], { order: 2 }).compared).toBe(14);
  const slope = grad((t) => sum(square(hardTanh(t))));
  expect(grad((t) => sum(slope(t)))(tensor([0.5, 2])).toArray()).toEqual([2, 0]);
});
`;

/** Whether a barrel's lines, but those of types, stand in the order of their files' names. */
function expectSorted(barrel: string): void {
  const names = read(barrel)
    .match(/^(?!export type).*'\.\/\w+/gm)!
    .map((line) => line.toLowerCase().split("'./")[1]!);
  expect(names).toEqual([...names].sort());
}

test(
  'a new op is one file, its test and a line in the barrel',
  async () => {
    const before = hashes();
    const barrel = read(`${ops}/index.ts`).split('\n');
    expect(generate('op', 'hardTanh', '--group', 'activation', '--dir', scratch)).toMatchObject({
      status: 0,
      stderr: '',
    });
    const added = read(`${ops}/index.ts`)
      .split('\n')
      .filter((line) => !barrel.includes(line));
    expect(added).toEqual(["export { hardTanh } from './hardTanh.ts';"]);
    expectSorted(`${ops}/index.ts`);

    // Filled in, it works everywhere, and nothing else has changed.
    fill(`${ops}/hardTanh.ts`, 'e.mul(2, v)', 'e.max(e.min(v, 1), -1)');
    fill(`${ops}/hardTanh.test.ts`, 'expected: readonly number[] = []', 'expected = [-1, 0, 1]');
    writeFileSync(join(scratch, 'check.test.js'), check);
    const filled = await vitest();
    expect(filled.output).toMatch(/Tests +5 passed/);
    expect(filled.status).toBe(0);
    const after = hashes();
    const changed = [...after].filter(([name, hash]) => before.get(name) !== hash).map(([name]) => name);
    expect(changed.sort()).toEqual([`${ops}/hardTanh.test.ts`, `${ops}/hardTanh.ts`, `${ops}/index.ts`]);
    expect([...before.keys()].filter((name) => !after.has(name))).toEqual([]);
  },
  minute,
);

/** One of each kind: its arguments, where it is written, and what its line exports. */
const skeletons = [
  { args: ['op', 'hardSwish', '--group', 'activation'], folder: ops, exported: 'hardSwish' },
  { args: ['op', 'gannet'], folder: 'tensor/src/ops/elementwise', exported: 'gannet' },
  { args: ['layer', 'heron'], folder: 'layers-dense/src', exported: 'heron' },
  { args: ['layer', 'kite', '--package', 'layers-conv'], folder: 'layers-conv/src', exported: 'kite' },
  {
    args: ['optimizer', 'schedulist'],
    folder: 'optim/src',
    exported: 'schedulist, type SchedulistOptions, type SchedulistState',
  },
  { args: ['loss', 'gull'], folder: 'losses/src', exported: 'gull' },
  { args: ['metric', 'owl'], folder: 'metrics/src', exported: 'owl' },
] as const;

test(
  'the skeletons of every kind type-check and lint as they stand, and their tests fail',
  async () => {
    for (const { args, folder, exported } of skeletons) {
      expect(generate(...args, '--dir', scratch)).toMatchObject({ status: 0, stderr: '' });
      expect(read(`${folder}/index.ts`)).toContain(`\nexport { ${exported} } from './${args[1]}.ts';\n`);
      expectSorted(`${folder}/index.ts`);
    }
    const files = skeletons.flatMap(({ args, folder }) => [
      `packages/${folder}/${args[1]}.ts`,
      `packages/${folder}/${args[1]}.test.ts`,
    ]);
    const [types, lint, unfilled] = await Promise.all([
      tool('typescript-7/bin/tsc', '--project', 'tsconfig.json', '--incremental', 'false'),
      tool('eslint/bin/eslint.js', '--max-warnings', '0', ...files),
      vitest(...skeletons.map(({ args }) => args[1])),
    ]);
    expect(types).toEqual({ status: 0, output: '' });
    expect(lint).toEqual({ status: 0, output: '' });
    expect(unfilled.status).toBe(1);
    expect(unfilled.output).toMatch(new RegExp(`Tests +${skeletons.length} failed`));
    expect(unfilled.output.match(/AssertionError/g)!.length).toBeGreaterThanOrEqual(skeletons.length);
  },
  minute,
);

/** A layer with an output shape of its own, and what the types must know about it. */
const halve = {
  imports: `import {
  defineLayer,
  type ExpectRank,
  type InputShape,
  type Layer,
  type ShapeRule,
} from '@chainrule/layers-core';`,
  rule: `export interface HalveRule extends ShapeRule {
  readonly output: Halved<ExpectRank<InputShape<this>, ['batch', 'features'], 'halve'>>;
}
type Halved<S> = S extends readonly [infer Batch, infer Features extends number] ? [Batch, ExactDivide<Features, 2>] : S;

/**
`,
  check: `import type { OutputShape } from '@chainrule/layers-core';
import { halve } from '@chainrule/layers-dense';
type Rule = ReturnType<typeof halve>['~rule'];
export const half: OutputShape<Rule, [8, 6]> = [8, 3];
// @ts-expect-error not half of 6
export const whole: OutputShape<Rule, [8, 6]> = [8, 6];
// @ts-expect-error not rank 2
export const volume: OutputShape<Rule, [8, 6, 3]> = [8, 6, 3];
`,
};

test(
  'a new layer with another output shape is one file, its test and a line in the barrel',
  async () => {
    const before = hashes();
    expect(generate('layer', 'halve', '--dir', scratch)).toMatchObject({ status: 0, stderr: '' });
    const file = 'layers-dense/src/halve.ts';
    fill(file, "import { defineLayer, type Layer, type SameShapeRule } from '@chainrule/layers-core';", halve.imports);
    fill(file, 'import { map,', 'import { type ExactDivide, map,');
    fill(file, '/**\n', halve.rule);
    fill(file, 'Layer<SameShapeRule>', 'Layer<HalveRule>');
    fill(file, 'defineLayer<SameShapeRule>', 'defineLayer<HalveRule>');
    fill(file, '(shape) => shape', '([batch, features]) => [batch!, features! / 2]');
    const after = hashes();
    const changed = [...after].filter(([name, hash]) => before.get(name) !== hash).map(([name]) => name);
    expect(changed.sort()).toEqual(['layers-dense/src/halve.test.ts', file, 'layers-dense/src/index.ts']);
    const check = join(scratch, 'packages', 'losses', 'src', 'halveCheck.ts');
    writeFileSync(check, halve.check);
    const types = await tool('typescript-7/bin/tsc', '--project', 'tsconfig.json', '--incremental', 'false');
    rmSync(check);
    expect(types).toEqual({ status: 0, output: '' });
  },
  minute,
);

test('what a kind needs besides is said', () => {
  const text = generate('optimizer', 'lark', '--dir', scratch).stdout;
  const [, named] = /It also needs a case in (\S+)\./.exec(text)!;
  expect(readFileSync(join(root, named!), 'utf8')).toContain('@chainrule/optim');
});

test.each([
  ['HardTanh', /name must be in camelCase, such as hardTanh, got HardTanh/],
  ['hard-tanh', /name must be in camelCase/],
  ['2tanh', /name must be in camelCase/],
  ['../tanh', /name must be in camelCase/],
  ['delete', /name must not be a reserved word, got delete/],
  ['softplus', /packages\/tensor\/src\/ops\/activation\/index\.ts exports softplus already/],
  ['exp', /packages\/tensor\/src\/ops\/elementwise\/exp\.ts exists already/],
])('the name %s is refused, and nothing is written', (name, message) => {
  const before = hashes();
  const { status, stderr } = generate('op', name, '--dir', scratch);
  expect(stderr).toMatch(message);
  expect(status).toBe(1);
  expect(hashes()).toEqual(before);
});

test('a name that the barrel exports already is refused', () => {
  const barrel = join(scratch, 'packages', ops, 'index.ts');
  const text = readFileSync(barrel, 'utf8');
  writeFileSync(barrel, `${text}export { abs as twice } from './abs.ts';\n`);
  expect(generate('op', 'twice', '--dir', scratch)).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/exports twice already/) as string,
  });
  writeFileSync(barrel, text);
});

test('bad kinds, missing names, unknown options and other folders are refused with a reason', () => {
  expect(generate('kernel', 'tanhs').stderr).toMatch(
    /kind must be one of op, layer, optimizer, loss, metric, got kernel/,
  );
  expect(generate('op').stderr).toMatch(/a kind and a name are needed[\s\S]*usage:/);
  expect(generate('op', 'a', 'b').stderr).toMatch(/a kind and a name are needed/);
  expect(generate('op', 'tanhs', '--folder', 'x').stderr).toMatch(/Unknown option '--folder'/);
  expect(generate('op', 'tanhs', '--package', 'tensor').stderr).toMatch(/--package is for layers, got a kind of op/);
  expect(generate('op', 'tanhs', '--group', 'signatures').stderr).toMatch(
    /--group must be one of activation, contraction, .*window, got signatures/,
  );
  expect(generate('loss', 'tanhs', '--group', 'window').stderr).toMatch(/--group is for ops, got a kind of loss/);
  expect(generate('layer', 'tanhs', '--package', 'losses').stderr).toMatch(
    /--package must be a package of layers, such as layers-conv, got losses/,
  );
  expect(generate('op', 'tanhs', '--dir', tmpdir()).stderr).toMatch(/is --dir the root of a repository/);
});

test('--help says how it is used', () => {
  for (const flag of ['--help', '-h']) {
    expect(generate(flag)).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(/^usage: npm run new -- <kind> <name>/) as string,
    });
  }
});
