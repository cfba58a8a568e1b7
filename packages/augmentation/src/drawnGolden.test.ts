import { readFileSync } from 'node:fs';
import { type RowGenerator, tensor, type Tensor } from '@chainrule/tensor';
import { expect, test } from 'vitest';
import type { Augmentation } from './defineAugmentation.ts';
import type { ImageBatch } from './imageBatch.ts';
import * as augment from './index.ts';
import { Scene } from './scene.ts';

interface Golden {
  readonly images: number[][][][];
  readonly sequences: number[][][];
  readonly texts: number[][];
  readonly labels: number[][];
  readonly cases: readonly {
    name: string;
    args: unknown[];
    batch: 'images' | 'sequences' | 'texts';
    draws: number[][];
    values: number[][];
    labels?: number[][];
  }[];
}

const golden = JSON.parse(readFileSync(new URL('../testdata/drawn.json', import.meta.url), 'utf8')) as Golden;
const batches: Readonly<Record<string, Tensor>> = {
  images: tensor(golden.images),
  sequences: tensor(golden.sequences),
  texts: tensor(golden.texts, 'int32'),
};

/** What an augmentation makes of a batch with these random numbers. */
function changed(augmentation: Augmentation, batch: ImageBatch, draws: readonly number[][]): ImageBatch {
  const size = batch.images.shape[0];
  const left = [...draws];
  const draw = (shape: readonly number[]): Tensor => tensor(left.shift()!, [size, ...shape]);
  const { fields } = augmentation['~apply'](
    new Scene(batch, { size, draw } as unknown as RowGenerator, false),
  ).sampled();
  expect(left).toEqual([]);
  return fields;
}

const flat = (values: unknown): number[] => (values as unknown[]).flat(Infinity) as number[];

test.each(golden.cases)('$name $args is what NumPy and SciPy make of the same draws', (given) => {
  const factories = augment as unknown as Record<string, (...args: unknown[]) => Augmentation>;
  const images = batches[given.batch]!;
  const batch = given.labels ? { images, labels: tensor(golden.labels) } : { images };
  const found = changed(factories[given.name]!(...given.args), batch, given.draws);
  expect(flat(found.images.toArray()).length).toBe(flat(given.values).length);
  flat(found.images.toArray()).forEach((v, i) => expect(v).toBeCloseTo(flat(given.values)[i]!, 5));
  if (given.labels) flat(found.labels!.toArray()).forEach((v, i) => expect(v).toBeCloseTo(flat(given.labels)[i]!, 5));
});

test('every augmentation has golden values, here or from Keras and torchvision', () => {
  const others = ['compose', 'randomApply', 'randomChoice', 'randAugment', 'preview', 'augmentation', 'augmentBatch'];
  const file = JSON.parse(readFileSync(new URL('../testdata/augmentation.json', import.meta.url), 'utf8')) as Golden;
  const known = new Set([...golden.cases, ...file.cases].map(({ name }) => name));
  const missing = Object.keys(augment).filter((name) => !known.has(name) && !others.includes(name));
  expect(missing).toEqual(['defineAugmentation']);
});
