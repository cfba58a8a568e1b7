import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import type { Tensor } from '@chainrule/tensor';
import { expect, test } from 'vitest';
import { checkHessianProduct } from './checkHessianProduct.ts';
import { batch, makeModel } from './cnn.ts';

test('gate 1: gradients of the loss and a Hessian-vector product pass the float64 check', () => {
  const model = makeModel('float64');
  const { x, y } = batch(1, 'float64');
  const variables = model.trainableVariables();
  const start = model.rng.counter.value;
  const statistics = model.variables().filter(({ value }) => !value.trainable);
  const before = statistics.map(({ value }) => value.value);
  const values = variables.map((v) => v.value);
  const loss = (weights: readonly Tensor[]): Tensor => {
    model.rng.counter.assign(start);
    statistics.forEach(({ value }, i) => value.assign(before[i]!));
    variables.forEach((v, i) => v.assign(weights[i]!));
    return sparseCategoricalCrossEntropy(model.call(x, { training: true }), y);
  };
  expect(checkHessianProduct(loss, values)).toBe(2 * values.reduce((n, v) => n + v.size, 0));
});
