import { add, dense, input, meanSquaredError, sequential, sgd, tensor } from 'chainrule';
import { expect, test } from 'vitest';

test('tensors compare by their values', () => {
  expect(add(tensor([1, 2]), 1)).toEqual(tensor([2, 3]));
  expect(tensor([1, 2])).not.toEqual(tensor([1, 3]));
});

test('a model learns', async () => {
  const trainer = sequential(input([1]), dense(1)).compile({
    optimizer: sgd({ learningRate: 0.1 }),
    loss: meanSquaredError,
  });
  const [first, second] = await trainer.fit({ x: [[0], [1]], y: [[1], [3]] }, { epochs: 2 });
  expect(second.loss).toBeLessThan(first.loss);
});
