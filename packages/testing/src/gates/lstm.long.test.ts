import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import type { Tensor } from '@chainrule/tensor';
import { expect, test } from 'vitest';
import { checkHessianProduct } from './checkHessianProduct.ts';
import { batch, makeModel } from './lstm.ts';

test.each([undefined, 4])(
  'gate 2: gradients of the loss and a Hessian-vector product pass the float64 check (checkpointEvery %s)',
  (checkpointEvery) => {
    const model = makeModel(checkpointEvery, 'float64');
    const { x, y } = batch(1);
    const variables = model.trainableVariables();
    const start = model.rng.counter.value;
    const values = variables.map((v) => v.value);
    const loss = (weights: readonly Tensor[]): Tensor => {
      model.rng.counter.assign(start);
      variables.forEach((v, i) => v.assign(weights[i]!));
      return sparseCategoricalCrossEntropy(model.call(x, { training: true }), y);
    };
    expect(checkHessianProduct(loss, values)).toBeGreaterThan(0);
  },
);
