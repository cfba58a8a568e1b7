import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { stack } from './stack.ts';
import { unstack } from './unstack.ts';

describe('unstack', () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  it('gives the slices along an axis', () => {
    expect(unstack(x).map((t) => t.toArray())).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(unstack(x, -1).map((t) => t.toArray())).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(unstack(tensor([7])).map((t) => t.shape)).toEqual([[]]);
  });

  it('gives nothing for an axis of size 0', () => {
    expect([unstack(zeros([0, 2])), unstack(zeros([2, 0])).map((t) => t.shape)]).toEqual([[], [[0], [0]]]);
  });

  it('undoes stack', () => {
    expect(stack(unstack(x, 1), 1).toArray()).toEqual(x.toArray());
  });

  it('refuses an axis that is missing', () => {
    expect(() => unstack(x as Tensor, 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: unstack: \`axis\` must be an integer in [-2, 2), got 2]`,
    );
    expect(() => unstack(tensor(1) as Tensor)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: unstack: \`axis\` must be an integer in [0, 0), got 0]`,
    );
  });
});
