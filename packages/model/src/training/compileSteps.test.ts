import { l2, nonNeg } from '@chainrule/layers-core';
import { mean, sum, tensor, type Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import type { Trainer } from './trainer.ts';
import { input } from '../graph/input.ts';
import { sequential, type Sequential } from '../graph/sequential.ts';
import { affine, descent } from '../../testing/model.ts';
import { setTrainable } from '../graph/weights.ts';

const one = { x: tensor([[1, 2]]), y: tensor([[0]]) };

/** Two inputs of weights 3 and −1 to one output; the loss is the output's mean. */
function plain(
  options: Parameters<typeof affine>[1],
  rate = 0.1,
): { model: Sequential; trainer: Trainer; kernel: Variable } {
  const model = sequential(input([2]), affine(1, options));
  const trainer = model.compile({ optimizer: descent(rate), loss: (p) => mean(p) });
  const kernel = trainer.model.variables()[0]!.value;
  kernel.assign(tensor([[3], [-1]]));
  return { model, trainer, kernel };
}

describe('penalties', () => {
  test('are added to the loss, and pull at the weights', async () => {
    const { trainer, kernel } = plain({ kernelRegularizer: l2(0.25) });
    // 3·1 − 1·2 and 0.25 · (9 + 1).
    expect((await trainer.trainStep(one))['loss']).toBe(1 + 2.5);
    // −0.1 · (x + 2 · 0.25 · w)
    kernel.value.data.forEach((w, i) => expect(w).toBeCloseTo([3 - 0.1 * (1 + 1.5), -1 - 0.1 * (2 - 0.5)][i]!, 6));
  });

  test('count once in evaluation, whatever the batches', async () => {
    const { trainer } = plain({ kernelRegularizer: l2(0.25) });
    const rows = {
      x: tensor([
        [1, 2],
        [1, 2],
        [1, 2],
      ]),
      y: tensor([[0], [0], [0]]),
    };
    const losses = await Promise.all([1, 2, 3].map((batchSize) => trainer.evaluate(rows, { batchSize })));
    expect(losses).toEqual([{ loss: 3.5 }, { loss: 3.5 }, { loss: 3.5 }].map((logs) => ({ ...logs })));
  });

  test('of frozen weights do not count, as in Keras', async () => {
    const { model } = plain({ kernelRegularizer: l2(0.25) });
    setTrainable(model.layers[0]!, false);
    const { loss } = await model.compile({ optimizer: descent(1), loss: (p) => mean(p) }).evaluate(one);
    expect([loss, model.penalties()]).toEqual([1, []]);
  });

  test('of all layers add up', async () => {
    const model = sequential(
      input([2]),
      affine(1, { kernelRegularizer: l2(1), biasRegularizer: l2(2) }),
      affine(1, { kernelRegularizer: l2(3) }),
    ).build();
    for (const { value } of model.variables())
      value.assign(
        value.shape.length === 2 ? tensor(new Float32Array(value.value.size).fill(1), value.shape) : tensor([2]),
      );
    // 1·(1 + 1) + 2·4 + 3·1, and the output 1·(1 + 2 + 2) + 2.
    expect(model.penalties().map((t) => t.item())).toEqual([2, 8, 3]);
    const trainer = model.compile({ optimizer: descent(0), loss: (p) => sum(p) });
    expect((await trainer.trainStep(one))['loss']).toBe(13 + 7);
  });
});

describe('constraints', () => {
  test('are applied after the step, inside it', async () => {
    const { trainer, kernel } = plain({ kernelConstraint: nonNeg() }, 1);
    // The loss is that of the weights before: 3 − 2. Then 3 − 1 and max(0, −1 − 2).
    expect((await trainer.trainStep(one))['loss']).toBe(1);
    expect(kernel.value.toArray()).toEqual([[2], [0]]);
    expect((await trainer.trainStep(one))['loss']).toBe(2 - 1); // the bias has moved by −1
    expect(kernel.value.toArray()).toEqual([[1], [0]]);
  });

  test('leave frozen weights alone', async () => {
    const model = sequential(input([2]), affine(1, { kernelConstraint: nonNeg() }), affine(1)).build();
    const [kernel, , thawed] = model.variables().map(({ value }) => value) as [Variable, Variable, Variable];
    kernel.assign(tensor([[3], [-1]]));
    setTrainable(model.layers[0]!, false);
    const before = thawed.value.toArray();
    await model.compile({ optimizer: descent(1), loss: (p) => mean(p) }).trainStep(one);
    expect(kernel.value.toArray()).toEqual([[3], [-1]]);
    expect(thawed.value.toArray()).not.toEqual(before);
  });
});
