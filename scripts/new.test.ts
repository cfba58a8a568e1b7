import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const packages = ['errors', 'tensor', 'autograd', 'compiler'];
const tools = ['vitest', '@types', 'typescript-eslint', 'eslint'];
const ops = 'tensor/src/ops';
const minute = 60_000;
let scratch: string;

/** The packages that an op needs, in a folder of their own, where `@chainrule/…` means these copies. */
beforeAll(() => {
  scratch = mkdtempSync(join(realpathSync(tmpdir()), 'chainrule-new-'));
  mkdirSync(join(scratch, 'node_modules', '@chainrule'), { recursive: true });
  for (const name of packages) {
    const from = join(root, 'packages', name);
    const to = join(scratch, 'packages', name);
    cpSync(join(from, 'src'), join(to, 'src'), { recursive: true, filter: (path) => !/[.]test(-d)?[.]ts$|[\\/]oracle$/.test(path) });
    cpSync(join(from, 'package.json'), join(to, 'package.json'));
    symlinkSync(to, join(scratch, 'node_modules', '@chainrule', name), 'junction');
  }
  // The op that is made here may exist already.
  rmSync(join(scratch, 'packages', ops, 'hardSwish.ts'), { force: true });
  const barrel = join(scratch, 'packages', ops, 'index.ts');
  writeFileSync(barrel, readFileSync(barrel, 'utf8').replace(/^.*\/hardSwish[.]ts.*\n/m, ''));
  for (const name of tools) symlinkSync(join(root, 'node_modules', name), join(scratch, 'node_modules', name), 'junction');
  for (const name of ['tsconfig.base.json', 'tsconfig.json', 'eslint.config.js']) cpSync(join(root, name), join(scratch, name));
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
const vitest = (...args: string[]): ReturnType<typeof tool> => tool('vitest/vitest.mjs', 'run', '--root', scratch, ...args);

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
import { add, Generator, hardSwish, mul, randomUniform, sum, tensor } from '@chainrule/tensor';

const x = randomUniform(new Generator(1), [257], { low: -5, high: 5 });
const around = (t) => mul(hardSwish(add(t, 0.25)), hardSwish(t));
const bits = (t) => [...new Int32Array(t.data.buffer)];

test('hardSwish runs eagerly', () => {
  expect(hardSwish(tensor([-1.5, 0.75, 4])).toArray()).toEqual([-0.375, 0.46875, 4]);
});
test('hardSwish runs compiled, with the same bits', () => {
  const compiled = compile(hardSwish);
  expect(bits(compiled(x))).toEqual(bits(hardSwish(x)));
  expect(compiled.programs()).toHaveLength(1);
});
test('hardSwish is fused, with the same bits', () => {
  const [fused, plain] = [true, false].map((fuse) => compile(around, { fuse }));
  expect(bits(fused(x))).toEqual(bits(plain(x)));
  expect(fused.programs()[0].program.graph.nodes.length).toBeLessThan(plain.programs()[0].program.graph.nodes.length);
});
test('hardSwish is differentiated twice', () => {
  const points = tensor([-4, -2.5, -1, 0, 0.5, 2.5, 4], [7], 'float64');
  expect(checkGradients(hardSwish, [points], { order: 2 }).compared).toBe(14);
  expect(grad((t) => sum(grad((u) => sum(hardSwish(u)))(t)))(tensor([1])).item()).toBeCloseTo(1 / 3, 6);
});
`;

test('a new op is one file, its test and a line in the barrel', async () => {
  const before = hashes();
  const barrel = read(`${ops}/index.ts`).split('\n');
  expect(generate('op', 'hardSwish', '--dir', scratch)).toMatchObject({ status: 0, stderr: '' });

  const added = read(`${ops}/index.ts`).split('\n').filter((line) => !barrel.includes(line));
  expect(added).toEqual(["export { hardSwish } from './hardSwish.ts';"]);
  const sorted = read(`${ops}/index.ts`).match(/\.\/\w+/g)!.map((name) => name.toLowerCase());
  expect(sorted).toEqual([...sorted].sort());

  // The skeleton is sound as it stands, and its test fails.
  const files = [`packages/${ops}/hardSwish.ts`, `packages/${ops}/hardSwish.test.ts`];
  const [types, lint, unfilled] = await Promise.all([
    tool('typescript-7/bin/tsc', '--project', 'tsconfig.json', '--incremental', 'false'),
    tool('eslint/bin/eslint.js', '--max-warnings', '0', ...files),
    vitest('hardSwish'),
  ]);
  expect(types).toEqual({ status: 0, output: '' });
  expect(lint).toEqual({ status: 0, output: '' });
  expect(unfilled.status).toBe(1);
  expect(unfilled.output).toMatch(/1 failed/);

  // Filled in, it works everywhere, and nothing else has changed.
  fill(`${ops}/hardSwish.ts`, 'e.mul(2, v)', 'e.div(e.mul(v, e.min(e.max(e.add(v, 3), 0), 6)), 6)');
  fill(`${ops}/hardSwish.test.ts`, 'expected: readonly number[] = []', 'expected = [Math.fround(-1 / 3), 0, Math.fround(5 / 3)]');
  writeFileSync(join(scratch, 'check.test.js'), check);
  const filled = await vitest();
  expect(filled.output).toMatch(/Tests +5 passed/);
  expect(filled.status).toBe(0);
  const after = hashes();
  const changed = [...after].filter(([name, hash]) => before.get(name) !== hash).map(([name]) => name);
  expect(changed.sort()).toEqual([`${ops}/hardSwish.test.ts`, `${ops}/hardSwish.ts`, `${ops}/index.ts`]);
  expect([...before.keys()].filter((name) => !after.has(name))).toEqual([]);
}, minute);

test.each([
  ['HardSwish', /name must be in camelCase, such as hardSwish, got HardSwish/],
  ['hard-swish', /name must be in camelCase/],
  ['2swish', /name must be in camelCase/],
  ['../swish', /name must be in camelCase/],
  ['delete', /name must not be a reserved word, got delete/],
  ['softplus', /packages\/tensor\/src\/ops\/softplus\.ts exists already/],
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
  expect(generate('op', 'twice', '--dir', scratch)).toMatchObject({ status: 1, stderr: expect.stringMatching(/exports twice already/) as string });
  writeFileSync(barrel, text);
});

test('bad kinds, missing names, unknown options and other folders are refused with a reason', () => {
  expect(generate('kernel', 'swish').stderr).toMatch(/kind must be one of op, got kernel/);
  expect(generate('op').stderr).toMatch(/a kind and a name are needed[\s\S]*usage:/);
  expect(generate('op', 'a', 'b').stderr).toMatch(/a kind and a name are needed/);
  expect(generate('op', 'swish', '--folder', 'x').stderr).toMatch(/Unknown option '--folder'/);
  expect(generate('op', 'swish', '--dir', tmpdir()).stderr).toMatch(/is --dir the root of a repository/);
});

test('--help says how it is used', () => {
  for (const flag of ['--help', '-h']) {
    expect(generate(flag)).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^usage: npm run new -- <kind> <name>/) as string });
  }
});
