// Sizes of outputs: ⌊(n + 2p − f) / s⌋ + 1 (Dumoulin and Visin 2016, "A guide to convolution arithmetic for deep learning").
import { conv1d, conv2d, type Conv2dOptions, conv2dTranspose, maxPool2d } from '@chainrule/layers-conv';
import type { Layer } from '@chainrule/layers-core';
import type { Padding, Shape } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

type Window = Omit<Conv2dOptions, 'filters'>;
const evenly = (p: number): Padding => [
  [p, p],
  [p, p],
];
const sizeOf = (layer: Layer, n: number): number => layer.outputShape([[1, n, n, 1]])[0]![1]!;
const convolved = (n: number, options: Window): number => sizeOf(conv2d({ filters: 1, ...options }), n);
/** The shape without the batch after each layer. */
const shapes = (first: Shape, layers: readonly Layer[]): number[][] => {
  let shape: Shape = [1, ...first];
  return layers.map((layer) => [...(shape = layer.outputShape([shape])[0]!)].slice(1));
};

describe('a convolution', () => {
  test.each([
    // Krizhevsky, Sutskever and Hinton 2012, with the input of 227 that CS231n corrects it to.
    { n: 227, f: 11, p: 0, s: 4, size: 55 },
    // CS231n, "Convolutional Networks": 7×7 with 3×3, and 5 with 3 in one dimension.
    { n: 7, f: 3, p: 0, s: 1, size: 5 },
    { n: 7, f: 3, p: 0, s: 2, size: 3 },
    { n: 7, f: 3, p: 1, s: 1, size: 7 },
    { n: 5, f: 3, p: 1, s: 1, size: 5 },
    { n: 5, f: 3, p: 1, s: 2, size: 3 },
    // The window does not fit evenly: 7 / 3 and 7 / 2 lose their fractions.
    { n: 10, f: 3, p: 0, s: 3, size: 3 },
    { n: 10, f: 3, p: 0, s: 2, size: 4 },
    // He et al. 2016: the first convolution and pooling of ResNet.
    { n: 224, f: 7, p: 3, s: 2, size: 112 },
    { n: 112, f: 3, p: 1, s: 2, size: 56 },
    // LeCun et al. 1998.
    { n: 32, f: 5, p: 0, s: 1, size: 28 },
  ])('of $n with f = $f, p = $p, s = $s gives $size', ({ n, f, p, s, size }) => {
    expect(convolved(n, { kernelSize: f, padding: evenly(p), strides: s })).toBe(size);
  });

  test('follows the formula for all small windows that fit', () => {
    const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
    for (const n of range(1, 7))
      for (const p of range(0, 2))
        for (const f of range(1, n + 2 * p))
          for (const s of range(1, 4))
            expect(convolved(n, { kernelSize: f, padding: evenly(p), strides: s }), `${n}, ${f}, ${p}, ${s}`).toBe(
              Math.floor((n + 2 * p - f) / s) + 1,
            );
  });

  // Goodfellow, Bengio and Courville 2016, section 9.5: m − k + 1, m, m + k − 1.
  test.each([
    ['valid', 24],
    ['same', 28],
    ['full', 32],
  ] as const)('of 28 with f = 5 and padding %s gives %i', (padding, size) => {
    expect(convolved(28, { kernelSize: 5, padding })).toBe(size);
  });

  test.each([
    [28, 2, 14],
    [7, 2, 4],
    [5, 3, 2],
  ])('of %i with padding same and stride %i gives ⌈n / s⌉ = %i', (n, strides, size) => {
    expect(convolved(n, { kernelSize: 3, padding: 'same', strides })).toBe(size);
  });

  // A dilated kernel covers f + (f − 1)(d − 1) positions (Dumoulin and Visin 2016, section 5.1).
  test.each([
    [7, 3, 2, 3],
    [9, 3, 4, 1],
    [32, 5, 3, 20],
  ])('of %i with f = %i and dilation %i gives %i', (n, kernelSize, dilations, size) => {
    expect(convolved(n, { kernelSize, dilations })).toBe(size);
  });

  test('with padding causal keeps the length at each dilation of WaveNet (van den Oord et al. 2016)', () => {
    for (const dilations of [1, 2, 4, 8])
      expect(conv1d({ filters: 1, kernelSize: 2, padding: 'causal', dilations }).outputShape([[1, 16, 1]])).toEqual([
        [1, 16, 1],
      ]);
  });
});

// s(n − 1) + f − 2p (Dumoulin and Visin 2016, section 4), the inverse of the formula of the convolution.
describe('a transposed convolution', () => {
  test.each([
    { n: 2, f: 3, p: 0, s: 1, size: 4 },
    { n: 4, f: 4, p: 2, s: 1, size: 3 },
    { n: 5, f: 3, p: 1, s: 1, size: 5 },
    { n: 2, f: 3, p: 0, s: 2, size: 5 },
    { n: 3, f: 3, p: 1, s: 2, size: 5 },
  ])('of $n with f = $f, p = $p, s = $s gives $size', ({ n, f, p, s, size }) => {
    const window = { filters: 1, kernelSize: f, padding: evenly(p), strides: s };
    expect(sizeOf(conv2dTranspose(window), n)).toBe(size);
    expect(convolved(size, window)).toBe(n);
  });

  test('with stride 2 and padding same doubles from 4 to 64, as in DCGAN (Radford, Metz and Chintala 2016)', () => {
    const sizes = [4, 8, 16, 32].map((n) =>
      sizeOf(conv2dTranspose({ filters: 1, kernelSize: 5, strides: 2, padding: 'same' }), n),
    );
    expect(sizes).toEqual([8, 16, 32, 64]);
  });
});

describe('the shapes', () => {
  test('of AlexNet on 227×227×3 end at 6×6×256 = 9216 (Krizhevsky, Sutskever and Hinton 2012)', () => {
    const pool = maxPool2d({ poolSize: 3, strides: 2 });
    const same = (filters: number, kernelSize: number): Layer => conv2d({ filters, kernelSize, padding: 'same' });
    const layers = [
      conv2d({ filters: 96, kernelSize: 11, strides: 4 }),
      pool,
      same(256, 5),
      pool,
      same(384, 3),
      same(384, 3),
      same(256, 3),
      pool,
    ];
    expect(shapes([227, 227, 3], layers)).toEqual([
      [55, 55, 96],
      [27, 27, 96],
      [27, 27, 256],
      [13, 13, 256],
      [13, 13, 384],
      [13, 13, 384],
      [13, 13, 256],
      [6, 6, 256],
    ]);
  });

  test('of VGG-16 halve five times from 224 to 7 (Simonyan and Zisserman 2015)', () => {
    const block = (filters: number): Layer[] => [conv2d({ filters, kernelSize: 3, padding: 'same' }), maxPool2d()];
    const all = shapes([224, 224, 3], [64, 128, 256, 512, 512].flatMap(block));
    expect(all.filter((_, i) => i % 2 === 1)).toEqual([
      [112, 112, 64],
      [56, 56, 128],
      [28, 28, 256],
      [14, 14, 512],
      [7, 7, 512],
    ]);
  });
});
