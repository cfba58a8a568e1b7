import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { pad } from './pad.ts';

/** As JavaScript callers see it. */
const loose = pad as unknown as (...args: readonly unknown[]) => Tensor;

describe('pad', () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  it('puts a constant around', () => {
    expect(
      pad(x, [
        [1, 0],
        [0, 1],
      ]).toArray(),
    ).toEqual([
      [0, 0, 0, 0],
      [1, 2, 3, 0],
      [4, 5, 6, 0],
    ]);
    expect(pad(tensor([1]), [[1, 1]], 7).toArray()).toEqual([7, 1, 7]);
    expect(pad(tensor([1]), [[1, 1]], { value: 7 }).toArray()).toEqual([7, 1, 7]);
    expect(pad(zeros([0]), [[1, 1]], { mode: 'constant' }).toArray()).toEqual([0, 0]);
  });

  it('mirrors at the outermost elements, as often as it takes, as NumPy does', () => {
    expect(
      pad(
        x,
        [
          [1, 0],
          [2, 1],
        ],
        { mode: 'reflect' },
      ).toArray(),
    ).toEqual([
      [6, 5, 4, 5, 6, 5],
      [3, 2, 1, 2, 3, 2],
      [6, 5, 4, 5, 6, 5],
    ]);
    expect(pad(tensor([0, 1, 2]), [[5, 4]], { mode: 'reflect' }).toArray()).toEqual([
      1, 0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 2,
    ]);
    expect(pad(tensor([7]), [[2, 1]], { mode: 'reflect' }).toArray()).toEqual([7, 7, 7, 7]);
  });

  it('repeats the outermost elements', () => {
    expect(
      pad(
        x,
        [
          [1, 1],
          [0, 2],
        ],
        { mode: 'edge' },
      ).toArray(),
    ).toEqual([
      [1, 2, 3, 3, 3],
      [1, 2, 3, 3, 3],
      [4, 5, 6, 6, 6],
      [4, 5, 6, 6, 6],
    ]);
    expect(pad(tensor([true, false], undefined, 'bool'), [[1, 1]], { mode: 'edge' }).toArray()).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(
      pad(
        zeros([0, 2]),
        [
          [0, 0],
          [1, 0],
        ],
        { mode: 'edge' },
      ).shape,
    ).toEqual([0, 3]);
  });

  it('mirrors and repeats the outermost elements, and continues at the other end, as often as it takes, as NumPy does', () => {
    const y = tensor([0, 1, 2]);
    expect(pad(y, [[5, 4]], { mode: 'symmetric' }).toArray()).toEqual([1, 2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 0]);
    expect(pad(y, [[5, 4]], { mode: 'wrap' }).toArray()).toEqual([1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0]);
    expect(pad(tensor([7]), [[2, 1]], { mode: 'symmetric' }).toArray()).toEqual([7, 7, 7, 7]);
    expect(
      pad(
        x,
        [
          [1, 0],
          [2, 1],
        ],
        { mode: 'wrap' },
      ).toArray(),
    ).toEqual([
      [5, 6, 4, 5, 6, 4],
      [2, 3, 1, 2, 3, 1],
      [5, 6, 4, 5, 6, 4],
    ]);
  });

  it('refuses other modes, and to repeat nothing', () => {
    expect(() =>
      loose(
        x,
        [
          [1, 1],
          [1, 1],
        ],
        { mode: 'repeat' },
      ),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: pad: \`mode\` must be "constant", "reflect", "symmetric", "edge" or "wrap", got "repeat"]`,
    );
    expect(() =>
      loose(
        x,
        [
          [1, 1],
          [-1, 1],
        ],
        { mode: 'edge' },
      ),
    ).toThrowErrorMatchingInlineSnapshot(`[ShapeError: pad: \`paddings\` must be integers of at least 0, got [-1,1]]`);
    expect(() => loose(zeros([0]), [[1, 0]], { mode: 'reflect' })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: pad: axis 0 of [0] has no elements to repeat]`,
    );
    expect(() => loose(x, [[1, 1]], { mode: 'edge' })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: pad: needs 2 pairs for [2,3], got 1]`,
    );
  });
});
