import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { clip } from './clip.ts';

describe('clip', () => {
  it('limits to both bounds, to one, or to none, and keeps NaN', () => {
    expectValues(
      (x) => clip(x, { min: -1, max: 0.5 }),
      [
        [-1000, -1],
        [-1, -1],
        [-0, -0],
        [0.25, 0.25],
        [1000, 0.5],
        [Infinity, 0.5],
        [-Infinity, -1],
        [NaN, NaN],
      ],
    );
    expectValues(
      (x) => clip(x, { min: -1 }),
      [
        [-1000, -1],
        [1000, 1000],
        [Infinity, Infinity],
        [-Infinity, -1],
        [NaN, NaN],
      ],
    );
    expectValues(
      (x) => clip(x, { max: 0.5 }),
      [
        [-1000, -1000],
        [1000, 0.5],
        [Infinity, 0.5],
        [-Infinity, -Infinity],
        [NaN, NaN],
      ],
    );
    expectValues(
      (x) => clip(x),
      [
        [-1000, -1000],
        [Infinity, Infinity],
        [NaN, NaN],
      ],
    );
    expectValues(
      (x) => clip(x, { min: 2, max: 2 }),
      [
        [-1000, 2],
        [1000, 2],
      ],
    );
  });

  it('takes int32 with integers as bounds', () => {
    const x = tensor([-5, 0, 7], undefined, 'int32');
    expect(clip(x, { min: -1, max: 3 }).toArray()).toEqual([-1, 0, 3]);
    expect(() => clip(x, { min: 0.5 })).toThrow(
      'clip: expects numbers that int32 can hold, got 0.5; convert the tensor with `cast`',
    );
  });

  it('refuses bounds that are crossed or no numbers', () => {
    expect(() => clip(zeros([2]), { min: 1, max: 0 })).toThrow(
      'clip: `min` must be a number of at most `max` 0, got 1',
    );
    expect(() => clip(zeros([2]), { min: NaN })).toThrow('clip: `min` must be a number, got NaN');
    expect(() => clip(zeros([2], 'bool'), { min: 0 })).toThrow(
      'clip: expects a numeric dtype, got bool; convert it with `cast`',
    );
  });
});
