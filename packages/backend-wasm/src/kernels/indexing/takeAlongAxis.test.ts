import { tensor } from '@chainrule/tensor';
import { takeAlongAxisNode } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerTakeAlongAxis } from './takeAlongAxis.ts';
import { modes } from '../../../testing/modes.ts';
import { captureNode, runNode } from '../../../testing/node.ts';
import { expectReference, indices, placed, storage, values } from '../../../testing/values.ts';

describe.each(modes)('takeAlongAxis in mode %s', (mode) => {
  test('takeAlongAxis picks elements along any axis', () => {
    fc.assert(
      fc.property(placed, storage, fc.integer({ min: 1, max: 5 }), ({ shape, axis, seed }, dtype, picks) => {
        const at = shape.map((n, i) => (i === axis ? picks : n));
        expectReference(
          'takeAlongAxis',
          (x, i) => takeAlongAxisNode(x, i, axis),
          lowerTakeAlongAxis,
          [values(shape, dtype, seed), indices(at, shape[axis]!, seed)],
          mode,
          { status: true },
        );
      }),
      { numRuns: 40 },
    );
  });

  test('an index out of range is reported, and index 0 is used', () => {
    const [x, picks] = [tensor([10, 20, 30]), tensor([1, 3, 0], [3], 'int32')];
    const node = captureNode('takeAlongAxis', (a, i) => takeAlongAxisNode(a, i, 0), [x, picks]);
    const [out, status] = runNode(node, lowerTakeAlongAxis(node)!, [x['~values'], picks['~values']], mode, true);
    expect([...new Int32Array(status!)]).toEqual([1, 3]);
    expect([...new Float32Array(out!)]).toEqual([20, 10, 10]);
  });
});
