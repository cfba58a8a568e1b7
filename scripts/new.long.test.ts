import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generate, GeneratorCopy, ops } from './testing/generatorCopy.ts';

let copy: GeneratorCopy;
beforeAll(() => void (copy = new GeneratorCopy()));
afterAll(() => copy.remove());

/** One of each kind: its arguments, where it is written, and what its line exports. */
const skeletons = [
  { args: ['op', 'hardSwish', '--group', 'activation'], folder: ops, exported: 'hardSwish' },
  { args: ['op', 'gannet'], folder: 'tensor/src/ops/elementwise', exported: 'gannet' },
  { args: ['layer', 'heron'], folder: 'layers-dense/src', exported: 'heron' },
  { args: ['layer', 'kite', '--package', 'layers-conv'], folder: 'layers-conv/src', exported: 'kite' },
  {
    args: ['optimizer', 'schedulist'],
    folder: 'optim/src',
    exported: 'schedulist, type SchedulistOptions, scaleBySchedulist, type ScaleBySchedulistState',
  },
  { args: ['loss', 'gull'], folder: 'losses/src', exported: 'gull' },
  { args: ['metric', 'owl'], folder: 'metrics/src', exported: 'owl' },
  { args: ['augmentation', 'plover'], folder: 'augmentation/src', exported: 'plover' },
] as const;

test('the skeletons of every kind type-check and lint as they stand, and their tests fail', async () => {
  for (const { args, folder, exported } of skeletons) {
    expect(generate(...args, '--dir', copy.folder)).toMatchObject({ status: 0, stderr: '' });
    expect(copy.read(`${folder}/index.ts`)).toContain(`\nexport { ${exported} } from './${args[1]}.ts';\n`);
    copy.expectSorted(`${folder}/index.ts`);
  }
  const files = skeletons.flatMap(({ args, folder }) => [
    `packages/${folder}/${args[1]}.ts`,
    `packages/${folder}/${args[1]}.test.ts`,
  ]);
  const [types, lint, unfilled] = await Promise.all([
    copy.run('typescript-7/bin/tsc', '--project', 'tsconfig.json', '--incremental', 'false'),
    copy.run('eslint/bin/eslint.js', '--max-warnings', '0', ...files),
    copy.vitest(...skeletons.map(({ args }) => args[1])),
  ]);
  expect(types).toEqual({ status: 0, output: '' });
  expect(lint).toEqual({ status: 0, output: '' });
  expect(unfilled.status).toBe(1);
  expect(unfilled.output).toMatch(new RegExp(`Tests +${skeletons.length} failed`));
  expect(unfilled.output.match(/AssertionError/g)!.length).toBeGreaterThanOrEqual(skeletons.length);
});

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

test('a new layer with another output shape is one file, its test and a line in the barrel', async () => {
  const before = copy.hashes();
  expect(generate('layer', 'halve', '--dir', copy.folder)).toMatchObject({ status: 0, stderr: '' });
  const file = 'layers-dense/src/halve.ts';
  copy.fill(
    file,
    "import { defineLayer, type Layer, type SameShapeRule } from '@chainrule/layers-core';",
    halve.imports,
  );
  copy.fill(file, 'import { map,', 'import { type ExactDivide, map,');
  copy.fill(file, '/**\n', halve.rule);
  copy.fill(file, 'Layer<SameShapeRule>', 'Layer<HalveRule>');
  copy.fill(file, 'defineLayer<SameShapeRule>', 'defineLayer<HalveRule>');
  copy.fill(file, '(shape) => shape', '([batch, features]) => [batch!, features! / 2]');
  const after = copy.hashes();
  const changed = [...after].filter(([name, hash]) => before.get(name) !== hash).map(([name]) => name);
  expect(changed.sort()).toEqual(['layers-dense/src/halve.test.ts', file, 'layers-dense/src/index.ts']);
  const check = join(copy.folder, 'packages', 'losses', 'src', 'halveCheck.ts');
  writeFileSync(check, halve.check);
  const types = await copy.run('typescript-7/bin/tsc', '--project', 'tsconfig.json', '--incremental', 'false');
  rmSync(check);
  expect(types).toEqual({ status: 0, output: '' });
});
