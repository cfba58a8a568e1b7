import { ChainruleError } from '@chainrule/errors';
import { multiHeadAttention } from '@chainrule/layers-attention';
import { conv2d } from '@chainrule/layers-conv';
import { dense, dropout, embedding, flatten } from '@chainrule/layers-dense';
import { bidirectional, lstm } from '@chainrule/layers-recurrent';
import { binaryCrossEntropy, meanSquaredError, sparseCategoricalCrossEntropy } from '@chainrule/losses';
import {
  binaryAccuracy,
  confusionMatrix,
  perplexity,
  sparseCategoricalAccuracy,
  sparseTopKAccuracy,
} from '@chainrule/metrics';
import {
  earlyStopping,
  input,
  modelCheckpoint,
  sequential,
  sequentialOf,
  setTrainable,
  type Trainer,
} from '@chainrule/model';
import { adam, scaleByAdam, sgd } from '@chainrule/optim';
import { relu, tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

/** As JavaScript callers see a function. */
type Loose = (...args: unknown[]) => unknown;
const loose = (fn: unknown): Loose => fn as Loose;

const classes = (): Trainer =>
  sequential(input([2]), dense(3)).compile({
    seed: 1,
    optimizer: sgd(),
    loss: sparseCategoricalCrossEntropy,
    metrics: [sparseCategoricalAccuracy()],
  });
const rows = [
  [0, 1],
  [1, 0],
  [1, 1],
];

describe('arrays in the place of tensors', () => {
  const tensors = { x: tensor(rows), y: tensor([0, 2, 1], undefined, 'int32'), sampleWeight: tensor([1, 0.5, 2]) };
  const forms = {
    'nested arrays': { x: rows, y: [0, 2, 1], sampleWeight: [1, 0.5, 2] },
    'typed arrays, one a sample': {
      x: rows.map((row) => Float32Array.from(row)),
      y: Int32Array.of(0, 2, 1),
      sampleWeight: Float64Array.of(1, 0.5, 2),
    },
    'typed arrays of everything': {
      x: Float32Array.from(rows.flat()),
      y: Uint8Array.of(0, 2, 1),
      sampleWeight: Float32Array.of(1, 0.5, 2),
    },
  };

  test.each(Object.entries(forms))('%s give the results of tensors in every method', async (_, given) => {
    const [a, b] = [classes(), classes()];
    expect(await b.trainStep(given)).toEqual(await a.trainStep(tensors));
    expect(await b.fit(given, { epochs: 2, batchSize: 2, validation: given })).toEqual(
      await a.fit(tensors, { epochs: 2, batchSize: 2, validation: tensors }),
    );
    expect(await b.fit([given, given])).toEqual(await a.fit([tensors, tensors]));
    const { x, y } = tensors;
    expect(await b.fit(given.x, given.y, { epochs: 2 })).toEqual(await a.fit({ x, y }, { epochs: 2 }));
    expect(await b.evaluate(given.x, given.y, { batchSize: 2 })).toEqual(await a.evaluate({ x, y }, { batchSize: 2 }));
    expect(await b.evaluate(x, y)).toEqual(await a.evaluate({ x, y }));
    expect(await b.evaluate(given)).toEqual(await a.evaluate(tensors));
    expect(await b.evaluate([given])).toEqual(await a.evaluate([tensors]));
    expect((await b.predict(given.x)).toArray()).toEqual((await a.predict(tensors.x)).toArray());
  });

  test('take the dtype that the model and the loss want', async () => {
    const words = sequential(input([3]), embedding(10, 4), flatten(), dense(1)).compile({
      optimizer: sgd(),
      loss: binaryCrossEntropy,
    });
    expect((await words.predict([[1, 2, 9]])).shape).toEqual([1, 1]);
    await words.trainStep({ x: [[1, 2, 9]], y: [[1]] });
    const double = sequential(input([1]), dense(1)).compile({
      dtype: 'float64',
      optimizer: sgd(),
      loss: meanSquaredError,
    });
    expect((await double.predict([[0.1]])).dtype).toBe('float64');
    await double.trainStep({ x: [[0.1]], y: [[1]] });
  });

  test.each<[string, (trainer: Trainer) => unknown, string]>([
    ['ragged rows', (t) => t.predict([[1, 2], [3]] as never), 'predict: `x` must hold numbers of one shape: tensor: '],
    ['words', (t) => t.predict(['a', 'b'] as never), 'predict: `x` must hold numbers of one shape: tensor: '],
    ['a number', (t) => t.predict(3), 'predict: `x` must be a tensor, a nested array or a typed array, got 3'],
    [
      'a promise',
      (t) => t.predict(Promise.resolve(tensors.x) as never),
      'predict: `x` must be a tensor, a nested array or a typed array, got Promise; did you forget `await`?',
    ],
    ['another number of features', (t) => t.predict([[1, 2, 3]]), 'predict: `x` must have shape [batch,2], got [1,3]'],
    [
      'samples without targets',
      (t) => t.fit(tensors.x as never),
      'fit: `data` must be `{ x, y }`, or batches of that form, got Tensor; pass all samples as `fit({ x, y })`, or a Dataset',
    ],
    [
      'arrays without targets',
      (t) => loose(t['fit'].bind(t))(rows, {}),
      'fit: `data` must be `{ x, y }`, or batches of that form, got [[0,1],[1,0],[1,1]]',
    ],
    [
      'no targets',
      (t) => t.trainStep({ x: rows } as never),
      'trainStep: `data` must be `{ x, y }`, or batches of that form, got { x: [[0,1],[1,0],[1,1]] }',
    ],
    [
      'fractions as labels',
      (t) => t.trainStep({ x: rows, y: [0.5, 1, 2] }),
      'trainStep: `y` must hold numbers of one shape: tensor: ',
    ],
  ])('%s are refused in the name of the method', async (_, call, message) => {
    const failed = await Promise.resolve()
      .then(() => call(classes()))
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ChainruleError);
    expect((failed as Error).message).toContain(message);
  });
});

