import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/creation/creation.ts';
import type { DType } from '../array/dtype.ts';
import { expectSame } from '../oracle/agreement.ts';
import { shapes, tensors } from '../oracle/arbitraries.ts';
import { castNode } from './cast.ts';

const dtypes: readonly DType[] = ['float32', 'float64', 'int32', 'uint8', 'bool'];
const delicate = [
  NaN,
  Infinity,
  -Infinity,
  0,
  -0,
  0.9,
  -0.9,
  1.5,
  -1.5,
  255.5,
  256,
  -1,
  300.7,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 32 + 3,
  -(2 ** 33) - 7,
  1e30,
];
const pairs = dtypes.flatMap((from) => dtypes.map((to) => ({ from, to })));

describe('cast', () => {
  it.each(pairs)('from $from to $to is the oracle’s', ({ from, to }) => {
    fc.assert(
      fc.property(
        shapes().chain((s) => tensors(s, from)),
        (x) => expectSame((t) => castNode(t, to), [x]),
      ),
      { numRuns: 20 },
    );
  });

  it.each(dtypes)('of NaN, infinities and numbers beyond the range to %s is the oracle’s', (to) => {
    expectSame((t) => castNode(t, to), [tensor(delicate, undefined, 'float64')]);
  });

  it('to integers truncates towards 0 and wraps, to bool asks for "is not zero"', () => {
    const x = tensor([-1.9, 1.9, 256.5, 2 ** 31, NaN], undefined, 'float64');
    expect(castNode(x, 'int32').toArray()).toEqual([-1, 1, 256, -(2 ** 31), 0]);
    expect(castNode(x, 'uint8').toArray()).toEqual([255, 1, 0, 0, 0]);
    expect(castNode(x, 'bool').toArray()).toEqual([true, true, true, true, true]);
  });
});
