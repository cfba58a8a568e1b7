import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extent, perAxis, resolvePool, resolveWindow, windowPositions } from './window.ts';

const numbers = fc.record({
  n: fc.integer({ min: 1, max: 20 }),
  size: fc.integer({ min: 1, max: 5 }),
  stride: fc.integer({ min: 1, max: 4 }),
  dilation: fc.integer({ min: 1, max: 3 }),
});

describe('a window', () => {
  it('has ceil(n / stride) positions with padding same, and at most one cell more after than before', () => {
    fc.assert(
      fc.property(numbers, ({ n, size, stride, dilation }) => {
        const window = resolveWindow('test', [n], [size], { strides: stride, dilations: dilation, padding: 'same' });
        const [before, after] = window.padding[0]!;
        expect([0, 1]).toContain(after - before);
        expect(windowPositions('test', [n], [size], window)).toEqual([Math.ceil(n / stride)]);
      }),
    );
  });

  it('has as many positions with padding valid as fit', () => {
    fc.assert(
      fc.property(numbers, ({ n, size, stride, dilation }) => {
        const window = resolveWindow('test', [n], [size], { strides: stride, dilations: dilation });
        let fitting = 0;
        while (fitting * stride + extent(size, dilation) <= n) fitting++;
        fc.pre(fitting > 0);
        expect(windowPositions('test', [n], [size], window)).toEqual([fitting]);
      }),
    );
  });

  it('has with padding full as many positions as overlap the input', () => {
    fc.assert(
      fc.property(numbers, ({ n, size, stride, dilation }) => {
        const window = resolveWindow('test', [n], [size], { strides: stride, dilations: dilation, padding: 'full' });
        let overlapping = 0;
        for (let start = 1 - extent(size, dilation); start < n; start += stride) overlapping++;
        expect(windowPositions('test', [n], [size], window)).toEqual([overlapping]);
      }),
    );
  });

  it('of a pooling moves by its own size', () => {
    expect(resolvePool('test', [4, 4], { poolSize: [2, 3] }).strides).toEqual([2, 3]);
    expect(resolvePool('test', [4, 4], { poolSize: 2, strides: 1 }).strides).toEqual([1, 1]);
  });

  it('keeps copies of its options', () => {
    const strides = [1, 2];
    const padding: [number, number][] = [
      [0, 1],
      [1, 0],
    ];
    const window = resolveWindow('test', [4, 4], [2, 2], { strides, padding });
    strides[0] = padding[0]![0] = 9;
    expect(window).toEqual({
      strides: [1, 2],
      dilations: [1, 1],
      padding: [
        [0, 1],
        [1, 0],
      ],
    });
  });

  it('names the option that is wrong', () => {
    expect(() => perAxis('conv2d', 'strides', 0, 2)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2d: \`strides\` must be a positive integer or 2 of them, got 0]`,
    );
    expect(() => perAxis('conv2d', 'strides', [1, 2, 3], 2)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2d: \`strides\` must be a positive integer or 2 of them, got [1,2,3]]`,
    );
    expect(() => perAxis('conv2d', 'dilations', 1.5, 2)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2d: \`dilations\` must be a positive integer or 2 of them, got 1.5]`,
    );
    expect(() =>
      resolveWindow('conv2d', [4, 4], [2, 2], { padding: 'circular' as 'same' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2d: \`padding\` must be "valid", "same", "full" or 2 pairs of integers of at least 0, got "circular"]`,
    );
    expect(() => resolveWindow('conv2d', [4, 4], [2, 2], { padding: [[1, 1]] })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2d: \`padding\` must be "valid", "same", "full" or 2 pairs of integers of at least 0, got [[1,1]]]`,
    );
    expect(() =>
      resolveWindow('conv2d', [4, 4], [2, 2], {
        padding: [
          [1, -1],
          [0, 0],
        ],
      }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2d: \`padding\` must be "valid", "same", "full" or 2 pairs of integers of at least 0, got [[1,-1],[0,0]]]`,
    );
  });
});
