import { tensor } from '@chainrule/tensor';
import { gatherNode } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerGather } from './gather.ts';
import { modes } from '../../../testing/modes.ts';
import { captureNode, runNode } from '../../../testing/node.ts';
import { expectReference, indices, placed, storage, values } from '../../../testing/values.ts';

describe.each(modes)('gather in mode %s', (mode) => {
  test('gather picks runs along any axis', () => {
    fc.assert(
      fc.property(
        placed,
        storage,
        fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 2 }),
        ({ shape, axis, seed }, dtype, picks) => {
          expectReference(
            'gather',
            (x, i) => gatherNode(x, i, axis),
            lowerGather,
            [values(shape, dtype, seed), indices(picks, shape[axis]!, seed)],
            mode,
            { status: true },
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  test('an index out of range is reported, and index 0 is used', () => {
    const [x, picks] = [tensor([10, 20, 30]), tensor([1, -4, 0], [3], 'int32')];
    const node = captureNode('gather', (a, i) => gatherNode(a, i, 0), [x, picks]);
    const [out, status] = runNode(node, lowerGather(node)!, [x['~values'], picks['~values']], mode, true);
    expect([...new Int32Array(status!)]).toEqual([1, -4]);
    expect([...new Float32Array(out!)]).toEqual([20, 10, 10]);
    const labels = captureNode('gather', (a, i) => gatherNode(a, i, 0, true), [x, picks]);
    expect([
      ...new Int32Array(
        runNode(
          labels,
          lowerGather(labels)!,
          [x['~values'], tensor([1, 2, -1], [3], 'int32')['~values']],
          mode,
          true,
        )[1]!,
      ),
    ]).toEqual([1, -1]);
  });
});
