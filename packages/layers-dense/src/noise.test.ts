import type { Layer } from '@chainrule/layers-core';
import { Generator, ones, type Shape, type Tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { gaussianDropout } from './gaussianDropout.ts';
import { gaussianNoise } from './gaussianNoise.ts';
import { spatialDropout1d, spatialDropout2d, spatialDropout3d } from './spatialDropout.ts';

const train = (layer: Layer, x: Tensor, rng = new Generator(1)): Tensor =>
  layer.call([{ data: x }], { training: true, rng })[0]!.data;
const infer = (layer: Layer, x: Tensor): Tensor =>
  layer.call([{ data: x }], { training: false, rng: new Generator(1) })[0]!.data;

function moments({ data }: Tensor): { mean: number; variance: number } {
  const values = [...data];
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, variance: values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length };
}

describe('spatial dropout', () => {
  test.each([
    [spatialDropout1d, [40, 5, 20]],
    [spatialDropout2d, [40, 2, 3, 20]],
    [spatialDropout3d, [40, 2, 1, 3, 20]],
  ] as const)('%o drops or keeps all positions of a channel', (layer: (rate: number) => Layer, shape: Shape) => {
    const { data } = train(layer(0.25), ones(shape));
    const positions = data.length / (40 * 20);
    let dropped = 0;
    for (let b = 0; b < 40; b++) {
      for (let c = 0; c < 20; c++) {
        const values = new Set(Array.from({ length: positions }, (_, p) => data[(b * positions + p) * 20 + c]));
        expect(values.size).toBe(1);
        if (values.has(0)) dropped++;
        else expect([...values][0]).toBeCloseTo(4 / 3, 6);
      }
    }
    // Five deviations of 800 coin tosses.
    expect(Math.abs(dropped / 800 - 0.25)).toBeLessThan(5 * Math.sqrt((0.25 * 0.75) / 800));
  });

  test('does nothing during inference', () => {
    const x = ones([2, 3, 4]);
    expect(infer(spatialDropout1d(0.5), x)).toBe(x);
  });

  test('rejects invalid arguments', () => {
    expect(() => spatialDropout1d(1)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: spatialDropout1d: \`rate\` must be in [0, 1), got 1]`,
    );
    expect(() => spatialDropout2d(0.5).outputShape([[2, 3, 4]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: spatialDropout2d: expects rank 4 [batch,height,width,channels], got [2,3,4]]`,
    );
    expect(() => spatialDropout3d(0.5).outputShape([[2, 3, 4]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: spatialDropout3d: expects rank 5 [batch,depth,height,width,channels], got [2,3,4]]`,
    );
  });
});

describe('gaussian noise', () => {
  test('has mean 0 and the given standard deviation', () => {
    const { mean, variance } = moments(train(gaussianNoise(0.3), zeros([100_000])));
    expect(Math.abs(mean)).toBeLessThan((5 * 0.3) / Math.sqrt(100_000));
    // The relative deviation of a variance of n normal numbers is √(2 / n).
    expect(Math.abs(variance / 0.09 - 1)).toBeLessThan(5 * Math.sqrt(2 / 100_000));
  });

  test('of gaussianDropout multiplies, with the variance rate / (1 − rate)', () => {
    const { mean, variance } = moments(train(gaussianDropout(0.2), ones([100_000], 'float64')));
    expect(Math.abs(mean - 1)).toBeLessThan((5 * 0.5) / Math.sqrt(100_000));
    expect(Math.abs(variance / 0.25 - 1)).toBeLessThan(5 * Math.sqrt(2 / 100_000));
    expect(moments(train(gaussianDropout(0.2), zeros([10]))).variance).toBe(0);
  });

  test('is absent during inference, or with strength 0', () => {
    const x = ones([3]);
    expect(
      [
        infer(gaussianNoise(1), x),
        infer(gaussianDropout(0.5), x),
        train(gaussianNoise(0), x),
        train(gaussianDropout(0), x),
      ].every((y) => y === x),
    ).toBe(true);
  });

  test('is the same for the same seed', () => {
    expect(train(gaussianNoise(1), zeros([5]), new Generator(3)).toArray()).toEqual(
      train(gaussianNoise(1), zeros([5]), new Generator(3)).toArray(),
    );
  });

  test('rejects invalid strengths', () => {
    expect(() => gaussianNoise(-1)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: gaussianNoise: \`stddev\` must be at least 0, got -1]`,
    );
    expect(() => gaussianDropout(1)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: gaussianDropout: \`rate\` must be in [0, 1), got 1]`,
    );
  });
});