describe('sequential names the layer that does not fit', () => {
  const remedy =
    '; set `returnSequences: true` on a recurrent layer before it, or put `embedding` before it for token indices';
  const heads = { numHeads: 2, keyDim: 4 };
  test.each<[string, () => unknown, string]>([
    [
      'a stacked LSTM without sequences',
      () => sequentialOf(input([9, 4]), [lstm(8), lstm(8)]),
      `layer 1: lstm: expects rank 3 [batch,time,features], got [1,8]${remedy}`,
    ],
    [
      'attention on the last output of an LSTM',
      () => sequentialOf(input([9, 4]), [dropout(0.5), bidirectional(lstm(8)), multiHeadAttention(heads)]),
      `layer 2: multiHeadAttention: expects rank 3 [batch,time,features], got [1,16]${remedy}`,
    ],
    [
      'a convolution of a vector',
      () => sequentialOf(input([8, 8, 1]), [flatten(), conv2d({ filters: 4, kernelSize: 3 })]),
      'layer 1: conv2d: expects rank 4 [batch,height,width,channels], got [1,64]',
    ],
    [
      'groups that do not divide the channels',
      () => sequentialOf(input([8, 8, 3]), [conv2d({ filters: 4, kernelSize: 3, groups: 2 })]),
      'layer 0: conv2d: `groups` must divide the 3 channels of the input and the 4 filters, got 2',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(expect.objectContaining({ message }) as Error);
    expect(make).toThrow(ChainruleError);
  });
});

describe('compile says what to write', () => {
  const compile = loose((options: object) => sequential(input([2]), dense(3)).compile(options as never));
  const right = { optimizer: adam(), loss: sparseCategoricalCrossEntropy };
  test.each<[object, string]>([
    [
      { ...right, optimizer: 'adam' },
      'compile: `optimizer` must be an optimizer with a learning rate, got "adam"; write `import { adam } from \'@chainrule/optim\'` and pass `adam()`',
    ],
    [
      { ...right, optimizer: scaleByAdam() },
      'compile: `optimizer` must be an optimizer with a learning rate, got Object',
    ],
    [
      { ...right, optimizer: adam },
      'compile: `optimizer` must be an optimizer with a learning rate, got function adam; call it: `adam()`',
    ],
    [
      { ...right, loss: 'mean_squared_error' },
      "write `import { meanSquaredError } from '@chainrule/losses'` and pass `meanSquaredError`",
    ],
    [
      { ...right, metrics: ['binary_accuracy'] },
      'compile: `metrics[0]` must be a metric, or a function of predictions and targets, got "binary_accuracy"; write `import { binaryAccuracy } from \'@chainrule/metrics\'` and pass `binaryAccuracy()`',
    ],
    [
      { ...right, metrics: { score: binaryAccuracy } },
      'compile: `metrics["score"]` must be a metric, or a function of predictions and targets, got function binaryAccuracy; call it: `binaryAccuracy()`',
    ],
    [
      { ...right, metrics: 'accuracy' },
      'compile: `metrics` must be a list of metrics, or an object of them, got "accuracy"',
    ],
    [
      { ...right, lr: 0.1 },
      'compile: unknown option `lr`; the optimizer has it: `sgd({ learningRate: 0.1 })`. Known: { optimizer, loss, seed, dtype, weights, lossWeights, metrics, backend }',
    ],
    [{ ...right, backend: Promise.resolve() }, 'did you forget `await`?'],
    [
      { loss: sparseCategoricalCrossEntropy },
      'compile: `optimizer` must be an optimizer with a learning rate, got undefined',
    ],
  ])('%j', (options, message) => {
    expect(() => compile(options)).toThrow(ChainruleError);
    expect(() => compile(options)).toThrow(message);
  });
});

describe('unknown options are refused with a suggestion', () => {
  test.each<[string, (trainer: Trainer) => unknown, string]>([
    [
      'fit',
      (t) => t.fit({ x: rows, y: [0, 1, 2] }, { batch_size: 2 } as never),
      'fit: unknown option `batch_size`; did you mean `batchSize`?',
    ],
    [
      'evaluate',
      (t) => t.evaluate({ x: rows, y: [0, 1, 2] }, { batchsize: 2 } as never),
      'evaluate: unknown option `batchsize`; did you mean `batchSize`?',
    ],
    [
      'predict',
      (t) => t.predict(rows, { verbose: 0 } as never),
      'predict: unknown option `verbose`; a progress bar is a callback: `callbacks: [progressBar()]`. Known: { batchSize, signal }',
    ],
    [
      'fit, a number',
      (t) => t.fit({ x: rows, y: [0, 1, 2] }, 5 as never),
      'fit: `options` must be an object such as {',
    ],
    [
      'fit, a key of the samples',
      (t) => t.fit({ x: rows, y: [0, 1, 2], sample_weight: [1, 0, 1] } as never),
      'fit: unknown option `sample_weight`; did you mean `sampleWeight`? Known: { x, y, sampleWeight }',
    ],
    [
      'fit, a key of the batches',
      (t) => t.fit([{ x: rows, y: [0, 1, 2], sampleWeights: [1, 0, 1] }] as never),
      'fit: unknown option `sampleWeights`; did you mean `sampleWeight`?',
    ],
    [
      'evaluate, a key of the samples',
      (t) => t.evaluate({ x: rows, y: [0, 1, 2], weights: [1, 0, 1] } as never),
      'evaluate: unknown option `weights`; Known: { x, y, sampleWeight }',
    ],
  ])('%s', async (_, call, message) => {
    await expect(Promise.resolve().then(() => call(classes()))).rejects.toThrow(message);
  });
});

describe('metrics of classes refuse arrays', () => {
  test.each([confusionMatrix({ classes: 2 }), perplexity(), sparseCategoricalAccuracy(), sparseTopKAccuracy({ k: 1 })])(
    '$name',
    (metric) => {
      const update = loose(metric.update.bind(metric));
      const predictions = tensor([[1, 2]]);
      expect(() => update([[1, 2]], [0])).toThrow(`${metric.name}: \`predictions\` must be a tensor`);
      expect(() => update(predictions, [0])).toThrow(`${metric.name}: \`labels\` must be a tensor`);
      expect(() => update(predictions)).toThrow(ChainruleError);
    },
  );
});

describe('callbacks and layers', () => {
  test.each<[string, () => unknown, string]>([
    [
      'earlyStopping',
      () => loose(earlyStopping)({ patiance: 3 }),
      'earlyStopping: unknown option `patiance`; did you mean `patience`?',
    ],
    ['earlyStopping, a number', () => loose(earlyStopping)(3), 'earlyStopping: `options` must be an object such as {'],
    ['modelCheckpoint', () => loose(modelCheckpoint)('file'), 'modelCheckpoint: `save` must be a function, got "file"'],
    [
      'modelCheckpoint, options',
      () => loose(modelCheckpoint)(() => 1, { save_best_only: true }),
      'did you mean `saveBestOnly`?',
    ],
    ['setTrainable', () => loose(setTrainable)(3, true), 'setTrainable: `layers` must be a layer'],
    [
      'setTrainable, a word',
      () => loose(setTrainable)(dense(2), 'no'),
      'setTrainable: `trainable` must be true or false, got "no"',
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(ChainruleError);
    expect(call).toThrow(message);
  });
});

describe('sequential says what to write', () => {
  const layer = dense(2);
  test.each<[string, () => unknown, string]>([
    [
      'a list',
      () => loose(sequential)([input([2]), dense(3)]),
      'sequential: `input` must be what `input(shape)` gives, got [SymbolicTensor,Object]; pass the input and the layers one after the other, not as a list',
    ],
    [
      'a list of layers',
      () => loose(sequential)(input([2]), [dense(3)]),
      'sequential: `layers[0]` must be a layer, got [Object]; pass the layers one after the other, or use `sequentialOf(input, layers)`',
    ],
    [
      'no input',
      () => loose(sequential)(dense(3)),
      'sequential: `input` must be what `input(shape)` gives, got Object; begin with `input([features])`, without the batch',
    ],
    [
      'an activation',
      () => loose(sequential)(input([2]), dense(3), relu),
      'sequential: `layers[1]` must be a layer, got function',
    ],
    ['an activation, with the remedy', () => loose(sequential)(input([2]), relu), 'write `activation(relu)`'],
    [
      'a layer that was not called',
      () => loose(sequential)(input([2]), dense),
      'sequential: `layers[0]` must be a layer, got function dense; call it: `dense(…)`',
    ],
    [
      'one layer twice',
      () => loose(sequential)(input([2]), layer, layer),
      'sequential: layers 0 and 1 are one and the same (dense); make a layer for each place',
    ],
    [
      'layers that are not a list',
      () => loose(sequentialOf)(input([2]), dense(3)),
      'sequentialOf: `layers` must be a list of layers, got Object',
    ],
    [
      'a size for a shape',
      () => loose(input)(2),
      'input: `shape` must hold positive integers, or null for sizes that differ, without the batch, got 2',
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(ChainruleError);
    expect(call).toThrow(message);
  });
});

test.each(['fit', 'evaluate', 'predict', 'trainStep'])('%s of a model says that the trainer has it', (name) => {
  const model = sequential(input([2]), dense(3)) as unknown as Record<string, Loose>;
  const call = (): unknown => model[name]!({ x: rows, y: [0, 1, 2] });
  expect(call).toThrow(ChainruleError);
  expect(call).toThrow(`${name}: a model has no \`${name}\`; \`compile\` returns the trainer that has it`);
});
