import { constant, type Initializer } from '@chainrule/layers-core';
import { Generator, relu, tensor, type Tensor, type Variable, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { dense, type DenseOptions } from './dense.ts';

const at = { rng: new Generator(1), dtype: 'float32' as const };
const context = { training: false, rng: new Generator(1) };
const fixed = (values: number[][]): Initializer => ({ name: 'fixed', make: () => tensor(values) });

function run(units: number, x: Tensor, options: DenseOptions): unknown {
  const layer = dense(units, options);
  layer.build([x.shape], at);
  return layer.call([{ data: x }], context)[0]!.data.toArray();
}

describe('dense', () => {
  const kernel = fixed([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);

  test('multiplies by the kernel and adds the bias', () => {
    // [1·1 − 1·3 + 2·5 + 10, 1·2 − 1·4 + 2·6 + 10]
    expect(
      run(
        2,
        tensor([
          [1, -1, 2],
          [0, 0, 0],
        ]),
        { kernelInitializer: kernel, biasInitializer: constant(10) },
      ),
    ).toEqual([
      [18, 20],
      [10, 10],
    ]);
  });

  test('applies its activation last', () => {
    expect(
      run(2, tensor([[0, 0, 0]]), { kernelInitializer: kernel, biasInitializer: constant(-1), activation: relu }),
    ).toEqual([[0, 0]]);
  });

  test('works on the last axis of sequences', () => {
    expect(
      run(
        2,
        tensor([
          [
            [1, 0, 0],
            [0, 1, 0],
          ],
        ]),
        { kernelInitializer: kernel },
      ),
    ).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
    ]);
    expect(dense(7).outputShape([[2, 5, 3]])).toEqual([[2, 5, 7]]);
  });

  test('has 512·8192 + 512 = 4,194,816 parameters for 8,192 features, and no bias without one', () => {
    const count = (options: DenseOptions): number => {
      const layer = dense(512, { kernelInitializer: constant(0), ...options });
      layer.build([[1, 8192]], at);
      return layer.variables().reduce((n, { value }) => n + value.value.size, 0);
    };
    expect([count({}), count({ useBias: false })]).toEqual([4_194_816, 4_194_304]);
  });

  test('initializes with glorotUniform and zeros', () => {
    const layer = dense(100);
    layer.build([[1, 200]], at);
    const [weights, bias] = layer.variables().map(({ value }) => value) as [Variable, Variable];
    const largest = Math.max(...weights.value.data.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(Math.sqrt(6 / 300));
    expect(largest).toBeGreaterThan(0.99 * Math.sqrt(6 / 300));
    expect(bias.value.data.every((b) => b === 0)).toBe(true);
  });

  test('stores its options in its configuration', () => {
    expect(dense(3, { activation: relu, useBias: false }).config()).toEqual([3, { activation: relu, useBias: false }]);
  });

  test('rejects invalid arguments', () => {
    expect(() => dense(0)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: dense: \`units\` must be a positive integer, got 0]`,
    );
    expect(() => dense(2.5)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: dense: \`units\` must be a positive integer, got 2.5]`,
    );
    expect(() => dense(2).outputShape([[4]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: dense: expects rank 2 or more [batch,…,features], got [4]]`,
    );
    expect(() => dense(2).call([{ data: zeros([1, 3]) }], context)).toThrowErrorMatchingInlineSnapshot(
      `[StateError: dense: must be built before it is used; call \`build\`, or add it to a model]`,
    );
    expect(() => run(2, zeros([1, 3], 'int32'), {})).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: dense: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
    const layer = dense(2);
    layer.build([[1, 3]], at);
    expect(() => layer.build([[1, 5]], at)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: dense: was built for inputs [1,3], got [1,5]]`,
    );
    expect(() => layer.call([{ data: zeros([1, 5]) }], context)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: dense: columns of [1,5] must match rows of [3,2]]`,
    );
  });
});
