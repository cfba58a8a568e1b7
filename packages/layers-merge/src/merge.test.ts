import type { Layer, Value } from '@chainrule/layers-core';
import { Generator, tensor, type Tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { add, average, concatenate, dot, maximum, minimum, multiply, subtract } from './index.ts';

const values = (...all: readonly Tensor[]): Value[] => all.map((data) => ({ data }));
const run = (layer: Layer, ...inputs: readonly Tensor[]): unknown =>
  layer.call(values(...inputs), { training: false, rng: new Generator(1) })[0]!.data.toArray();

const a = tensor([[1, NaN, -Infinity]]);
const b = tensor([[4, 1, Infinity]]);

describe('merge layers', () => {
  test.each<[string, () => Layer, unknown]>([
    ['add', add, [[5, NaN, NaN]]],
    ['subtract', subtract, [[-3, NaN, -Infinity]]],
    ['multiply', multiply, [[4, NaN, -Infinity]]],
    ['average', average, [[2.5, NaN, NaN]]],
    ['maximum', maximum, [[4, NaN, Infinity]]],
    ['minimum', minimum, [[1, NaN, -Infinity]]],
    ['concatenate', concatenate, [[1, NaN, -Infinity, 4, 1, Infinity]]],
    ['dot', () => dot(1), [[NaN]]],
  ])('%s keeps NaN and infinities', (_, make, expected) => {
    expect(run(make(), a, b)).toEqual(expected);
  });

  test.each([add, average, maximum, minimum, multiply, concatenate] as const)(
    '%o of one input is that input',
    (make) => {
      expect(run(make() as Layer, b)).toEqual([[4, 1, Infinity]]);
    },
  );

  test('take batches of no samples', () => {
    for (const make of [add, subtract, concatenate, () => dot(1)] as const)
      expect(
        (make() as Layer).call(values(zeros([0, 3]), zeros([0, 3])), { training: false, rng: new Generator(1) })[0]!
          .data.shape[0],
      ).toBe(0);
  });

  test('broadcast, with axes of size 1 after the batch', () => {
    expect(
      add().outputShape([
        [2, 3, 4],
        [2, 4],
      ]),
    ).toEqual([[2, 3, 4]]);
    expect(
      add().outputShape([
        [2, 1, 4],
        [2, 3, 1],
      ]),
    ).toEqual([[2, 3, 4]]);
    expect(
      add().outputShape([
        [1, Infinity, 4],
        [1, 3, 4],
      ]),
    ).toEqual([[1, 3, 4]]);
    expect(run(multiply(), tensor([[[1, 2]], [[3, 4]]]), tensor([[10], [100]]))).toEqual([[[10, 20]], [[300, 400]]]);
  });

  test('give 0 for cosines of vectors of zeros', () => {
    expect(run(dot(1, { normalize: true }), zeros([1, 2]), tensor([[3, 4]]))).toEqual([[0]]);
    expect(run(dot(1, { normalize: true }), tensor([[0, 2]]), tensor([[3, 4]]))).toEqual([[expect.closeTo(0.8, 6)]]);
  });

  test.each<[string, () => unknown, string]>([
    [
      'shapes that do not broadcast',
      () =>
        add().outputShape([
          [1, 2],
          [1, 3],
        ]),
      'add: cannot broadcast [1,2] with [1,3]',
    ],
    ['no inputs', () => add().outputShape([]), 'add: `inputs` must hold at least one tensor, got 0'],
    [
      'three inputs',
      () => subtract({ name: 'difference' }).outputShape([[1], [1], [1]]),
      'difference: `inputs` must hold two tensors, got 3',
    ],
    [
      'other sizes outside of the axis',
      () =>
        concatenate().outputShape([
          [1, 2, 3],
          [1, 4, 3],
        ]),
      'concatenate: [1,2,3] and [1,4,3] must agree outside axis 2',
    ],
    [
      'ranks that differ',
      () =>
        concatenate().outputShape([
          [1, 2],
          [1, 2, 3],
        ]),
      'concatenate: [1,2] and [1,2,3] must agree outside axis 1',
    ],
    [
      'the batch as axis',
      () => concatenate({ axis: -2 }).outputShape([[1, 2]]),
      'concatenate: `axis` must not be that of the batch, got -2',
    ],
    [
      'an axis that is not there',
      () => concatenate({ axis: 2 }).outputShape([[1, 2]]),
      'concatenate: `axis` must be an integer',
    ],
    ['the batch as axis', () => dot(0), 'dot: `axes` must be an axis other than 0, or a list of two, got 0'],
    [
      'axes of other sizes',
      () =>
        dot(1).outputShape([
          [1, 2],
          [1, 3],
        ]),
      'dot: axis 1 of [1,2] must have the size of axis 1 of [1,3]',
    ],
    ['one input', () => dot(1).outputShape([[1, 2]]), 'dot: `inputs` must hold two tensors, got 1'],
    ['an option of another layer', () => add({ axis: 1 } as never), 'add: unknown option `axis`'],
  ])('refuse %s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
