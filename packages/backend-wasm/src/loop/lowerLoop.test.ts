import { compile } from '@chainrule/compiler';
import { planGraph } from '@chainrule/compiler/backend';
import { exp, max, mul, relu, sum, tanh, Tensor, transpose } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { expectSameBits, modes, randoms, runLowered } from '../../testing/lowered.ts';
import type { Lowered } from '../kernels/common/kernel.ts';
import { lowerLoop } from './lowerLoop.ts';

type Case = readonly [name: string, fn: (...xs: Tensor[]) => Tensor, shapes: readonly (readonly number[])[]];

const cases: readonly Case[] = [
  ['a flat loop', (x) => tanh(x), [[7, 1111]]],
  ['rows with a broadcast', (x, b) => relu(mul(x, b)), [[77, 130], [130]]],
  [
    'rows whose ends overlap',
    (x, b) => exp(mul(x, b)),
    [
      [500, 15],
      [500, 1],
    ],
  ],
  ['a transpose', (x) => mul(transpose(x), 2), [[130, 77]]],
  ['sums along rows', (x) => sum(tanh(x), { axis: 1 }), [[300, 131]]],
  ['sums across rows, in parts', (x) => sum(mul(x, x), { axis: [0, 1] }), [[64, 49, 40]]],
  ['sums of the outer and the inner axis', (x) => sum(x, { axis: [0, 2] }), [[40, 33, 50]]],
  ['a sum of everything, in parts', (x) => sum(x), [[256, 400]]],
  ['the largest of columns', (x) => max(x, { axis: 0 }), [[1000, 37]]],
  ['sums of a middle axis', (x) => sum(x, { axis: 1 }), [[9, 121, 18]]],
];

/** The first loop of a function's plan, as kernels. */
function lowered(fn: (...xs: Tensor[]) => Tensor, inputs: readonly Tensor[]): Lowered {
  const f = compile(fn);
  f(...inputs);
  const plan = planGraph(f.programs()[0]!.program.graph, { fuse: true, results: 1, loops: () => true });
  const [step] = plan.steps;
  if (step?.kind !== 'loop' || plan.steps.length > 1) throw new Error('expected one loop');
  return lowerLoop(step, plan.views);
}

describe('loops', () => {
  test.each(cases)('%s agree with the reference in every mode', (_, fn, shapes) => {
    const inputs = shapes.map((shape, i) => new Tensor(shape, 'float32', randoms(shape, i + 1)));
    const expected = fn(...inputs).data;
    const steps = lowered(fn, inputs);
    for (const mode of modes) {
      const [actual] = runLowered(
        steps,
        inputs.map((x) => x.data as Float32Array),
        [expected.length * 4],
        mode,
      );
      // Sums of 1e5 numbers of about 1, in float32.
      actual!.forEach((value, i) =>
        expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(3e-4 * Math.max(1, Math.abs(expected[i]!))),
      );
    }
  });

  test.each(cases)('%s give the same bits however their units are divided', (_, fn, shapes) => {
    const inputs = shapes.map((shape, i) => new Tensor(shape, 'float32', randoms(shape, i + 1)));
    for (const mode of modes)
      expectSameBits(
        lowered(fn, inputs),
        inputs.map((x) => x.data as Float32Array),
        fn(...inputs).size * 4,
        mode,
      );
  });

  test('that reduce much to little are cut into parts, which a second kernel joins', () => {
    const x = new Tensor([256, 400], 'float32', randoms([256, 400], 1));
    const { steps, temporaries } = lowered((v) => sum(v), [x]);
    expect([steps.length, temporaries.length, steps[0]!.kernel.units > 8]).toEqual([2, 1, true]);
  });
});
