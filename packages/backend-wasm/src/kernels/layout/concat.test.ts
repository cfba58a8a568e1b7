import { compile } from '@chainrule/compiler';
import { type Tensor, tensor } from '@chainrule/tensor';
import { concatNode } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerConcat } from './concat.ts';
import { modes } from '../../../testing/modes.ts';
import { captureNode } from '../../../testing/node.ts';
import { expectReference, placed, storage, values } from '../../../testing/values.ts';
import { startWasm } from '../../backend/wasm.ts';

describe.each(modes)('concat in mode %s', (mode) => {
  test('concat joins inputs, including empty ones', () => {
    fc.assert(
      fc.property(
        placed,
        storage,
        fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }),
        ({ shape, axis, seed }, dtype, sizes) => {
          const inputs = [...sizes, 1].map((n, k) =>
            values(
              shape.map((m, i) => (i === axis ? n : m)),
              dtype,
              seed + k,
            ),
          );
          expectReference('concat', (...all) => concatNode(all, axis), lowerConcat, inputs, mode);
        },
      ),
      { numRuns: 40 },
    );
    expectReference(
      'concat',
      (...all) => concatNode(all, 0),
      lowerConcat,
      [values([70001], 'uint8', 1), values([30000], 'uint8', 2)],
      mode,
    );
  });
});

test('concat does not lower float64', () => {
  expect(
    lowerConcat(captureNode('concat', (t) => concatNode([t, t], 0), [tensor([1, 2], undefined, 'float64')])),
  ).toBeUndefined();
});

test.each([
  [0, [3]],
  [1, [5, 1]],
])('more inputs than a function has parameters, along axis %i', (axis, shape) => {
  const inputs = Array.from({ length: 1203 }, (_, k) => values(shape, 'float32', k));
  const fn = (...all: Tensor[]): Tensor => concatNode(all, axis);
  for (const threads of [1, 2])
    expect(compile(fn, { backend: startWasm({ threads }) })(...inputs)).toEqual(fn(...inputs));
});
