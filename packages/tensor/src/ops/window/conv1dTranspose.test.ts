import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { conv1d } from './conv1d.ts';
import { conv1dTranspose } from './conv1dTranspose.ts';

/** As JavaScript callers see it. */
const loose = conv1dTranspose as unknown as (...args: readonly unknown[]) => Tensor;

describe('conv1dTranspose', () => {
  const x = tensor([1, 2, 3], [1, 3, 1]);
  const kernel = tensor([1, 10, 100], [3, 1, 1]);

  it('adds a scaled kernel at each stride', () => {
    expect([...conv1dTranspose(x, kernel).data]).toEqual([1, 12, 123, 230, 300]);
    expect([...conv1dTranspose(x, kernel, { strides: 2 }).data]).toEqual([1, 10, 102, 20, 203, 30, 300]);
    expect([...conv1dTranspose(x, kernel, { strides: 4 }).data]).toEqual([1, 10, 100, 0, 2, 20, 200, 0, 3, 30, 300, 0]);
    expect([...conv1dTranspose(x, kernel, { dilations: 2 }).data]).toEqual([1, 2, 13, 20, 130, 200, 300]);
  });

  it('cuts off padding, at both ends or one', () => {
    // n·s positions; k − s of them more are cut off, the odd one at the end.
    expect([...conv1dTranspose(x, kernel, { padding: 'same' }).data]).toEqual([12, 123, 230]);
    expect([...conv1dTranspose(x, kernel, { padding: 'same', strides: 2 }).data]).toEqual([1, 10, 102, 20, 203, 30]);
    expect([...conv1dTranspose(x, kernel, { padding: [[1, 0]], strides: 2 }).data]).toEqual([
      10, 102, 20, 203, 30, 300,
    ]);
    expect([...conv1dTranspose(x, kernel, { padding: [[1, 1]], strides: 2, outputPadding: 1 }).data]).toEqual([
      10, 102, 20, 203, 30, 300,
    ]);
  });

  it.each([1, 2, 3, 4, 5])('has the sizes of Keras for a kernel of %i', (k) => {
    for (const s of [1, 2, 3]) {
      for (const n of [1, 4]) {
        const size = (options: object): number =>
          loose(zeros([1, n, 2]), zeros([k, 3, 2]), { strides: s, ...options }).shape[1];
        expect(size({})).toBe(n * s + Math.max(k - s, 0));
        expect(size({ padding: 'same' })).toBe(n * s);
        for (let more = 0; more < s; more++) {
          expect(size({ outputPadding: more })).toBe((n - 1) * s + k + more);
          // As (n − 1)·s + k − 2·⌊k / 2⌋ + outputPadding.
          const same = (n - 1) * s + (k % 2) + more;
          if (same > 0) expect(size({ padding: 'same', outputPadding: more })).toBe(same);
        }
      }
    }
  });

  it('is the adjoint of conv1d', () => {
    const [a, b] = [
      tensor([0.5, -1, 2, 3, 0.25, 1, -2, 0.5], [1, 4, 2]),
      tensor([1, 2, -1, 0.5, 3, 1, 0, -2, 1, 2, 1, 4], [3, 2, 2]),
    ];
    const y = tensor([1, -2, 3, 0.5], [1, 2, 2]);
    const dot = (p: Tensor, q: Tensor): number =>
      [...p.data].reduce((total, value, i) => total + value * q['~values'][i]!, 0);
    expect(dot(conv1d(a, b, { strides: 2, padding: 'same' }), y)).toBe(
      dot(a, conv1dTranspose(y, b, { strides: 2, padding: 'same' })),
    );
    const long = tensor(
      Array.from({ length: 12 }, (_, i) => i - 5),
      [1, 6, 2],
    );
    expect(dot(conv1d(a, b, { padding: 'full' }), long)).toBe(dot(a, conv1dTranspose(long, b, { padding: 'full' })));
  });

  it('keeps groups apart', () => {
    const grouped = conv1dTranspose(tensor([1, 2, 3, 4], [1, 1, 4]), tensor([1, 10, 100, 1000], [1, 1, 4]), {
      groups: 2,
    });
    expect(grouped.toArray()).toEqual([[[21, 4300]]]);
  });

  it('refuses arguments that do not fit', () => {
    expect(() => loose(x, zeros([3, 1, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv1dTranspose: \`kernel\` must have the 1 channels of \`x\` [1,3,1] last, got [3,1,2]]`,
    );
    expect(() => loose(x, kernel, { outputPadding: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv1dTranspose: \`outputPadding\` must be an integer of at least 0 below the strides [1], or 1 of them, got 1]`,
    );
    expect(() => loose(x, kernel, { groups: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv1dTranspose: \`groups\` 2 must divide the 1 channels of \`x\`]`,
    );
    expect(() => loose(x, kernel, { padding: [[3, 2]] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv1dTranspose: \`padding\` must leave at least one position of [3], got [[3,2]]]`,
    );
    expect(() => loose(zeros([1, 0, 1]), kernel)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv1dTranspose: \`x\` must have at least one position, got [1,0,1]]`,
    );
    expect(() => loose(x, zeros([3, 1, 1, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv1dTranspose: \`kernel\` expects rank 3 [width,out,in], got [3,1,1,1]]`,
    );
  });
});
