import assert from 'node:assert';
import { inspect } from 'node:util';
import { wasm } from '@chainrule/backend-wasm';
import { compile } from '@chainrule/compiler';
import { mul, tensor, Variable, zeros } from '@chainrule/tensor';
import { expect, test } from 'vitest';

const others = [
  tensor([1, 3]),
  tensor([[1, 2]]),
  tensor([1, 2], undefined, 'float64'),
  tensor([1, 2, 3]),
  tensor([1, -0]),
  zeros([0]),
  [1, 2],
];

test('assertions of equality compare the values, shapes and types of tensors', () => {
  expect(tensor([1, 2])).toEqual(tensor([1, 2]));
  expect({ x: [tensor([1, NaN])] }).toStrictEqual({ x: [tensor([1, NaN])] });
  assert.deepStrictEqual({ x: tensor([1, NaN]) }, { x: tensor([1, NaN]) });
  for (const other of others) {
    expect(tensor([1, 2])).not.toEqual(other);
    expect([{ x: tensor([1, 2]) }]).not.toStrictEqual([{ x: other }]);
    assert.notDeepStrictEqual([tensor([1, 2])], [other]);
  }
  assert.notDeepStrictEqual(tensor([0]), tensor([-0]));
});

test('variables are compared by their values, also where a backend holds them', async () => {
  const [a, b, c] = [1, 1, 2].map((value) => new Variable(tensor([value])));
  expect(a).toEqual(b);
  expect(a).not.toEqual(c);
  assert.deepStrictEqual(a, b);
  assert.notDeepStrictEqual(a, c);
  const backend = await wasm({ threads: 1 });
  compile(() => b!.assign(mul(b!.value, 2)), { backend })();
  expect(a).not.toEqual(b);
  expect(b).toEqual(c);
  backend.close();
});

test('consoles show readable values', () => {
  expect(inspect(tensor([[1, 2.5]]))).toBe('Tensor float32 [1,2] [[1, 2.5]]');
  expect(inspect({ x: tensor([true], 'bool') })).toBe('{ x: Tensor bool [1] [true] }');
  expect(inspect(new Variable(tensor([1]), { name: 'dense/bias' }))).toBe("Variable 'dense/bias' float32 [1] [1]");
});
