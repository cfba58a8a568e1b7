import { tensor } from '@chainrule/tensor';
import { argsortNode } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerArgsort } from './argsort.ts';
import { modes } from '../../../testing/modes.ts';
import { captureNode } from '../../../testing/node.ts';
import { expectReference, placed, storage, values } from '../../../testing/values.ts';

describe.each(modes)('argsort in mode %s', (mode) => {
  test('argsort is stable in both orders', () => {
    fc.assert(
      fc.property(placed, storage, fc.boolean(), ({ shape, axis, seed }, dtype, descending) => {
        if (shape[axis]! > 5000) return;
        expectReference(
          'argsort',
          (x) => argsortNode(x, axis, descending),
          lowerArgsort,
          [values(shape, dtype, seed)],
          mode,
        );
      }),
      { numRuns: 40 },
    );
    for (const descending of [false, true]) {
      const x = tensor([2, NaN, 0, -0, Infinity, 2, -Infinity, NaN, -0, 0, Infinity, -1e-45, 1e-45, -2]);
      expectReference('argsort', (t) => argsortNode(t, 0, descending), lowerArgsort, [x], mode);
      const n = tensor([2 ** 31 - 1, 0, -(2 ** 31), 2 ** 31 - 1, -1], [5], 'int32');
      expectReference('argsort', (t) => argsortNode(t, 0, descending), lowerArgsort, [n], mode);
    }
  });
});

test('argsort does not lower float64', () => {
  expect(
    lowerArgsort(captureNode('argsort', (t) => argsortNode(t, 0, false), [tensor([1, 2], undefined, 'float64')])),
  ).toBeUndefined();
});
