import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './testing/copyPackages.ts';
import { generate, GeneratorCopy, ops } from './testing/generatorCopy.ts';

let copy: GeneratorCopy;
beforeAll(() => void (copy = new GeneratorCopy()));
afterAll(() => copy.remove());

/** Checks that a new op must pass without a line about it anywhere else. */
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

test('a new op is one file, its test and a line in the barrel', async () => {
  const before = copy.hashes();
  const barrel = copy.read(`${ops}/index.ts`).split('\n');
  expect(generate('op', 'hardTanh', '--group', 'activation', '--dir', copy.folder)).toMatchObject({
    status: 0,
    stderr: '',
  });
  const added = copy
    .read(`${ops}/index.ts`)
    .split('\n')
    .filter((line) => !barrel.includes(line));
  expect(added).toEqual(["export { hardTanh } from './hardTanh.ts';"]);
  copy.expectSorted(`${ops}/index.ts`);

  // Filled in, it works everywhere, and nothing else has changed.
  copy.fill(`${ops}/hardTanh.ts`, 'e.mul(2, v)', 'e.max(e.min(v, 1), -1)');
  copy.fill(`${ops}/hardTanh.test.ts`, 'expected: readonly number[] = []', 'expected = [-1, 0, 1]');
  writeFileSync(join(copy.folder, 'check.test.js'), check);
  const filled = await copy.vitest();
  expect(filled.output).toMatch(/Tests +5 passed/);
  expect(filled.status).toBe(0);
  const after = copy.hashes();
  const changed = [...after].filter(([name, hash]) => before.get(name) !== hash).map(([name]) => name);
  expect(changed.sort()).toEqual([`${ops}/hardTanh.test.ts`, `${ops}/hardTanh.ts`, `${ops}/index.ts`]);
  expect([...before.keys()].filter((name) => !after.has(name))).toEqual([]);
});

test('the generator names the other files that a kind needs', () => {
  const text = generate('optimizer', 'lark', '--dir', copy.folder).stdout;
  const [, named] = /It also needs a case in (\S+)\./.exec(text)!;
  expect(readFileSync(join(root, named!), 'utf8')).toContain('@chainrule/optim');
});

test('the examples in CONTRIBUTING.md work', () => {
  const commands = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').matchAll(/^npm run new -- ([^#\n]+)/gm);
  const examples = Array.from(commands, ([, args]) => args!.trim().split(' ')).filter(([kind]) => kind !== 'op');
  expect(examples.map(([kind]) => kind)).toEqual(['layer', 'optimizer', 'loss', 'metric', 'augmentation']);
  for (const args of examples) {
    expect(generate(...args, '--dir', copy.folder)).toMatchObject({ status: 0, stderr: '' });
  }
  const files = [...copy.hashes().keys()];
  for (const [, name] of examples) expect(files.filter((file) => file.endsWith(`/${name}.ts`))).toHaveLength(1);
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
  const before = copy.hashes();
  const { status, stderr } = generate('op', name, '--dir', copy.folder);
  expect(stderr).toMatch(message);
  expect(status).toBe(1);
  expect(copy.hashes()).toEqual(before);
});

test('a name that the barrel exports already is refused', () => {
  const barrel = join(copy.folder, 'packages', ops, 'index.ts');
  const text = readFileSync(barrel, 'utf8');
  writeFileSync(barrel, `${text}export { abs as twice } from './abs.ts';\n`);
  expect(generate('op', 'twice', '--dir', copy.folder)).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/exports twice already/) as string,
  });
  writeFileSync(barrel, text);
});

test('bad kinds, missing names, unknown options and other folders are refused with a reason', () => {
  expect(generate('kernel', 'tanhs').stderr).toMatch(
    /kind must be one of op, layer, optimizer, loss, metric, augmentation, got kernel/,
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
