import { constant } from '@chainrule/layers-core';
import { tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { fixed, parameters, run } from '../testing/run.ts';
import { separableConv2d } from './separableConv2d.ts';

describe('separableConv2d', () => {
  test('convolves each channel, then combines the channels at each position', () => {
    const x = tensor([1, 10, 2, 20], [1, 1, 2, 2]);
    const options = {
      kernelSize: [1, 2],
      depthwiseInitializer: fixed([1, 2, 3, 4]),
      pointwiseInitializer: fixed([1, 0, 1, 1]),
      biasInitializer: constant(0.5),
    } as const;
    // Depthwise (1·1 + 2·3, 10·2 + 20·4) = (7, 100); pointwise (7 + 100, 100).
    expect(run(separableConv2d({ filters: 2, ...options }), x)).toEqual([[[[107.5, 100.5]]]]);
  });

  test('counts parameters as Keras: 9·4·2 + 8·16 + 16', () => {
    const layer = separableConv2d({ filters: 16, kernelSize: 3, depthMultiplier: 2 });
    expect(parameters(layer, [1, 9, 9, 4])).toBe(216);
    expect(layer.variables().map(({ name }) => name)).toEqual(['depthwiseKernel', 'pointwiseKernel', 'bias']);
  });

  test('rejects invalid arguments', () => {
    expect(() => separableConv2d({ filters: 0, kernelSize: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: separableConv2d: \`filters\` must be a positive integer, got 0]`,
    );
    expect(() =>
      separableConv2d({ filters: 4, kernelSize: 9 }).outputShape([[1, 8, 8, 3]]),
    ).toThrowErrorMatchingInlineSnapshot(`[ShapeError: separableConv2d: window 9x9 is larger than the input [8,8]]`);
  });
});
