import type { Layer } from '@chainrule/layers-core';
import { Generator, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { permute } from './permute.ts';
import { repeatVector } from './repeatVector.ts';
import { reshape } from './reshape.ts';

const context = { training: false, rng: new Generator(1) };

function run(layer: Layer, x: Tensor): unknown {
  const y = layer.call([{ data: x }], context)[0]!.data;
  expect(y.shape).toEqual(layer.outputShape([x.shape])[0]);
  return y.toArray();
}

const x = tensor([
  [
    [1, 2, 3],
    [4, 5, 6],
  ],
]);

describe('reshape', () => {
  test('keeps the order of the elements of each sample', () => {
    expect(run(reshape([3, 2]), x)).toEqual([
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ]);
    expect(run(reshape([-1]), x)).toEqual([[1, 2, 3, 4, 5, 6]]);
    expect(run(reshape([1, -1, 3]), x)).toEqual([
      [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
    ]);
  });

  test('rejects other numbers of elements, and invalid sizes', () => {
    expect(() => reshape([4]).outputShape([[1, 2, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reshape: [2,3] has 6 elements, [4] has 4]`,
    );
    expect(() => reshape([-1, 4]).outputShape([[1, 2, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reshape: [2,3] does not divide into [-1,4]]`,
    );
    expect(() => reshape([-1, -1])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: reshape: \`targetShape\` must be sizes of at least 0, one of which may be -1, got [-1,-1]]`,
    );
    expect(() => reshape([1.5])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: reshape: \`targetShape[0]\` must be an integer, got 1.5]`,
    );
  });
});

describe('permute', () => {
  test('counts axes from 1, without the batch', () => {
    expect(run(permute([2, 1]), x)).toEqual([
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    ]);
    expect(permute([3, 1, 2]).outputShape([[9, 2, 3, 4]])).toEqual([[9, 4, 2, 3]]);
  });

  test('rejects lists that are not permutations', () => {
    expect(() => permute([0, 1])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: permute: \`dims\` must be the numbers from 1 to 2 in some order, got [0,1]]`,
    );
    expect(() => permute([1, 1])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: permute: \`dims\` must be the numbers from 1 to 2 in some order, got [1,1]]`,
    );
    expect(() => permute([2, 1]).outputShape([[9, 2]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: permute: dims [2,1] do not fit [9,2]]`,
    );
  });
});

describe('repeatVector', () => {
  test('repeats a vector at each step', () => {
    expect(
      run(
        repeatVector(2),
        tensor([
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toEqual([
      [
        [1, 2],
        [1, 2],
      ],
      [
        [3, 4],
        [3, 4],
      ],
    ]);
  });

  test('rejects invalid arguments', () => {
    expect(() => repeatVector(0)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: repeatVector: \`n\` must be a positive integer, got 0]`,
    );
    expect(() => repeatVector(2).outputShape([[9, 2, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: repeatVector: expects rank 2 [batch,features], got [9,2,3]]`,
    );
  });
});
