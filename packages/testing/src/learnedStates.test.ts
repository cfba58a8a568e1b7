// Recurrent layers that learn their initial states, in models, training and files.
import { knownFunctions } from '@chainrule/layers-core';
import { dense } from '@chainrule/layers-dense';
import { bidirectional, lstm, simpleRnn } from '@chainrule/layers-recurrent';
import { meanSquaredError } from '@chainrule/losses';
import {
  decodeModel,
  encodeCheckpoint,
  encodeModel,
  input,
  restoreCheckpoint,
  sequential,
  type Trainer,
} from '@chainrule/model';
import { adam, sgd } from '@chainrule/optim';
import { Generator, randomUniform, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

const linear = (x: Tensor): Tensor => x;

/** h′ = h + x for one unit, with all weights but the initial state frozen at 1. */
function adding(stateful?: number) {
  const layer = simpleRnn(1, {
    activation: linear,
    useBias: false,
    learnInitialState: true,
    ...(stateful && { stateful }),
  });
  const model = sequential(input([1, 1]), layer).build();
  for (const { name, value } of layer.variables())
    if (name.toLowerCase().endsWith('kernel')) {
      value.assign(tensor([[1]]));
      value.trainable = false;
    }
  const start = layer.variables().find(({ name }) => name === 'initialState0')!.value;
  return {
    layer,
    h0: () => start.value.toArray() as number[],
    trainer: model.compile({ optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError, seed: 1 }),
  };
}

const column = (...values: number[]): Tensor => tensor(values, [values.length, 1]);
const sequences = (...values: number[]): Tensor => tensor(values, [values.length, 1, 1]);

describe('learned initial states', () => {
  test('descend along the gradient, summed over samples', async () => {
    // L = Σ (h0 + x − y)² / 2; dL/dh0 = Σ (h0 + x − y) = (0 − 1) + (2 − 5) = −4, so one step of 0.1 gives 0.4.
    const { trainer, h0 } = adding();
    await trainer.trainStep({ x: sequences(0, 2), y: column(1, 5) });
    expect(h0()[0]).toBeCloseTo(0.4, 6);
    // (0.4 − 1) + (2.4 − 5) = −3.2.
    await trainer.trainStep({ x: sequences(0, 2), y: column(1, 5) });
    expect(h0()[0]).toBeCloseTo(0.72, 6);
  });

  test('of a stateful layer learn from the first batch after a reset only', async () => {
    const { trainer, layer, h0 } = adding(1);
    const step = () => trainer.trainStep({ x: sequences(0), y: column(1) });
    await step(); // dL/dh0 = 2·(0 − 1)
    expect(h0()[0]).toBeCloseTo(0.2, 6);
    await step(); // Starts from the state 0 that the first batch left.
    expect(h0()[0]).toBeCloseTo(0.2, 6);
    layer.resetStates();
    await step(); // dL/dh0 = 2·(0.2 − 1)
    expect(h0()[0]).toBeCloseTo(0.36, 6);
  });

  test('count as parameters: 80,384 of an LSTM of 128 units on 28 features, and 2·128', () => {
    const model = sequential(input([28, 28]), lstm(128, { learnInitialState: true })).build();
    expect(model.countParameters()).toEqual({ total: 80_640, trainable: 80_640 });
  });

  const make = (seed: number): Trainer =>
    sequential(
      input([3, 2]),
      bidirectional(lstm(2, { learnInitialState: true, returnSequences: true })),
      simpleRnn(3, { learnInitialState: true, stateful: 4 }),
      dense(1),
    ).compile({ optimizer: adam({ learningRate: 0.01 }), loss: meanSquaredError, seed });
  const x = randomUniform(new Generator(1), [12, 3, 2]);
  const data = { x, y: randomUniform(new Generator(2), [12, 1]) };

  test('come back from the file of a model', async () => {
    const trainer = make(1);
    await trainer.fit(data, { batchSize: 4, epochs: 2, shuffle: false });
    const known = { ...knownFunctions, layers: { bidirectional, lstm, simpleRnn, dense }, activations: {} };
    const loaded = await decodeModel(await encodeModel(trainer.model), known);
    const batch = randomUniform(new Generator(3), [4, 3, 2]);
    expect(loaded.call(batch).toArray()).toEqual(trainer.model.call(batch).toArray());
  });

  test('go on from a checkpoint to the same bits', async () => {
    const [whole, first, second] = [make(1), make(1), make(9)] as [Trainer, Trainer, Trainer];
    const options = { batchSize: 4, shuffle: false };
    await whole.fit(data, { ...options, epochs: 3 });
    await first.fit(data, { ...options, epochs: 1 });
    await restoreCheckpoint(await encodeCheckpoint(first), second);
    await second.fit(data, { ...options, epochs: 3, initialEpoch: 1 });
    expect(await encodeCheckpoint(second)).toEqual(await encodeCheckpoint(whole));
  });
});
