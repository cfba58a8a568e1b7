import { ChainruleError } from '@chainrule/errors';
import type { Backend } from '@chainrule/compiler';
import type { Layer } from '@chainrule/layers-core';
import { dense, flatten } from '@chainrule/layers-dense';
import * as losses from '@chainrule/losses';
import { input, sequential, type Sequential } from '@chainrule/model';
import * as optim from '@chainrule/optim';
import { Generator, Tensor, tensor } from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { mulberry } from '../sampler.ts';
import { layerTable } from './layerTable.ts';

const lossNames = [
  'meanSquaredError',
  'meanAbsoluteError',
  'huber',
  'logCosh',
  'binaryCrossEntropy',
  'categoricalCrossEntropy',
  'sparseCategoricalCrossEntropy',
] as const;
const optimizerNames = ['sgd', 'momentum', 'adam', 'adamW', 'rmsprop', 'clipped'] as const;
type LossName = (typeof lossNames)[number];
type OptimizerName = (typeof optimizerNames)[number];

/** A model and how it is trained. */
export interface RandomModel {
  /** The shape of one sample. */
  readonly shape: readonly number[];
  readonly layers: readonly (readonly [name: string, width: number, k: number])[];
  readonly outputs: number;
  readonly loss: LossName;
  readonly optimizer: OptimizerName;
  readonly samples: number;
  readonly batchSize: number;
  readonly weighted: boolean;
  readonly seed: number;
}

const lossTable: Readonly<Record<LossName, unknown>> = {
  meanSquaredError: losses.meanSquaredError,
  meanAbsoluteError: losses.meanAbsoluteError,
  huber: losses.huber,
  logCosh: losses.logCosh,
  binaryCrossEntropy: losses.binaryCrossEntropy,
  categoricalCrossEntropy: losses.categoricalCrossEntropy,
  sparseCategoricalCrossEntropy: losses.sparseCategoricalCrossEntropy,
};
// Steps are small, so that rounding changes models little.
const optimizerTable: Readonly<Record<OptimizerName, () => optim.Optimizer>> = {
  sgd: () => optim.sgd({ learningRate: 0.05 }),
  momentum: () => optim.sgd({ learningRate: 0.02, momentum: 0.9, nesterov: true }),
  adam: () => optim.adam({ learningRate: 0.01, epsilon: 1e-3 }),
  adamW: () => optim.adamW({ learningRate: 0.01, weightDecay: 0.1, epsilon: 1e-3 }),
  rmsprop: () => optim.rmsprop({ learningRate: 0.01, epsilon: 1e-3 }),
  clipped: () => optim.chain(optim.clipByGlobalNorm(0.5), optim.sgd({ learningRate: 0.1 })),
};

const width = fc.constantFrom(1, 1, 2, 3, 4, 5, 6, 7, 8, 9);
const shape = fc.oneof(fc.tuple(width), fc.tuple(width, width), fc.tuple(width, width, fc.integer({ min: 1, max: 4 })));
const batch = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 64, max: 70 }));

/** Models of up to five layers, widths from 1, batches of 1 to 9 and 64 to 70. */
export const randomModels: fc.Arbitrary<RandomModel> = fc.record({
  shape,
  layers: fc.array(fc.tuple(fc.constantFrom(...layerTable.keys()), width, fc.nat(11)), { maxLength: 5 }),
  outputs: fc.integer({ min: 1, max: 5 }),
  loss: fc.constantFrom(...lossNames),
  optimizer: fc.constantFrom(...optimizerNames),
  samples: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 64, max: 140 })),
  batchSize: batch,
  weighted: fc.boolean(),
  seed: fc.nat(1000),
});

/** The layers that accept each other's outputs, with their names. */
export function layersOf({ shape: given, layers }: RandomModel): {
  readonly names: readonly string[];
  readonly make: () => Layer[];
} {
  let at: readonly number[] = [2, ...given];
  const kept: (typeof layers)[number][] = [];
  for (const [name, units, k] of layers) {
    try {
      const layer = layerTable.get(name)!(units, k);
      const next = layer.outputShape([at])[0]!;
      layer.build([at], { rng: new Generator(1), dtype: 'float32' });
      if (sizeOf(next) === 0 || sizeOf(next) > 2000) continue;
      at = next;
      kept.push([name, units, k]);
    } catch (error) {
      if (!(error instanceof ChainruleError)) throw error;
    }
  }
  return {
    names: kept.map((layer) => layer.join(' ')),
    make: () => kept.map(([name, units, k]) => layerTable.get(name)!(units, k)),
  };
}

/** Trains a model for three epochs. Returns its losses, predictions and weights. */
export async function train(model: RandomModel, backend: Backend): Promise<Tensor[]> {
  const net = (sequential as unknown as (...parts: unknown[]) => Sequential)(
    input(model.shape),
    ...layersOf(model).make(),
    flatten(),
    dense(model.outputs),
  );
  const trainer = net.compile({
    seed: model.seed,
    optimizer: optimizerTable[model.optimizer](),
    loss: lossTable[model.loss] as typeof losses.meanSquaredError,
    backend,
  });
  const random = mulberry(model.seed);
  const x = uniform([model.samples, ...model.shape], random);
  const data = {
    x,
    y: targets(model, random),
    // From 0.1 to 0.6; `fit` refuses negative weights.
    ...(model.weighted && { sampleWeight: uniform([model.samples], () => 0.55 + random() / 4) }),
  };
  const history = await trainer.fit(data, { epochs: 3, batchSize: model.batchSize, shuffle: false });
  const predicted = await trainer.predict(x, { batchSize: model.batchSize });
  return [
    tensor(history.map((logs) => logs['loss']!)),
    predicted,
    ...net
      .variables()
      .filter(({ value }) => value.dtype === 'float32')
      .map(({ value }) => value.value),
  ];
}

function uniform(shape: readonly number[], random: () => number): Tensor {
  return new Tensor(
    [...shape],
    'float32',
    Float32Array.from({ length: sizeOf(shape) }, () => random() * 2 - 1),
  );
}

function targets({ loss, outputs, samples }: RandomModel, random: () => number): Tensor {
  const labels = Int32Array.from({ length: samples }, () => Math.floor(random() * outputs));
  if (loss === 'sparseCategoricalCrossEntropy') return new Tensor([samples], 'int32', labels);
  if (loss === 'categoricalCrossEntropy')
    return new Tensor(
      [samples, outputs],
      'float32',
      Float32Array.from({ length: samples * outputs }, (_, i) =>
        labels[Math.floor(i / outputs)] === i % outputs ? 1 : 0,
      ),
    );
  if (loss === 'binaryCrossEntropy')
    return new Tensor(
      [samples, outputs],
      'float32',
      Float32Array.from({ length: samples * outputs }, () => Math.round(random())),
    );
  return uniform([samples, outputs], random);
}
