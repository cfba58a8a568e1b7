import { Generator, randomUniform, tensor, type Tensor, zeros } from '@chainrule/tensor';
import { expect, test } from 'vitest';
import { augmentBatch } from './augmentBatch.ts';
import { augmentation } from './augmentation.ts';
import { compose, preview, randomBrightness, randomCrop, randomFlip, randomRotation } from './index.ts';

const augment = compose(randomRotation(0.2), randomBrightness(0.3));
const x = randomUniform(new Generator(1), [6, 4, 4, 1]) as Tensor;
const rowsFrom = (start: number, count: number): Tensor =>
  tensor([...x.data.slice(16 * start, 16 * (start + count))], [count, 4, 4, 1]);
const near = (a: ArrayLike<number>): number[] => Array.from(a, (v) => Math.round(v * 1e5));

test('a batch gets its changes by its place, in any order', () => {
  const run = augmentBatch(augment, { seed: 3, batchSize: 4 });
  const first = run(rowsFrom(0, 4), { epoch: 0, item: 0 });
  const second = run(rowsFrom(4, 2), { epoch: 0, item: 1 });
  const pairs = augmentBatch(augment, { seed: 3, batchSize: 2 });
  const later = [2, 0, 1].map((item) => [item, pairs(rowsFrom(2 * item, 2), { epoch: 0, item })] as const);
  const inOrder = later.sort(([a], [b]) => a - b).flatMap(([, y]) => near(y.data));
  expect(inOrder).toEqual([...near(first.data), ...near(second.data)]);
  const next = run(rowsFrom(0, 4), { epoch: 1, item: 0 });
  expect(near(next.data)).not.toEqual(near(first.data));
});

test('batches keep their form', () => {
  const run = augmentBatch(randomFlip(), { seed: 1, batchSize: 2, y: 'masks' });
  const item = { x: zeros([2, 4, 4, 1]), y: zeros([2, 4, 4], 'int32'), name: ['a', 'b'] };
  const changed = run(item, { epoch: 0, item: 0 });
  expect([changed.x.shape, changed.y.dtype, changed.name]).toEqual([[2, 4, 4, 1], 'int32', ['a', 'b']]);
  const images = run({ images: zeros([2, 4, 4, 1]), id: 5 }, { epoch: 0, item: 0 });
  expect([images.images.shape, images.id]).toEqual([[2, 4, 4, 1], 5]);
  expect(() => run(5 as unknown as Tensor, { epoch: 0, item: 0 })).toThrow('augmentBatch: `item`');
  expect(() => run(x, undefined as never)).toThrow('augmentBatch: `place`');
});

test('the layer is active in training only', () => {
  const layer = augmentation(augment);
  const call = (training: boolean): Tensor => layer.call([{ data: x }], { training, rng: new Generator(2) })[0]!.data;
  expect(call(false)).toBe(x);
  expect(near(call(true).data)).toEqual(near(augment(x, new Generator(2)).data));
  expect(() =>
    augmentation(randomCrop(2, 2)).call([{ data: x }], { training: true, rng: new Generator(2) }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: augmentation: \`augment\` must keep the shape [6,4,4,1], got [6,2,2,1]; crop in the data set, with \`augmentBatch\`]`,
  );
  expect(() => augmentation(Math.sin as never)).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: augmentation: \`augment\` must be an augmentation such as \`randomFlip()\`, got function sin; make one with \`defineAugmentation\`]`,
  );
});

test('a preview shows variants of one image', () => {
  const sheet = preview(tensor([1, 2, 3, 4], [2, 2, 1]), randomFlip(), { count: 40 });
  expect(sheet.shape).toEqual([40, 2, 2, 1]);
  const seen = new Set(Array.from({ length: 40 }, (_, i) => sheet.data.slice(4 * i, 4 * i + 4).join()));
  expect(seen.size).toBe(4);
});
