import { compile } from '@chainrule/compiler';
import {
  averagePool2d,
  cumprod,
  cumsum,
  full,
  matmul,
  mean,
  prod,
  slice,
  square,
  sub,
  sum,
  Tensor,
  transpose,
  zeros,
} from '@chainrule/tensor';
import {
  averagePoolGradientNode,
  convNode,
  resolveWindow,
  scatterAddNode,
  windowPositions,
} from '@chainrule/tensor/graph';
import { describe, expect, test } from 'vitest';
import { expectSameBytes } from '../../testing/node.ts';
import { product } from '../../testing/training.ts';
import { wasm } from './wasm.ts';

type Fn = (...xs: Tensor[]) => Tensor;

/** Equal numbers with many significant bits: in a running sum, all additions round in the same direction. */
const value = Math.fround(0.1);
const filled = (shape: readonly number[]): Tensor => full(shape, value);

const conv = (
  pass: 'kernelGradient',
  size: readonly number[],
  groups: number,
  shape: readonly number[],
  own: readonly number[],
): [Fn, (readonly number[])[], number] => {
  const window = { ...resolveWindow('conv', shape.slice(1, -1), size, { padding: 'valid' }), groups };
  const positions = windowPositions('conv', shape.slice(1, -1), size, window);
  const y = [shape[0]!, ...positions, own.at(-1)!];
  return [
    (a, b) => convNode(pass, a, b, window, own),
    [shape, y],
    value * value * shape[0]! * positions.reduce((a, b) => a * b, 1),
  ];
};

/** Windows that lie in an image. */
const windowOf = (image: readonly number[], size: readonly number[]) => ({
  ...resolveWindow('conv', image, size, { padding: 'valid' }),
  size,
});
const window41 = windowOf([81, 81], [41, 41]);

/** Indices that all equal 0. */
const zeroth = (shape: readonly number[]): Tensor => full(shape, 0, 'int32');

/** The cell in the middle of an image of 81 by 81 is in all windows. */
const middle = (x: Tensor): Tensor => slice(x, [0, 40, 40, 0], [1, 1, 1, x.shape[3]]);

/**
 * A function, the shapes of its arguments, and its result for arguments that all equal 0.1, exact to the last place.
 */
