// Augmentation together with data sets, training, files and figures.
import * as augment from '@chainrule/augmentation';
import { grad } from '@chainrule/autograd';
import { wasm } from '@chainrule/backend-wasm';
import type { Backend } from '@chainrule/compiler';
import { Dataset } from '@chainrule/data-loaders';
import { conv2d, globalAveragePool2d } from '@chainrule/layers-conv';
import type { Layer } from '@chainrule/layers-core';
import { dense } from '@chainrule/layers-dense';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { decodeModel, encodeModel, input, sequential } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { Generator, mul, randomUniform, relu, sub, sum, tensor, Tensor } from '@chainrule/tensor';
import { plotImages } from '@chainrule/visualize';
import { toSvg } from '@chainrule/visualize/node';
import { beforeAll, expect, test } from 'vitest';

const { augmentBatch, augmentation, compose, preview, randomFlip, randomGaussianNoise, randomRotation } = augment;
const changes = compose(randomRotation(0.02), randomFlip('horizontal'), randomGaussianNoise(0.02));
let backend: Backend;
beforeAll(async () => void (backend = await wasm({ threads: 1 })));

/** Images with vertical stripes (class 0) or horizontal ones (class 1). */
function stripes(count: number): { x: Tensor<[number, 8, 8, 1], 'float32'>; y: Tensor<[number], 'int32'> } {
  const noise = randomUniform(new Generator(5), [count, 8, 8, 1], { high: 0.3 }).data;
  const isBright = (i: number): boolean => {
    const [n, row, column] = [Math.floor(i / 64), Math.floor(i / 8) % 8, i % 8];
    return (n % 2 === 0 ? column : row) % 4 < 2;
  };
  const x = tensor(
    Array.from(noise, (v, i) => v + (isBright(i) ? 0.6 : 0)),
    [count, 8, 8, 1],
  );
  return {
    x,
    y: tensor(
      Array.from({ length: count }, (_, n) => n % 2),
      [count],
      'int32',
    ),
  };
}

const layers = () =>
  [conv2d({ filters: 8, kernelSize: 3, activation: relu }), globalAveragePool2d(), dense(2)] as const;
const settings = () => ({ optimizer: adam({ learningRate: 0.02 }), loss: sparseCategoricalCrossEntropy, backend });
const weightsOf = (model: Pick<Layer, 'variables'>): number[] =>
  model.variables().flatMap(({ value }) => [...value.value.data]);

test('a model with an augmentation layer learns, predicts without it, and is saved', async () => {
  const data = stripes(64);
  const model = sequential(input([8, 8, 1]), augmentation(changes), ...layers());
  const trainer = model.build({ seed: 1 }).compile(settings());
  const history = await trainer.fit(data, { epochs: 12, batchSize: 16 });
  expect(history.at(-1)!['loss']).toBeLessThan(0.5 * history[0]!['loss']!);
  const first = await trainer.predict(data.x);
  expect([...(await trainer.predict(data.x)).data]).toEqual([...first.data]);
  const known = {
    layers: {
      augmentation,
      compose,
      randomRotation,
      randomFlip,
      randomGaussianNoise,
      conv2d,
      globalAveragePool2d,
      dense,
    },
    activations: { relu },
  };
  const again = await decodeModel(await encodeModel(model), known);
  const loaded = await again.compile(settings()).predict(data.x);
  expect([...loaded.data]).toEqual([...first.data]);
});

test('a data set augments alike for any size of batches, and after it was interrupted', () => {
  const { x, y } = stripes(20);
  const augmented = (size: number) =>
    Dataset.fromTensors({ x, y })
      .shuffle(3)
      .batch(size)
      .map(augmentBatch(changes, { seed: 7, batchSize: size, backend }));
  const imagesOf = (batches: Iterable<{ x: Tensor }>): number[] =>
    [...batches].flatMap((batch) => [...batch.x.data].map((v) => Math.round(v * 1e5)));
  const [sixes, tens] = [augmented(6), augmented(10)];
  const epochs = [imagesOf(sixes), imagesOf(sixes)];
  expect([imagesOf(tens), imagesOf(tens)]).toEqual(epochs);
  expect(epochs[0]).not.toEqual(epochs[1]);

  const [stopped, resumed] = [augmented(6), augmented(6)];
  const seen: number[] = [];
  for (const batch of stopped) {
    seen.push(...imagesOf([batch]));
    if (seen.length >= 2 * 6 * 64) break;
  }
  resumed.restore(stopped.state());
  expect([...seen, ...imagesOf(resumed)]).toEqual(epochs[0]);
});

test('the same training gives the same weights', async () => {
  const train = async (): Promise<number[]> => {
    const model = sequential(input([8, 8, 1]), augmentation(changes), ...layers());
    const trainer = model.build({ seed: 1 }).compile(settings());
    await trainer.fit(stripes(32), { epochs: 2, batchSize: 8 });
    return weightsOf(model);
  };
  expect(await train()).toEqual(await train());
});

test('the gradient goes through to the images', () => {
  const image: Tensor = tensor([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
  const weights: Tensor = tensor([1, 0, 0, 0, 0, 0, 0, 0, 0], [1, 3, 3, 1]);
  const turned = (x: Tensor): Tensor => sum(mul(randomRotation([0.25, 0.25])(x, new Generator(1)), weights));
  expect([...grad(turned)(image).data]).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0]);
  expect(sub(turned(image), 3).item()).toBe(0);
});

test('a preview becomes a sheet', () => {
  const image = new Tensor(
    [8, 8, 3],
    'uint8',
    new Uint8Array(192).map((_, i) => i),
  );
  const sheet = plotImages(preview(image, augment.randAugment(), { count: 6 }), { title: 'RandAugment' });
  expect(sheet.images).toHaveLength(6);
  expect(toSvg(sheet).match(/<image /g)).toHaveLength(6);
});
