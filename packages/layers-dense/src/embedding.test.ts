import type { Initializer } from '@chainrule/layers-core';
import { Generator, tensor, type Tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { embedding, type EmbeddingOptions } from './embedding.ts';

const at = { rng: new Generator(1), dtype: 'float32' as const };
const context = { training: false, rng: new Generator(1) };
const table: Initializer = {
  name: 'table',
  make: () =>
    tensor([
      [0, 1],
      [10, 11],
      [20, 21],
    ]),
};
const integers = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'int32');

function run(x: Tensor): unknown {
  const layer = embedding(3, 2, { embeddingsInitializer: table });
  layer.build([x.shape], at);
  return layer.call([{ data: x }], context)[0]!.data.toArray();
}

describe('embedding', () => {
  test('looks up the row of each token', () => {
    expect(
      run(
        integers([
          [2, 0],
          [1, 1],
        ]),
      ),
    ).toEqual([
      [
        [20, 21],
        [0, 1],
      ],
      [
        [10, 11],
        [10, 11],
      ],
    ]);
    expect(run(integers([1]))).toEqual([[10, 11]]);
  });

  test('appends an axis to the shape', () => {
    expect(embedding(1000, 64).outputShape([[32, 10]])).toEqual([[32, 10, 64]]);
  });

  test('has 5000·100 = 500,000 parameters, within ±0.05', () => {
    const layer = embedding(5000, 100);
    layer.build([[1, 8]], at);
    const { value } = layer.variables()[0]!;
    expect([value.value.size, value.value.shape, value.trainable]).toEqual([500_000, [5000, 100], true]);
    expect(value.value.data.every((v) => Math.abs(v) <= 0.05)).toBe(true);
  });

  test('masks steps of token 0 only with maskZero', () => {
    const mask = (options: EmbeddingOptions): unknown => {
      const layer = embedding(3, 2, options);
      layer.build([[2, 2]], at);
      return layer
        .call(
          [
            {
              data: integers([
                [1, 0],
                [0, 2],
              ]),
            },
          ],
          context,
        )[0]!
        .mask?.toArray();
    };
    expect([mask({ maskZero: true }), mask({})]).toEqual([
      [
        [true, false],
        [false, true],
      ],
      undefined,
    ]);
  });

  test('can be frozen', () => {
    const layer = embedding(3, 2, { trainable: false });
    layer.build([[2, 2]], at);
    expect(layer.variables()[0]!.value.trainable).toBe(false);
  });

  test('names the layer in errors for tokens outside the vocabulary and for floats', () => {
    expect(() => run(integers([[0, 3]]))).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: embedding: \`indices\` must be in [0, 3), got 3]`,
    );
    expect(() => run(integers([[-1, 0]]))).toThrow('embedding: `indices` must be in [0, 3), got -1');
    expect(() => run(zeros([1, 2]))).toThrow(/^embedding: .*int32/);
  });

  test('rejects sizes below 1', () => {
    expect(() => embedding(0, 2)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: embedding: \`inputDim\` must be a positive integer, got 0]`,
    );
    expect(() => embedding(3, 0)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: embedding: \`outputDim\` must be a positive integer, got 0]`,
    );
  });
});
