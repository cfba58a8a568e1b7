import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ones, tensor, zeros } from '../ops/creation/creation.ts';
import { arange } from '../ops/creation/sequences.ts';
import type { Tensor } from '../array/tensor.ts';
import { expectAgreement } from '../oracle/agreement.ts';
import { tensors } from '../oracle/arbitraries.ts';
import { convNode, type ConvWindow } from './conv.ts';
import { extent, resolveWindow } from './window.ts';
import type { Padding } from '../types/window.ts';
import { reshapeNode } from './view.ts';

interface Case {
  readonly x: Tensor;
  readonly kernel: Tensor;
  readonly y: Tensor;
  readonly window: ConvWindow;
}

const axis = fc.record({
  size: fc.integer({ min: 1, max: 3 }),
  stride: fc.integer({ min: 1, max: 3 }),
  dilation: fc.integer({ min: 1, max: 2 }),
  pair: fc.tuple(fc.nat(3), fc.nat(3)),
  spatial: fc.integer({ min: 1, max: 6 }),
});

/** Convolutions over 1 to 3 axes that have at least one position, with a cotangent of the output's shape. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    axes: fc.array(axis, { minLength: 1, maxLength: 3 }),
    mode: fc.constantFrom('same', 'valid', 'pairs'),
    batch: fc.nat(2),
    groups: fc.integer({ min: 1, max: 3 }),
    width: fc.integer({ min: 1, max: 3 }),
    filters: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ axes, mode, batch, groups, width, filters }) => {
    const size = axes.map((a) => a.size);
    const spatial = axes.map((a) => (mode === 'same' ? a.spatial : Math.max(a.spatial, extent(a.size, a.dilation))));
    const padding = mode === 'pairs' ? axes.map((a) => a.pair) : (mode as Padding);
    const options = { strides: axes.map((a) => a.stride), dilations: axes.map((a) => a.dilation), padding };
    const window = { ...resolveWindow('conv', spatial, size, options), groups };
    const [x, kernel] = [
      [batch, ...spatial, width * groups],
      [...size, width, filters * groups],
    ];
    const { shape } = convNode('forward', zeros(x), zeros(kernel), window);
    return fc.record({ x: tensors(x), kernel: tensors(kernel), y: tensors(shape), window: fc.constant(window) });
  });

describe('conv', () => {
  it('gives the output of 1 to 3 axes as the oracle does', () => {
    fc.assert(
      fc.property(cases, ({ x, kernel, window }) =>
        expectAgreement((a, b) => convNode('forward', a, b, window), [x, kernel], {
          terms: kernel.size / kernel.shape.at(-1)!,
          magnitude: true,
        }),
      ),
    );
  });

  it('computes the input gradient as the oracle does', () => {
    fc.assert(
      fc.property(cases, ({ x, kernel, y, window }) =>
        expectAgreement((a, b) => convNode('inputGradient', a, b, window, x.shape), [y, kernel], {
          terms: kernel.size,
          magnitude: true,
        }),
      ),
    );
  });

  it('computes the kernel gradient as the oracle does', () => {
    fc.assert(
      fc.property(cases, ({ x, kernel, y, window }) =>
        expectAgreement((a, b) => convNode('kernelGradient', a, b, window, kernel.shape), [x, y], {
          terms: Math.max(1, y.size),
          magnitude: true,
        }),
      ),
    );
  });

  it('gives the same trilinear form for all three passes', () => {
    fc.assert(
      fc.property(cases, ({ x, kernel, y, window }) => {
        const dot = (a: Tensor, b: Tensor): number => {
          const values = b.data;
          return [...a.data].reduce((sum, value, i) => sum + value * values[i]!, 0);
        };
        const form = dot(y, convNode('forward', x, kernel, window));
        const scale = 1e-12 * (1 + 8 * y.size * kernel.size);
        expect(Math.abs(dot(x, convNode('inputGradient', y, kernel, window, x.shape)) - form)).toBeLessThan(scale);
        expect(Math.abs(dot(kernel, convNode('kernelGradient', x, y, window, kernel.shape)) - form)).toBeLessThan(
          scale,
        );
      }),
    );
  });

  it('agrees where an image is laid out in several blocks', () => {
    const inputs = fc.tuple(tensors([2, 23, 25, 40]), tensors([3, 3, 20, 4]), tensors([2, 12, 13, 4]));
    const window = { ...resolveWindow('conv', [23, 25], [3, 3], { strides: 2, padding: 'same' }), groups: 2 };
    fc.assert(
      fc.property(inputs, ([x, kernel, y]) => {
        expectAgreement((a, b) => convNode('forward', a, b, window), [x, kernel], { terms: 180, magnitude: true });
        expectAgreement((a, b) => convNode('inputGradient', a, b, window, x.shape), [y, kernel], {
          terms: 36,
          magnitude: true,
        });
        expectAgreement((a, b) => convNode('kernelGradient', a, b, window, kernel.shape), [x, y], {
          terms: 312,
          magnitude: true,
        });
      }),
      { numRuns: 1 },
    );
  });

  it('counts its cells as TensorFlow does: a correlation, the odd cell of same padding after', () => {
    const x = reshapeNode(arange(4), [1, 4, 1]);
    const kernel = tensor([1, 10], [2, 1, 1]);
    const window = { ...resolveWindow('conv', [4], [2], { padding: 'same' }), groups: 1 };
    expect([...convNode('forward', x, kernel, window).data]).toEqual([10, 21, 32, 3]);
  });

  it('spoils with NaN only the windows that hold it', () => {
    const x = tensor([1, NaN, 3, 4, 5], [1, 5, 1]);
    const window = { ...resolveWindow('conv', [5], [2], {}), groups: 1 };
    expectAgreement((a, b) => convNode('forward', a, b, window), [x, ones([2, 1, 1])]);
    expect([...convNode('forward', x, ones([2, 1, 1]), window).data]).toEqual([NaN, NaN, 7, 9]);
  });

  it('refuses arguments that do not fit', () => {
    const window = { ...resolveWindow('conv', [4], [2], {}), groups: 1 };
    const x = zeros([1, 4, 3]);
    expect(() => convNode('forward', x, zeros([5, 3, 2]), window)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: window 5 is larger than the input [4]]`,
    );
    expect(() => convNode('forward', x, zeros([2, 1, 2]), window)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: \`kernel\` must have 3 input channels to match \`x\` [1,4,3], got [2,1,2]]`,
    );
    expect(() => convNode('forward', x, zeros([2, 1, 3]), { ...window, groups: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: \`groups\` 2 must divide the 3 channels of \`x\` and the 3 filters of \`kernel\`]`,
    );
    expect(() => convNode('forward', x, zeros([2, 1, 2]), { ...window, groups: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: \`groups\` 3 must divide the 3 channels of \`x\` and the 2 filters of \`kernel\`]`,
    );
    expect(() => convNode('forward', x, zeros([2, 3, 2], 'float64'), window)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: node: expects one dtype, got float32 and float64; convert one with \`cast\`]`,
    );
    expect(() =>
      convNode('forward', zeros([1, 4, 3], 'int32'), zeros([2, 3, 2], 'int32'), window),
    ).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: node: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
  });
});
