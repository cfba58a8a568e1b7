import { tensor, Tensor } from '@chainrule/tensor';
import { scatterAddNode } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerScatterAdd } from './scatterAdd.ts';
import { modes } from '../../../testing/modes.ts';
import { captureNode, runNode } from '../../../testing/node.ts';
import { expectReference, indices, numbers, placed, values } from '../../../testing/values.ts';

describe.each(modes)('scatterAdd in mode %s', (mode) => {
  test.each([false, true])('scatterAdd adds rows or elements (along %s), to a base or to zeros', (along) => {
    fc.assert(
      fc.property(
        placed,
        numbers,
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        ({ shape, axis, seed }, dtype, picks, zeroBase) => {
          const at = shape.map((n, i) => (i === axis ? picks : n));
          const base = zeroBase
            ? new Tensor(
                [...shape],
                dtype,
                values(shape, dtype, 0)['~values'].map(() => 0),
              )
            : values(shape, dtype, seed);
          const inputs = [base, indices(along ? at : [picks], shape[axis]!, seed), values(at, dtype, seed + 2)];
          expectReference(
            'scatterAdd',
            (b, i, u) => scatterAddNode(b, i, u, axis, along),
            (node) => lowerScatterAdd(node, { zeroBase }),
            inputs,
            mode,
            { status: true, skip: zeroBase ? 1 : 0 },
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  test.each([false, true])('an index out of range is reported, and index 0 is used (along %s)', (along) => {
    const [x, picks] = [tensor([10, 20, 30]), tensor([1, -4, 0], [3], 'int32')];
    const node = captureNode('scatterAdd', (b, i, u) => scatterAddNode(b, i, u, 0, along), [x, picks, x]);
    const [out, status] = runNode(
      node,
      lowerScatterAdd(node)!,
      [x['~values'], picks['~values'], x['~values']],
      mode,
      true,
    );
    expect([...new Int32Array(status!)]).toEqual([1, -4]);
    expect([...new Float32Array(out!)]).toEqual([60, 30, 30]);
  });
});