const cases: readonly (readonly [name: string, fn: Fn, shapes: readonly (readonly number[])[], expected: number])[] = [
  ['a sum of 4,194,305', (x) => sum(x), [[4194305]], value * 4194305],
  ['a sum of a prime', (x) => sum(x), [[1000003]], value * 1000003],
  [
    'a sum of what can not be joined',
    (x) => sum(transpose(x, [0, 2, 1]), { axis: [0, 1] }),
    [[70001, 3, 5]],
    value * 350005,
  ],
  ['few long columns', (x) => sum(x, { axis: 0 }), [[1000003, 2]], value * 1000003],
  ['one long column of many', (x) => sum(x, { axis: 0 }), [[40009, 33]], value * 40009],
  ['many long rows', (x) => sum(x, { axis: 1 }), [[17, 65537]], value * 65537],
  ['many rows of many short ones', (x) => sum(x, { axis: [1, 3] }), [[16, 3001, 2, 7]], value * 21007],
  ['a mean squared error', (x, y) => mean(square(sub(x, y))), [[3, 512, 513, 1], [1]], 0],
  ['a mean of squares', (x) => mean(square(x)), [[3, 512, 513, 1]], value * value],
  ['a bias gradient', (x) => sum(x, { axis: [0, 1, 2] }), [[33, 61, 67, 5]], value * 33 * 61 * 67],
  ['a sum of nothing', (x) => sum(x, { axis: 0 }), [[0, 3]], 0],
  ['a running sum', (x) => cumsum(x, 0), [[1000003]], value * 1000003],
  ['running sums across vectors', (x) => cumsum(x, 0), [[100003, 5]], value * 100003],
  ['a product', (x) => prod(x), [[7]], value ** 7],
  [
    'a scalar product',
    (x, y) => product(x, y),
    [
      [1, 2097153],
      [2097153, 1],
    ],
    value * value * 2097153,
  ],
  [
    'a deep product',
    (x, y) => matmul(x as never, y as never, { transposeA: true }),
    [
      [70001, 5],
      [70001, 6],
    ],
    value * value * 70001,
  ],
  ['a gradient of a kernel', ...conv('kernelGradient', [3, 3], 1, [3, 200, 301, 4], [3, 3, 4, 4])],
  ['a gradient of a wide kernel', ...conv('kernelGradient', [5, 5], 1, [3, 200, 301, 4], [5, 5, 4, 5])],
  [
    'a gradient of a kernel that Winograd computes',
    ...conv('kernelGradient', [3, 3], 1, [2, 402, 502, 16], [3, 3, 16, 16]),
  ],
  [
    'an image under a kernel of its size',
    (x, k) => convNode('forward', x, k, { ...windowOf([500, 600], [500, 600]), groups: 1 }),
    [
      [1, 500, 600, 3],
      [500, 600, 3, 2],
    ],
    value * value * 900000,
  ],
  [
    'groups of channels under kernels of their size',
    (x, k) => convNode('forward', x, k, { ...windowOf([200, 301], [200, 300]), groups: 2 }),
    [
      [2, 200, 301, 4],
      [200, 300, 2, 6],
    ],
    value * value * 120000,
  ],
  ['a gradient of a depthwise kernel', ...conv('kernelGradient', [3, 3], 4, [1, 500, 601, 4], [3, 3, 1, 4])],
  [
    'updates of one row',
    (x) => scatterAddNode(zeros([1, 5]), zeroth([300007]), x, 0, false),
    [[300007, 5]],
    value * 300007,
  ],
  [
    'updates of one element',
    (x) => scatterAddNode(zeros([2, 1, 3]), zeroth([2, 100003, 3]), x, 1, true),
    [[2, 100003, 3]],
    value * 100003,
  ],
  [
    'updates of a row that is there',
    (b, x) => scatterAddNode(b, zeroth([100003]), x, 1, false),
    [
      [3, 1],
      [3, 100003],
    ],
    value * 100004,
  ],
  [
    'a gradient of averages of overlapping windows',
    (x) => middle(averagePoolGradientNode(x, window41, [1, 81, 81, 5])),
    [[1, 41, 41, 5]],
    value,
  ],
  [
    'a gradient of an image under a large kernel',
    (y, k) => middle(convNode('inputGradient', y, k, { ...window41, groups: 1 }, [1, 81, 81, 2])),
    [
      [1, 41, 41, 3],
      [41, 41, 2, 3],
    ],
    value * value * 3 * 1681,
  ],
  [
    'a gradient of channels under large kernels',
    (y, k) => middle(convNode('inputGradient', y, k, { ...window41, groups: 5 }, [1, 81, 81, 5])),
    [
      [1, 41, 41, 5],
      [41, 41, 1, 5],
    ],
    value * value * 1681,
  ],
  [
    'channels under large kernels',
    (x, k) => convNode('forward', x, k, { ...window41, groups: 5 }),
    [
      [1, 81, 81, 5],
      [41, 41, 1, 5],
    ],
    value * value * 1681,
  ],
  [
    'an average of a large window',
    (x) => averagePool2d(x, { poolSize: 301, padding: 'valid' }),
    [[1, 301, 301, 3]],
    value,
  ],
];

const [one, two, scalar] = [
  await wasm({ threads: 1 }),
  await wasm({ threads: 2 }),
  await wasm({ threads: 1, simd: false }),
];

describe('sums of any length', () => {
  test.each(cases)('%s', (_, fn, shapes, expected) => {
    const xs = shapes.map(filled);
    const results = [one, two, scalar].map((backend) => compile(fn, { backend })(...xs));
    for (const { data } of results)
      expect(Math.abs(data.at(-1)! - expected)).toBeLessThanOrEqual(96 * 2 ** -24 * expected);
    expectSameBytes(results[1]!.data, results[0]!.data);
  });

  test('a product is as good as one in float64', () => {
    const x = full([100000], Math.fround(1 + 2 ** -20));
    const expected = Math.fround((1 + 2 ** -20) ** 100000);
    for (const backend of [one, scalar]) {
      expect(compile((t: Tensor) => prod(t), { backend })(x).item()).toBe(expected);
      expect(compile((t: Tensor) => cumprod(t, 0), { backend })(x).data.at(-1)).toBe(expected);
    }
  });

  test('an infinite element stays infinite', () => {
    const x = new Tensor([300001], 'float32', new Float32Array(300001).fill(1).with(12345, -Infinity));
    for (const fn of [(t: Tensor) => sum(t), (t: Tensor) => cumsum(t, 0)] as Fn[]) {
      for (const backend of [one, scalar]) expect(compile(fn, { backend })(x).data.at(-1)).toBe(-Infinity);
    }
  });
});
