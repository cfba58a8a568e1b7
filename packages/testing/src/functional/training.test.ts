// Training, checkpoints, files and workers of models with several inputs and outputs.
import { Dataset } from '@chainrule/data-loaders';
import { FormatError, OptionError, StateError } from '@chainrule/errors';
import { knownFunctions } from '@chainrule/layers-core';
import { conv2d, conv2dTranspose, globalAveragePool2d, maxPool2d } from '@chainrule/layers-conv';
import { dense, dropout, embedding } from '@chainrule/layers-dense';
import { add, concatenate } from '@chainrule/layers-merge';
import { batchNormalization } from '@chainrule/layers-normalization';
import { binaryCrossEntropy, meanSquaredError, sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { sparseCategoricalAccuracy } from '@chainrule/metrics';
import {
  apply,
  architectureOf,
  decodeModel,
  encodeCheckpoint,
  encodeModel,
  fromArchitecture,
  functional,
  getWeights,
  input,
  type LoadOptions,
  restoreCheckpoint,
  sequential,
  serveTraining,
  setTrainable,
  trainInWorker,
} from '@chainrule/model';
import { adam, sgd } from '@chainrule/optim';
import { Generator, randomNormal, relu, sigmoid, slice, tensor, type Tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

const known: LoadOptions = {
  ...knownFunctions,
  layers: {
    add,
    batchNormalization,
    concatenate,
    conv2d,
    conv2dTranspose,
    dense,
    dropout,
    embedding,
    globalAveragePool2d,
    maxPool2d,
  },
  activations: { relu, sigmoid },
};

/** Two inputs, a shared encoder with dropout and batch normalization, two outputs. */
function twoByTwo() {
  const inside = input([3]);
  const encoder = functional(
    inside,
    apply(inside, dense(6, { activation: relu }), batchNormalization(), dropout(0.3)),
    {
      name: 'encoder',
    },
  );
  const start = [input([3], { name: 'left' }), input([3], { name: 'right' })] as const;
  const joined = apply([apply(start[0], encoder), apply(start[1], encoder)], concatenate(), dense(5));
  const outputs = { kind: apply(joined, dense(3)), size: apply(joined, dense(1)) };
  return functional({ left: start[0], right: start[1] }, outputs);
}
const trainerOf = () =>
  twoByTwo().compile({
    optimizer: adam({ learningRate: 0.01 }),
    loss: { kind: sparseCategoricalCrossEntropy, size: meanSquaredError },
    lossWeights: { kind: 0.5, size: 2 },
    metrics: { kind: { accuracy: sparseCategoricalAccuracy() } },
    seed: 3,
  });

const rows = 11;
const x = { left: randomNormal(new Generator(1), [rows, 3]), right: randomNormal(new Generator(2), [rows, 3]) };
const y = {
  kind: tensor(
    Array.from({ length: rows }, (_, i) => i % 3),
    undefined,
    'int32',
  ),
  size: randomNormal(new Generator(3), [rows, 1]),
};
const weights = {
  kind: tensor(Array.from({ length: rows }, (_, i) => (i % 4 === 0 ? 0 : i))),
  size: tensor(Array.from({ length: rows }, (_, i) => 1 + (i % 2))),
};
const bits = (of: { variables(): { name: string; value: { value: Tensor } }[] }): unknown =>
  of.variables().map(({ name, value }) => [name, [...value.value.data]]);

describe('evaluate of two outputs', () => {
  test('is the same for batches of any size, with weights for each output', async () => {
    const trainer = trainerOf();
    const expected = await trainer.evaluate({ x, y, sampleWeight: weights }, { batchSize: rows });
    expect(expected['loss']).toBeCloseTo(0.5 * expected['kindLoss']! + 2 * expected['sizeLoss']!, 5);
    for (const batchSize of [1, 2, 3, 32]) {
      const found = await trainer.evaluate({ x, y, sampleWeight: weights }, { batchSize });
      for (const name of ['loss', 'kindLoss', 'sizeLoss', 'kindAccuracy'])
        expect(found[name]).toBeCloseTo(expected[name]!, 5);
    }
  });

  test('takes one weight for all outputs, or for some', async () => {
    const trainer = trainerOf();
    const all = await trainer.evaluate({ x, y, sampleWeight: weights.size });
    const both = await trainer.evaluate({ x, y, sampleWeight: { kind: weights.size, size: weights.size } });
    const one = await trainer.evaluate({ x, y, sampleWeight: { size: weights.size } });
    expect(all).toEqual(both);
    expect(one['sizeLoss']).toBe(both['sizeLoss']);
    expect(one['kindLoss']).not.toBe(both['kindLoss']);
  });

  test('leaves an output out whose weights are all 0', async () => {
    const found = await trainerOf().evaluate({ x, y, sampleWeight: { kind: zeros([rows]) } });
    expect(found['kindLoss']).toBeNaN();
    expect(found['loss']).toBeCloseTo(2 * found['sizeLoss']!, 5);
  });
});

describe('fit', () => {
  test('takes trees in every form, with the same result', async () => {
    const run = async (fit: (trainer: ReturnType<typeof trainerOf>) => Promise<unknown>): Promise<unknown> => {
      const trainer = trainerOf();
      return [await fit(trainer), bits(trainer.model)];
    };
    const options = { batchSize: 4, shuffle: false, epochs: 2 };
    const expected = await run((trainer) => trainer.fit({ x, y }, options));
    expect(await run((trainer) => trainer.fit(x, y, options))).toEqual(expected);
    const dataset = Dataset.fromTensors({ x, y }).batch(4);
    expect(await run((trainer) => trainer.fit(dataset as never, { epochs: 2 }))).toEqual(expected);
    const lists = {
      x: { left: x.left.toArray(), right: x.right.toArray() },
      y: { kind: y.kind.toArray(), size: y.size.toArray() },
    };
    expect(await run((trainer) => trainer.fit(lists as never, options))).toEqual(expected);
  });

  test('splits trees for validation, and reports each output of it', async () => {
    const [logs] = await trainerOf().fit(x, y, { validationSplit: 0.3 });
    expect(Object.keys(logs!)).toEqual([
      'epoch',
      'loss',
      'kindLoss',
      'sizeLoss',
      'kindAccuracy',
      'valLoss',
      'valKindLoss',
      'valSizeLoss',
      'valKindAccuracy',
    ]);
  });

  test('trains the outputs that have a loss, and predicts all', async () => {
    const trainer = twoByTwo().compile({ optimizer: sgd(), loss: { size: meanSquaredError }, seed: 1 });
    const [before] = trainer.model
      .layer('dense_1')
      .variables()
      .map(({ value }) => value.value);
    const logs = await trainer.trainStep({ x, y: { size: y.size } });
    expect(Object.keys(logs)).toEqual(['loss']);
    expect(trainer.model.layer('dense_1').variables()[0]!.value.value).toEqual(before);
    expect((await trainer.predict(x)).kind.shape).toEqual([rows, 3]);
  });

  test('reads indices of an embedding in an inner model as integers', async () => {
    const words = input([4], { name: 'words' });
    const inner = sequential(input([4]), embedding(9, 2));
    const trainer = functional({ words }, apply(words, inner, dense(1))).compile({
      optimizer: sgd(),
      loss: meanSquaredError,
    });
    const found = await trainer.predict({ words: [[1, 2, 3, 8]] });
    expect(found.shape).toEqual([1, 4, 1]);
  });

  test.each<[string, () => Promise<unknown>, string]>([
    [
      'a missing input',
      () => trainerOf().fit({ left: x.left } as never, y),
      'fit: `x` must be an object with left, right, got one with left',
    ],
    [
      'a missing target',
      () => trainerOf().fit(x, { size: y.size } as never),
      'fit: `y` must be an object with kind, size, got one with size',
    ],
    [
      'one tensor for two outputs',
      () => trainerOf().fit(x, y.size as never),
      'fit: `y` must be an object with kind, size, got',
    ],
    [
      'another number of samples',
      () => trainerOf().fit({ left: x.left, right: slice(x.right, [0, 0], [5, -1]) }, y),
      'fit: `x.right` must have as many samples as the other inputs, 11, got shape [5,3]',
    ],
    [
      'another shape',
      () => trainerOf().fit({ left: x.left, right: zeros([rows, 4]) as never }, y),
      'fit: `x.right` must have shape [batch,3], got [11,4]',
    ],
    [
      'weights of another output',
      () => trainerOf().fit({ x, y, sampleWeight: { speed: weights.size } }),
      'fit: unknown option `speed`',
    ],
    [
      'class weights',
      () => trainerOf().fit(x, y, { classWeights: { 0: 2 } }),
      'fit: `classWeights` need a model with one output',
    ],
  ])('refuses %s', async (_, fit, message) => {
    await expect(fit()).rejects.toThrow(message);
  });

  test.each<[string, object, string]>([
    [
      'one loss',
      { loss: meanSquaredError },
      'compile: `loss` must be an object by output, because the model has several: kind, size',
    ],
    [
      'a loss of another output',
      { loss: { speed: meanSquaredError } },
      'compile: `loss` must be by output, kind, size, got speed',
    ],
    [
      'a weight of another output',
      { loss: { kind: meanSquaredError }, lossWeights: { speed: 1 } },
      'compile: `lossWeights` must be by output, kind, size, got speed',
    ],
    [
      'a weight in words',
      { loss: { kind: meanSquaredError }, lossWeights: { kind: 'much' } },
      'compile: `lossWeights.kind` must be a finite number',
    ],
    ['no loss', { loss: {} }, 'compile: `loss` must be a loss for at least one output'],
    [
      'a metric that is not one',
      { loss: { kind: meanSquaredError }, metrics: { kind: [3] } },
      'compile: `metrics.kind[0]` must be a metric',
    ],
  ])('compile refuses %s', (_, options, message) => {
    expect(() => twoByTwo().compile({ optimizer: sgd(), ...options } as never)).toThrow(OptionError);
    expect(() => twoByTwo().compile({ optimizer: sgd(), ...options } as never)).toThrow(message);
  });

  test('looks for a sigmoid at the end of each output, also in an inner model', () => {
    const start = input([3]);
    const inner = sequential(input([3]), dense(1, { activation: sigmoid }));
    const model = functional(start, { safe: apply(start, dense(1)), sure: apply(start, inner) });
    expect(() =>
      model.compile({ optimizer: sgd(), loss: { safe: binaryCrossEntropy, sure: binaryCrossEntropy } }),
    ).toThrow('compile: `loss` takes logits, but the model ends with `sigmoid`');
  });
});

describe('a U-Net with two outputs and a frozen inner model', () => {
  function uNet() {
    const image = input([8, 8, 1]);
    const encoder = sequential(
      input([8, 8, 1]),
      conv2d({ filters: 4, kernelSize: 3, padding: 'same' }),
      batchNormalization(),
    ).build({ seed: 5 });
    encoder.trainable = false;
    const fine = apply(image, encoder);
    const coarse = apply(fine, maxPool2d(), conv2d({ filters: 4, kernelSize: 3, padding: 'same', activation: relu }));
    const up = apply([fine, apply(coarse, conv2dTranspose({ filters: 4, kernelSize: 2, strides: 2 }))], add());
    const outputs = {
      mask: apply(up, conv2d({ filters: 1, kernelSize: 1 })),
      kind: apply(coarse, globalAveragePool2d(), dense(2)),
    };
    return { encoder, model: functional(image, outputs) };
  }
  const images = randomNormal(new Generator(4), [6, 8, 8, 1]);
  const targets = { mask: images, kind: tensor([0, 1, 0, 1, 0, 1], undefined, 'int32') };

  test('trains around the frozen part, whose moving statistics stay', async () => {
    const { encoder, model } = uNet();
    const [frozen, counted] = [bits(encoder), model.build({ seed: 1 }).countParameters()];
    const trainer = model.compile({
      optimizer: adam({ learningRate: 0.01 }),
      loss: { mask: meanSquaredError, kind: sparseCategoricalCrossEntropy },
    });
    expect(counted).toEqual({ total: 40 + 16 + 148 + 68 + 5 + 10, trainable: 148 + 68 + 5 + 10 });
    const history = await trainer.fit(images, targets, { epochs: 15, batchSize: 3 });
    expect(history.at(-1)!['loss']).toBeLessThan(history[0]!['loss']!);
    expect(bits(encoder)).toEqual(frozen);
    setTrainable(encoder, true);
    await expect(trainer.fit(images, targets)).rejects.toThrow(StateError);
  });

  test('comes back from its file, frozen as it was', async () => {
    const { model } = uNet();
    model.build({ seed: 1 });
    const loaded = await decodeModel<[number, 8, 8, 1], { mask: [number, 8, 8, 1]; kind: [number, 2] }>(
      await encodeModel(model),
      known,
    );
    expect(bits(loaded)).toEqual(bits(model));
    expect(loaded.countParameters()).toEqual(model.countParameters());
    expect(loaded.call(images)).toEqual(model.call(images));
    expect(loaded.summary()).toBe(model.summary());
  });
});

describe('saving', () => {
  test('keeps shared models, names and forms', async () => {
    const model = twoByTwo().build({ seed: 2 });
    const loaded = await decodeModel(await encodeModel(model), known);
    expect(architectureOf(loaded as never)).toEqual(architectureOf(model));
    expect(loaded.call(x as never)).toEqual(model.call(x));
    expect(Object.keys(getWeights(loaded))).toEqual(Object.keys(getWeights(model)));
    expect((loaded.inputs as unknown as { left: { name: string } }).left.name).toBe('left');
  });

  test('continues from a checkpoint bit for bit', async () => {
    const options = { batchSize: 4, shuffle: true };
    const whole = trainerOf();
    for (let epoch = 0; epoch < 3; epoch++) await whole.fit(x, y, options);
    const first = trainerOf();
    await first.fit(x, y, options);
    const second = trainerOf();
    await restoreCheckpoint(await encodeCheckpoint(first), second);
    for (let epoch = 1; epoch < 3; epoch++) await second.fit(x, y, options);
    expect(bits(second.model)).toEqual(bits(whole.model));
  });

  const json = (): Record<string, unknown> =>
    JSON.parse(JSON.stringify(architectureOf(twoByTwo().build()))) as Record<string, unknown>;
  const nodes = (change: (list: Record<string, unknown>[]) => void): Record<string, unknown> => {
    const saved = json();
    change(saved['nodes'] as Record<string, unknown>[]);
    return saved;
  };
  const deep = (levels: number): unknown =>
    levels === 0
      ? { name: 'm', inputs: [], nodes: [], outputs: [] }
      : {
          name: 'm',
          inputs: [{ name: 'x', shape: [3] }],
          nodes: [{ type: '$model', model: deep(levels - 1) }],
          outputs: [[1, 0]],
        };

  test.each<[string, () => unknown, string]>([
    [
      'a node that takes its own output',
      () => nodes((list) => (list[0]!['inputs'] = [[2, 0]])),
      'must refer to an output of an input or a node before it, got [2,0]',
    ],
    [
      'a node that takes a later one',
      () => nodes((list) => (list[0]!['inputs'] = [[4, 0]])),
      'must refer to an output of an input or a node before it, got [4,0]',
    ],
    [
      'an output that is not there',
      () => nodes((list) => (list[0]!['inputs'] = [[0, 1]])),
      'must refer to an output of an input or a node before it, got [0,1]',
    ],
    [
      'a source that is not there',
      () => ({
        ...json(),
        outputs: [
          [99, 0],
          [99, 0],
        ],
      }),
      'must refer to an output of an input or a node before it, got [99,0]',
    ],
    [
      'a shared layer that is not there',
      () => nodes((list) => (list[1] = { layer: 0, inputs: [[1, 0]] })),
      '`layer` must be a node before it that makes a layer',
    ],
    [
      'a shared layer from later',
      () => nodes((list) => (list[0] = { layer: 5, inputs: [[0, 0]] })),
      '`layer` must be a node before it that makes a layer',
    ],
    [
      'a negative reference',
      () => ({ ...json(), outputs: [[-1, 0]] }),
      '`outputs` must be a list of `[source, index]`',
    ],
    [
      'places that repeat',
      () => ({ ...json(), inputPlaces: { left: 0, right: 0 } }),
      '`inputPlaces` must be a tree that holds the places 0 to 1 once each',
    ],
    [
      'places that are missing',
      () => ({ ...json(), outputPlaces: { kind: 0 } }),
      '`outputPlaces` must be a tree that holds the places 0 to 1 once each',
    ],
    [
      'models that are nested too deep',
      () => ({ ...json(), ...(deep(50) as object), inputPlaces: 0, outputPlaces: 0 }),
      'models must be nested at most 20 deep',
    ],
    [
      'two inputs for a dense layer',
      () =>
        nodes(
          (list) =>
            (list[3]!['inputs'] = [
              [0, 0],
              [1, 0],
            ]),
        ),
      '`inputs` must hold one input, got 2',
    ],
  ])('refuses %s', (_, make, message) => {
    expect(() => fromArchitecture(make(), known)).toThrow(FormatError);
    expect(() => fromArchitecture(make(), known)).toThrow(message);
  });
});

test('a worker trains and predicts trees', async () => {
  const { port1, port2 } = new MessageChannel();
  const _service = serveTraining(
    (_: object) => ({ trainer: trainerOf(), data: { x, y }, fit: { epochs: 2 } }),
    port1 as never,
  );
  const training = trainInWorker<typeof _service>(port2);
  const epochs: string[][] = [];
  await training.start({}, { onEpochEnd: (logs) => void epochs.push(Object.keys(logs)) });
  expect(epochs[0]).toEqual(['epoch', 'loss', 'kindLoss', 'sizeLoss', 'kindAccuracy']);
  const found = await training.predict<{ kind: Tensor; size: Tensor }>(x);
  const loaded = await decodeModel<{ left: [number, 3]; right: [number, 3] }, { kind: [number, 3]; size: [number, 1] }>(
    await training.model(),
    known,
  );
  const expected = loaded.call(x);
  for (const name of ['kind', 'size'] as const)
    found[name].data.forEach((v, i) => expect(v).toBeCloseTo(expected[name].data[i]!, 5));
  training.terminate();
});
