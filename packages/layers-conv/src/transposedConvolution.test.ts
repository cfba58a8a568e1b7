import { constant } from '@chainrule/layers-core';
import { tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { at, fixed, run } from '../testing/run.ts';
import { conv1dTranspose, type Conv1dTransposeOptions, conv2dTranspose } from './transposedConvolution.ts';

describe('conv1dTranspose', () => {
  const x = tensor([1, 2], [1, 2, 1]);

  test('adds a scaled kernel for each position', () => {
    expect(run(conv1dTranspose({ filters: 1, kernelSize: 2, kernelInitializer: fixed([1, 10]) }), x)).toEqual([
      [[1], [12], [20]],
    ]);
    expect(
      run(
        conv1dTranspose({
          filters: 1,
          kernelSize: 2,
          strides: 2,
          kernelInitializer: fixed([1, 10]),
          biasInitializer: constant(5),
        }),
        x,
      ),
    ).toEqual([[[6], [15], [7], [25]]]);
  });

  test('has the kernel [size, filters, channels]', () => {
    const layer = conv1dTranspose({ filters: 3, kernelSize: 2 });
    layer.build([[1, 4, 5]], at);
    expect(layer.variables().map(({ value }) => value.value.shape)).toEqual([[2, 3, 5], [3]]);
  });

  // Every size that the layer announces must be that of the op.
  test.each(
    [1, 2, 3].flatMap((strides) =>
      [1, 2, 3, 4].flatMap((kernelSize) =>
        [1, 2].flatMap((dilations) =>
          ['valid', 'same', [[0, 1]]].map((padding) => ({ strides, kernelSize, dilations, padding })),
        ),
      ),
    ),
  )('announces the size with %j', (window) => {
    const long = tensor(
      Float32Array.from({ length: 5 }, (_, i) => i),
      [1, 5, 1],
    );
    const options = { filters: 1, ...window } as Conv1dTransposeOptions;
    run(conv1dTranspose(options), long);
    if (window.strides > 1) run(conv1dTranspose({ ...options, outputPadding: 1 }), long);
  });

  test('rejects invalid arguments', () => {
    expect(() => conv1dTranspose({ filters: 1, kernelSize: 2, outputPadding: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv1dTranspose: \`outputPadding\` must be an integer of at least 0 below the strides [1], or 1 of them, got 1]`,
    );
    expect(() =>
      conv1dTranspose({ filters: 1, kernelSize: 1, padding: [[2, 0]] }).outputShape([[1, 2, 1]]),
    ).toThrowErrorMatchingInlineSnapshot(`[ShapeError: conv1dTranspose: nothing is left of [1,2,1]]`);
    expect(() =>
      conv1dTranspose({ filters: 1, kernelSize: 2 }).outputShape([[1, 2, 3, 4]]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv1dTranspose: expects rank 3 [batch,width,channels], got [1,2,3,4]]`,
    );
  });
});

describe('conv2dTranspose', () => {
  test('enlarges images by its strides', () => {
    const x = tensor([1, 2], [1, 1, 2, 1]);
    expect(
      run(
        conv2dTranspose({
          filters: 1,
          kernelSize: [1, 2],
          strides: [1, 2],
          padding: 'same',
          kernelInitializer: constant(1),
        }),
        x,
      ),
    ).toEqual([[[[1], [1], [2], [2]]]]);
    expect(conv2dTranspose({ filters: 8, kernelSize: 3, strides: 2 }).outputShape([[1, 7, 7, 4]])).toEqual([
      [1, 15, 15, 8],
    ]);
  });

  test('counts parameters as Keras: 9·8·4 + 8', () => {
    const layer = conv2dTranspose({ filters: 8, kernelSize: 3, strides: 2, padding: 'same' });
    layer.build([[1, 7, 7, 4]], at);
    expect(layer.variables().reduce((n, { value }) => n + value.value.size, 0)).toBe(296);
  });
});
