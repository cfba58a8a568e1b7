import { tensor, Tensor } from '@chainrule/tensor';
import { prefixNode } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerPrefix } from './prefix.ts';
import { modes } from '../../../testing/modes.ts';
import { captureNode } from '../../../testing/node.ts';
import { expectReference, numbers, placed, values } from '../../../testing/values.ts';

describe.each(modes)('prefix in mode %s', (mode) => {
  test('prefix totals from either end', () => {
    fc.assert(
      fc.property(placed, numbers, fc.boolean(), ({ shape, axis, seed }, dtype, reverse) => {
        expectReference(
          'prefix',
          (x) => prefixNode(x, 'sum', axis, reverse),
          lowerPrefix,
          [values(shape, dtype, seed)],
          mode,
        );
        const small = shape[axis]! > 40 && dtype === 'float32' ? 'int32' : dtype;
        const x = values(shape, small, seed);
        const factors = new Tensor(
          x.shape,
          small,
          x['~values'].map((v) => (v > 0 ? 2 : -1)),
        );
        expectReference('prefix', (t) => prefixNode(t, 'prod', axis, reverse), lowerPrefix, [factors], mode);
      }),
      { numRuns: 40 },
    );
  });
});

test('prefix does not lower float64', () => {
  expect(
    lowerPrefix(captureNode('prefix', (t) => prefixNode(t, 'sum', 0), [tensor([1, 2], undefined, 'float64')])),
  ).toBeUndefined();
});
