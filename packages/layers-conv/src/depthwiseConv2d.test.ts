import { tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { fixed, parameters, run } from '../testing/run.ts';
import { depthwiseConv2d } from './depthwiseConv2d.ts';

describe('depthwiseConv2d', () => {
  const x = tensor([1, 10, 2, 20], [1, 1, 2, 2]);

  test('computes outputs of each channel separately', () => {
    // Kernel [1, 2, channels, multiplier]: left (1, 2; 3, 4), right (5, 6; 7, 8).
    const layer = depthwiseConv2d({
      kernelSize: [1, 2],
      depthMultiplier: 2,
      depthwiseInitializer: fixed([1, 2, 3, 4, 5, 6, 7, 8]),
    });
    expect(run(layer, x)).toEqual([[[[1 + 10, 2 + 12, 30 + 140, 40 + 160]]]]);
  });

  test('counts parameters as Keras: 9·4·2 + 8', () => {
    expect(parameters(depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2 }), [1, 9, 9, 4])).toBe(80);
    expect(parameters(depthwiseConv2d({ kernelSize: 3, useBias: false }), [1, 9, 9, 4])).toBe(36);
  });

  test('rejects invalid arguments', () => {
    expect(() => depthwiseConv2d({ kernelSize: 3, depthMultiplier: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: depthwiseConv2d: \`depthMultiplier\` must be a positive integer, got 0]`,
    );
    expect(() => depthwiseConv2d({ kernelSize: 3 }).outputShape([[1, 8, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: depthwiseConv2d: expects rank 4 [batch,height,width,channels], got [1,8,3]]`,
    );
  });
});
