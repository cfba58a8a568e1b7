import { tensor } from '@chainrule/tensor';
import { padNode } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerPad } from './pad.ts';
import { modes } from '../../../testing/modes.ts';
import { captureNode } from '../../../testing/node.ts';
import { draws, expectReference, shapes, storage, values } from '../../../testing/values.ts';

describe.each(modes)('pad in mode %s', (mode) => {
  test('pad inserts a value around elements and between them', () => {
    fc.assert(
      fc.property(shapes, storage, fc.nat(), fc.boolean(), (shape, dtype, seed, isPartial) => {
        const next = draws(seed);
        const pick = (): number => (isPartial && next(2) ? 0 : next(3));
        const [before, interior, after] = [shape.map(pick), shape.map(pick), shape.map(pick)] as [
          number[],
          number[],
          number[],
        ];
        const padded = shape.map((n, i) => before[i]! + n + (n - 1) * interior[i]! + after[i]!);
        if (padded.every((n, i) => n === shape[i]) || padded.reduce((a, b) => a * b) > 500000) return;
        const value = dtype === 'float32' ? [0, 1.5, -Infinity][next(3)]! : dtype === 'bool' ? next(2) : next(100);
        expectReference(
          'view',
          (x) => padNode(x, before, padded, { interior, value }),
          lowerPad,
          [values(shape, dtype, seed)],
          mode,
        );
      }),
      { numRuns: 40 },
    );
  });
});

test('pad does not lower float64', () => {
  expect(
    lowerPad(captureNode('view', (t) => padNode(t, [1], [3]), [tensor([1, 2], undefined, 'float64')])),
  ).toBeUndefined();
});
