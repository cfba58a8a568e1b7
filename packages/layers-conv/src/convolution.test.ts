import { constant, type Initializer } from '@chainrule/layers-core';
import { ones, relu, tensor, type Tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { at, context, fixed, outputOf, parameters, run } from '../testing/run.ts';
import { conv1d, conv2d, type Conv2dOptions, conv3d } from './convolution.ts';

const run2d = (options: Conv2dOptions, x: Tensor): Tensor => outputOf(conv2d(options), x);

/** A picture of one channel with the numbers 0, 1, 2, … */
const picture = (height: number, width: number): Tensor =>
  tensor(
    Float32Array.from({ length: height * width }, (_, i) => i),
    [1, height, width, 1],
  );
/** Picks the pixel at one place of a 3×3 window. */
const pick = (row: number, column: number): Initializer => ({
  name: 'pick',
  make: () =>
    tensor(
      Float32Array.from({ length: 9 }, (_, i) => (i === row * 3 + column ? 1 : 0)),
      [3, 3, 1, 1],
    ),
});
const grid = (y: Tensor): number[][] => (y.toArray() as number[][][][])[0]!.map((row) => row.map(([v]) => v!));

describe('conv2d', () => {
  test('correlates without flipping the kernel, then adds the bias and applies the activation', () => {
    expect(grid(run2d({ filters: 1, kernelSize: 3, kernelInitializer: pick(0, 2) }, picture(4, 4)))).toEqual([
      [2, 3],
      [6, 7],
    ]);
    const options = {
      filters: 1,
      kernelSize: 3,
      kernelInitializer: pick(0, 2),
      biasInitializer: constant(-5),
      activation: relu,
    };
    expect(grid(run2d(options, picture(4, 4)))).toEqual([
      [0, 0],
      [1, 2],
    ]);
  });

  test('keeps the size with padding same, with odd padding at the end', () => {
    const sums = (kernelSize: number, size: number): number[][] =>
      grid(
        run2d({ filters: 1, kernelSize, padding: 'same', kernelInitializer: constant(1) }, ones([1, size, size, 1])),
      );
    expect(sums(3, 3)).toEqual([
      [4, 6, 4],
      [6, 9, 6],
      [4, 6, 4],
    ]);
    expect(sums(2, 2)).toEqual([
      [4, 2],
      [2, 1],
    ]);
  });

  test('applies explicit padding', () => {
    expect(
      grid(
        run2d(
          {
            filters: 1,
            kernelSize: 2,
            padding: [
              [1, 0],
              [0, 0],
            ],
            kernelInitializer: constant(1),
          },
          ones([1, 2, 2, 1]),
        ),
      ),
    ).toEqual([[2], [4]]);
  });

  test('applies strides and dilations', () => {
    expect(
      grid(run2d({ filters: 1, kernelSize: 3, strides: [1, 2], kernelInitializer: pick(0, 0) }, picture(3, 5))),
    ).toEqual([[0, 2]]);
    expect(
      grid(run2d({ filters: 1, kernelSize: 3, dilations: 2, kernelInitializer: pick(2, 2) }, picture(5, 5))),
    ).toEqual([[24]]);
  });

  test('sums over the channels of a group', () => {
    const x = tensor([1, 10, 100, 1000], [1, 1, 1, 4]);
    expect(run2d({ filters: 2, kernelSize: 1, kernelInitializer: constant(1) }, x).toArray()).toEqual([
      [[[1111, 1111]]],
    ]);
    expect(run2d({ filters: 2, kernelSize: 1, groups: 2, kernelInitializer: constant(1) }, x).toArray()).toEqual([
      [[[11, 1100]]],
    ]);
  });

  // Keras: model.summary() of Conv2D.
  test.each([
    ['32 of 3×3 on 3 channels', { filters: 32, kernelSize: 3 }, [1, 32, 32, 3], 896],
    ['64 of 3×3 on 32 channels', { filters: 64, kernelSize: 3 }, [1, 15, 15, 32], 18_496],
    ['28 of 3×3 on 1 channel', { filters: 28, kernelSize: 3 }, [1, 28, 28, 1], 280],
    ['8 of 3×5 without bias', { filters: 8, kernelSize: [3, 5], useBias: false }, [1, 9, 9, 2], 240],
    ['32 of 3×3 in 4 groups of 16 channels', { filters: 32, kernelSize: 3, groups: 4 }, [1, 9, 9, 16], 1184],
  ] as const)('counts the parameters of %s', (_, options, shape, count) => {
    expect(parameters(conv2d(options as Conv2dOptions), shape)).toBe(count);
  });

  test.each([
    [{ filters: 32, kernelSize: 3 }, [7, 32, 32, 3], [7, 30, 30, 32]],
    [{ filters: 4, kernelSize: [5, 3], strides: 2 }, [1, 28, 28, 1], [1, 12, 13, 4]],
    [{ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }, [1, 28, 27, 1], [1, 14, 14, 4]],
    [{ filters: 4, kernelSize: [3, 1], padding: 'full' }, [1, 6, 6, 1], [1, 8, 6, 4]],
    [{ filters: 4, kernelSize: 3, dilations: 2 }, [1, 28, 28, 1], [1, 24, 24, 4]],
  ] as [Conv2dOptions, number[], number[]][])('takes with %j images %j to %j', (options, from, to) => {
    expect(conv2d(options).outputShape([from])).toEqual([to]);
  });

  test('initializes within the bound of Glorot, with fans that include the window', () => {
    const layer = conv2d({ filters: 64, kernelSize: 3 });
    layer.build([[1, 9, 9, 32]], at);
    const largest = Math.max(...layer.variables()[0]!.value.value.data.map(Math.abs));
    const limit = Math.sqrt(6 / (9 * 32 + 9 * 64));
    expect([largest <= limit, largest > 0.99 * limit]).toEqual([true, true]);
  });

  test('stores its options in its configuration', () => {
    expect(conv2d({ filters: 8, kernelSize: 3, strides: 2, activation: relu }).config()).toEqual([
      { filters: 8, kernelSize: 3, strides: 2, activation: relu },
    ]);
  });

  test('rejects invalid options', () => {
    expect(() => conv2d({ filters: 0, kernelSize: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2d: \`filters\` must be a positive integer, got 0]`,
    );
    expect(() => conv2d({ filters: 4, kernelSize: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2d: \`kernelSize\` must be a positive integer or 2 of them, got 0]`,
    );
    expect(() => conv2d({ filters: 4, kernelSize: 3, groups: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2d: \`groups\` must be a positive integer, got 1.5]`,
    );
    const shapeOf = (options: object): unknown =>
      conv2d({ filters: 4, kernelSize: 3, ...options }).outputShape([[1, 8, 8, 3]]);
    expect(() => shapeOf({ strides: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2d: \`strides\` must be a positive integer or 2 of them, got 0]`,
    );
    expect(() => shapeOf({ dilations: [1, 0] })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2d: \`dilations\` must be a positive integer or 2 of them, got [1,0]]`,
    );
    expect(() => shapeOf({ padding: 'circular' })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2d: \`padding\` must be "valid", "same", "full" or 2 pairs of integers of at least 0, got "circular"]`,
    );
  });

  test('rejects groups that do not divide channels or filters', () => {
    expect(() =>
      conv2d({ filters: 4, kernelSize: 3, groups: 2 }).build([[1, 8, 8, 3]], at),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2d: \`groups\` must divide the 3 channels of the input and the 4 filters, got 2]`,
    );
    expect(() =>
      conv2d({ filters: 3, kernelSize: 3, groups: 2 }).outputShape([[1, 8, 8, 4]]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2d: \`groups\` must divide the 4 channels of the input and the 3 filters, got 2]`,
    );
  });

  test('rejects inputs that are not images, are smaller than the window, or have other channels', () => {
    expect(() => conv2d({ filters: 4, kernelSize: 3 }).outputShape([[1, 8, 8]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv2d: expects rank 4 [batch,height,width,channels], got [1,8,8]]`,
    );
    expect(() => conv2d({ filters: 4, kernelSize: 9 }).outputShape([[1, 8, 8, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv2d: window 9x9 is larger than the input [8,8]]`,
    );
    const layer = conv2d({ filters: 4, kernelSize: 3 });
    layer.build([[1, 8, 8, 3]], at);
    expect(() => layer.call([{ data: zeros([1, 8, 8, 1]) }], context)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv2d: \`kernel\` must have 1 input channels to match \`x\` [1,8,8,1], got [3,3,3,4]]`,
    );
    expect(() => layer.build([[1, 8, 8, 1]], at)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv2d: was built for inputs [1,8,8,3], got [1,8,8,1]]`,
    );
  });
});

describe('conv1d', () => {
  const row = tensor([1, 2, 3, 4], [1, 4, 1]);
  const kernelInitializer = fixed([1, 10]);

  test('correlates along the width, then adds the bias and applies the activation', () => {
    expect(run(conv1d({ filters: 1, kernelSize: 2, kernelInitializer }), row)).toEqual([[[21], [32], [43]]]);
    expect(
      run(
        conv1d({ filters: 1, kernelSize: 2, kernelInitializer, biasInitializer: constant(-32), activation: relu }),
        row,
      ),
    ).toEqual([[[0], [0], [11]]]);
  });

  test('does not depend on later steps with causal padding, also with dilations and strides', () => {
    const causal = { filters: 1, kernelSize: 2, padding: 'causal', kernelInitializer } as const;
    expect(run(conv1d(causal), row)).toEqual([[[10], [21], [32], [43]]]);
    expect(run(conv1d({ ...causal, dilations: 2 }), row)).toEqual([[[10], [20], [31], [42]]]);
    expect(run(conv1d({ ...causal, strides: 2 }), row)).toEqual([[[10], [32]]]);
  });

  test('counts parameters as Keras: 8·4·16 + 16 for 16 of 8 on 4 channels', () => {
    expect(parameters(conv1d({ filters: 16, kernelSize: 8 }), [1, 100, 4])).toBe(528);
    expect(parameters(conv1d({ filters: 16, kernelSize: 8, groups: 2, useBias: false }), [1, 100, 4])).toBe(256);
  });

  test('rejects invalid arguments', () => {
    expect(() => conv1d({ filters: 4, kernelSize: [0] })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv1d: \`kernelSize\` must be a positive integer or 1 of them, got [0]]`,
    );
    expect(() => conv1d({ filters: 4, kernelSize: 3 }).outputShape([[1, 8, 8, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv1d: expects rank 3 [batch,width,channels], got [1,8,8,3]]`,
    );
    expect(() => conv1d({ filters: 4, kernelSize: 9 }).outputShape([[1, 8, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv1d: window 9 is larger than the input [8]]`,
    );
    expect(() =>
      conv1d({ filters: 4, kernelSize: 3, padding: 'circular' as 'same' }).outputShape([[1, 8, 3]]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv1d: \`padding\` must be "valid", "same", "full" or 1 pairs of integers of at least 0, got "circular"]`,
    );
    expect(() =>
      conv1d({ filters: 4, kernelSize: 3, groups: 2 }).outputShape([[1, 8, 3]]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv1d: \`groups\` must divide the 3 channels of the input and the 4 filters, got 2]`,
    );
  });
});

describe('conv3d', () => {
  test('sums over a cube and its channels', () => {
    const x = tensor(
      Float32Array.from({ length: 16 }, (_, i) => i),
      [1, 2, 2, 2, 2],
    );
    expect(run(conv3d({ filters: 1, kernelSize: 2, kernelInitializer: constant(1) }), x)).toEqual([[[[[120]]]]]);
    expect(
      run(
        conv3d({ filters: 1, kernelSize: [2, 1, 1], strides: [1, 2, 2], kernelInitializer: fixed([1, 0, 0, 10]) }),
        x,
      ),
    ).toEqual([[[[[90]]]]]);
  });

  test('counts parameters as Keras: 27·2·8 + 8', () => {
    expect(parameters(conv3d({ filters: 8, kernelSize: 3 }), [1, 9, 9, 9, 2])).toBe(440);
  });

  test('rejects invalid arguments', () => {
    expect(() => conv3d({ filters: 4, kernelSize: 3 }).outputShape([[1, 8, 8, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv3d: expects rank 5 [batch,depth,height,width,channels], got [1,8,8,3]]`,
    );
    expect(() =>
      conv3d({ filters: 4, kernelSize: 3, padding: 'causal' as 'same' }).outputShape([[1, 8, 8, 8, 3]]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv3d: \`padding\` must be "valid", "same", "full" or 3 pairs of integers of at least 0, got "causal"]`,
    );
  });
});
