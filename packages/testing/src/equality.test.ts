import { tensor } from '@chainrule/tensor';
import { expect, test } from 'vitest';

test('assertions of equality compare the values, shapes and types of tensors', () => {
  expect(tensor([1, 2])).toEqual(tensor([1, 2]));
  expect({ x: [tensor([1, NaN])] }).toStrictEqual({ x: [tensor([1, NaN])] });
  for (const other of [tensor([1, 3]), tensor([[1, 2]]), tensor([1, 2], undefined, 'float64'), [1, 2]]) {
    expect(tensor([1, 2])).not.toEqual(other);
    expect([{ x: tensor([1, 2]) }]).not.toStrictEqual([{ x: other }]);
  }
});
