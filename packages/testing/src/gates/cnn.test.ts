import { checkGradients, hessianVectorProduct, valueAndGrad } from '@chainrule/autograd';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { batch, makeModel, run } from './cnn.ts';

describe('gate 1: a CNN with batch norm, dropout and Adam', () => {
  test('20 steps captured equal 20 steps eager bit for bit: weights, statistics, moments, masks, counters', () => {
    const eager = run('eager');
    expect(run({ fuse: false })).toEqual(eager);
    expect(Object.keys(eager).filter((name) => name.includes('moving'))).toHaveLength(2);
    expect(eager['counter']![0]).toBeGreaterThanOrEqual(40);
    expect(eager['losses']![19]).not.toBe(eager['losses']![0]);
  });

  test('neither simplification nor fusion changes a bit on the reference', () => {
    const plain = run({ fuse: false, simplify: false });
    expect(run({ fuse: true })).toEqual(plain);
    expect(run({ fuse: true, simplify: false })).toEqual(plain);
  });

  test('a Hessian-vector product of the loss passes the float64 check', () => {
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
    const report = checkGradients((...weights) => loss(weights), values, { order: 2, tolerance: 2e-5 });
    expect(report.compared).toBe(2 * values.reduce((n, v) => n + v.size, 0));

    const direction = values.map(
      (v, k) =>
        tensor(
          Float64Array.from({ length: v.size }, (_, i) => Math.sin(i + k)),
          v.shape,
          'float64',
        ) as Tensor,
    );
    const product = hessianVectorProduct((w: readonly Tensor[]) => loss(w))(values, direction);
    const h = 1e-5;
    const slope = (sign: number): number[] => {
      const at = values.map(
        (v, k) =>
          tensor(
            v.data.map((a, i) => a + sign * h * direction[k]!.data[i]!),
            v.shape,
            'float64',
          ) as Tensor,
      );
      return valueAndGrad((w: readonly Tensor[]) => loss(w))(at)[1].flatMap((g) => [...g.data]);
    };
    const [up, down] = [slope(1), slope(-1)];
    product
      .flatMap((p) => [...p.data])
      .forEach((p, i) => expect(Math.abs(p - (up[i]! - down[i]!) / (2 * h))).toBeLessThan(1e-5 * (1 + Math.abs(p))));
  });
});
