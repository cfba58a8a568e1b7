import { tensor, Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { applyUpdates } from './applyUpdates.ts';

describe('applyUpdates', () => {
  test('adds each update to its variable', () => {
    const [a, b] = [new Variable(tensor([1, 2])), new Variable(tensor(10))];
    applyUpdates([a, b], [tensor([0.5, -2]), tensor(1)]);
    expect([a.value.toArray(), b.value.item()]).toEqual([[1.5, 0], 11]);
  });

  test('does not change tensors that were read before', () => {
    const w = new Variable(tensor([1]));
    const before = w.value;
    applyUpdates([w], [tensor([1])]);
    expect([before.item(), w.value.item()]).toEqual([1, 2]);
  });

  test('throws for another number of updates, and others than the variable’s shape and dtype', () => {
    const w = new Variable(tensor([1, 2]), { name: 'w' });
    expect(() => applyUpdates([w], [])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: applyUpdates: expects 1 updates, got 0]`,
    );
    expect(() =>
      applyUpdates(
        [w],
        [
          tensor([
            [1, 2],
            [3, 4],
          ]),
        ],
      ),
    ).toThrowErrorMatchingInlineSnapshot(`[ShapeError: assign: \`w\` has shape [2], got [2,2]]`);
    expect(() => applyUpdates([w], [tensor([1, 2], undefined, 'float64')])).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: add: expects one dtype, got float32 and float64; convert one with \`cast\`]`,
    );
    expect(w.value.toArray()).toEqual([1, 2]);
  });
});
