import { Generator, randomNormal, tensor, type Tensor, type Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { batchMoments, batchNormalization, type BatchNormalizationOptions } from './batchNormalization.ts';

type Names = 'gamma' | 'beta' | 'movingMean' | 'movingVariance';

function make(shape: readonly number[], options: BatchNormalizationOptions = {}) {
  const layer = batchNormalization(options);
  layer.build([shape], { rng: new Generator(1), dtype: 'float64' });
  const variables = Object.fromEntries(layer.variables().map(({ name, value }) => [name, value])) as Record<
    Names,
    Variable
  >;
  const run = (x: Tensor, training: boolean): Tensor =>
    layer.call([{ data: x }], { training, rng: new Generator(1) })[0]!.data;
  return { layer, variables, run };
}

const double = (values: number[][]): Tensor => tensor(values, undefined, 'float64');

describe('batchNormalization', () => {
  test('has four parameters per channel, two of them trainable: 1,200 for 300 channels', () => {
    const { layer } = make([1, 300]);
    const count = (trainable: boolean): number =>
      layer.variables().reduce((n, { value }) => n + (value.trainable === trainable ? value.value.size : 0), 0);
    expect([count(true), count(false)]).toEqual([600, 600]);
  });

  test('starts as the identity, apart from epsilon', () => {
    const { variables, run } = make([1, 1]);
    expect(Object.values(variables).map((v) => v.value.toArray())).toEqual([[1], [0], [0], [1]]);
    expect(run(double([[3]]), false).item()).toBeCloseTo(3 / Math.sqrt(1.001), 12);
  });

  test('uses the mean and biased variance of the batch for each channel during training', () => {
    const { run } = make([3, 2], { epsilon: 0.5 });
    // Channel 0: mean 2, variance 2/3; channel 1: mean 20, variance 200/3.
    const expected = [1, 2, 3].map((v) => [(v - 2) / Math.sqrt(2 / 3 + 0.5), (10 * v - 20) / Math.sqrt(200 / 3 + 0.5)]);
    const y = run(
      double([
        [1, 10],
        [2, 20],
        [3, 30],
      ]),
      true,
    ).toArray() as number[][];
    y.flat().forEach((v, i) => expect(v).toBeCloseTo(expected.flat()[i]!, 12));
  });

  test('updates its statistics by 1 − momentum of the batch’s', () => {
    const { variables, run } = make([2, 1], { momentum: 0.75 });
    run(double([[0], [4]]), true); // mean 2, biased variance 4 (unbiased it would be 8)
    expect([variables.movingMean.value.toArray(), variables.movingVariance.value.toArray()]).toEqual([[0.5], [1.75]]);
    run(double([[8], [8]]), true); // mean 8, variance 0
    expect([variables.movingMean.value.toArray(), variables.movingVariance.value.toArray()]).toEqual([
      [2.375],
      [1.3125],
    ]);
  });

  test('has a momentum of 0.99 by default', () => {
    const { variables, run } = make([2, 1]);
    run(double([[0], [4]]), true);
    expect(variables.movingMean.value.item()).toBeCloseTo(0.02, 15);
    expect(variables.movingVariance.value.item()).toBeCloseTo(0.99 + 0.04, 15);
  });

  test('uses the moving statistics during inference, and does not change them', () => {
    const { variables, run } = make([2, 1], { epsilon: 0 });
    variables.movingMean.assign(tensor([10], undefined, 'float64'));
    variables.movingVariance.assign(tensor([4], undefined, 'float64'));
    expect(run(double([[12], [6]]), false).toArray()).toEqual([[1], [-2]]);
    expect([variables.movingMean.value.item(), variables.movingVariance.value.item()]).toEqual([10, 4]);
  });

  test('scales by gamma and shifts by beta', () => {
    const { variables, run } = make([2, 1], { epsilon: 0 });
    variables.gamma.assign(tensor([3], undefined, 'float64'));
    variables.beta.assign(tensor([100], undefined, 'float64'));
    expect(run(double([[1], [-1]]), true).toArray()).toEqual([[103], [97]]);
  });

  test('supports layers without gamma and beta', () => {
    const { layer } = make([1, 3], { center: false, scale: false });
    expect(layer.variables().map(({ name }) => name)).toEqual(['movingMean', 'movingVariance']);
  });

  test('averages over all axes except the last', () => {
    const { run } = make([4, 5, 6, 2]);
    const y = run(randomNormal(new Generator(2), [4, 5, 6, 2], { mean: 3, std: 2, dtype: 'float64' }), true);
    const { mean, variance } = batchMoments(y);
    mean.data.forEach((m) => expect(m).toBeCloseTo(0, 12));
    // Variance / (variance + ε) is a little less than 1.
    variance.data.forEach((v) => expect(Math.abs(v - 1)).toBeLessThan(1e-2));
    expect(mean.shape).toEqual([2]);
  });

  test('gives finite numbers for a constant channel', () => {
    expect(
      make([2, 1])
        .run(double([[5], [5]]), true)
        .toArray(),
    ).toEqual([[0], [0]]);
  });

  test('rejects invalid options and other channels', () => {
    expect(() => batchNormalization({ momentum: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: batchNormalization: \`momentum\` must be in [0, 1], got 1.5]`,
    );
    expect(() => batchNormalization({ momentum: NaN })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: batchNormalization: \`momentum\` must be in [0, 1], got NaN]`,
    );
    expect(() => batchNormalization({ epsilon: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: batchNormalization: \`epsilon\` must be at least 0, got -1]`,
    );
    const { layer, run } = make([1, 3]);
    expect(() => layer.build([[1, 4]], { rng: new Generator(1), dtype: 'float64' })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: batchNormalization: was built for inputs [1,3], got [1,4]]`,
    );
    expect(() => run(double([[1, 2]]), false)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: batchNormalization: cannot broadcast [1,2] with [3]]`,
    );
    expect(() => batchNormalization().variables()).toThrowErrorMatchingInlineSnapshot(
      `[StateError: batchNormalization: must be built before it is used; call \`build\`, or add it to a model]`,
    );
  });
});
