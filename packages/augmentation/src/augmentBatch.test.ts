import { gather, Generator, oneHot, randomUniform, tensor, type Tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { augmentBatch } from './augmentBatch.ts';
import { augmentation } from './augmentation.ts';
import {
  compose,
  cutMix,
  mixUp,
  preview,
  randomBrightness,
  randomChoice,
  randomCrop,
  randomFlip,
  randomRotation,
} from './index.ts';

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

describe('batches with several inputs and outputs', () => {
  const place = { epoch: 0, item: 0 };
  const batch = {
    x: { left: rowsFrom(0, 2), right: rowsFrom(2, 2), age: zeros([2, 1]) },
    y: { outline: rowsFrom(0, 2), kind: tensor([3, 5]) },
    id: 7,
  };
  const run = augmentBatch(randomFlip('horizontal'), { seed: 2, batchSize: 2, x: 'left', y: { outline: 'masks' } });

  test('change in the places that the options name', () => {
    const changed = run(batch, place);
    const { left, ...others } = changed.x;
    const plain = augmentBatch(randomFlip('horizontal'), { seed: 2, batchSize: 2 })(batch.x.left, place);
    expect(near(left.data)).toEqual(near(plain.data));
    expect(near(left.data)).not.toEqual(near(batch.x.left.data));
    expect(near(changed.y.outline.data)).toEqual(near(left.data));
    expect([others.right, others.age, changed.y.kind, changed.id]).toEqual([
      batch.x.right,
      batch.x.age,
      batch.y.kind,
      7,
    ]);
    expect(Object.keys(batch.x)).toEqual(['left', 'right', 'age']);
  });

  test('may be lists', () => {
    const listed = { x: [zeros([2, 1]), rowsFrom(0, 2)] as const, y: [tensor([3, 5])] as const };
    const changed = augmentBatch(randomBrightness(0.5), { seed: 2, batchSize: 2, x: '1', y: {} })(listed, place);
    expect(Array.isArray(changed.x)).toBe(true);
    expect([changed.x[0], changed.y]).toEqual([listed.x[0], listed.y]);
    expect(near(changed.x[1].data)).not.toEqual(near(listed.x[1].data));
  });

  test.each<[string, object, object, string]>([
    ['no name', {}, batch, 'augmentBatch: `x` must be the input that holds images, of left, right, age, got undefined'],
    [
      'another name',
      { x: 'up', y: {} },
      batch,
      '`x` must be the input that holds images, of left, right, age, got "up"',
    ],
    ['no roles', { x: 'left' }, batch, '`y` must be an object of roles for several outputs, got undefined; write `{}`'],
    ['a name of no output', { x: 'left', y: { up: 'masks' } }, batch, '`item.y.up` must be a tensor, got undefined'],
    ['one input by name', { x: 'left' }, { x, y: zeros([6]) }, '`x` must be left out for batches with one input'],
    ['one output by name', { y: {} }, { x, y: zeros([6]) }, '`y` must be one role for batches with one output'],
    ['three batches', {}, [x, x, x], '`item` must be a batch, or two of zipped data sets'],
    ['two of different sizes', {}, [x, rowsFrom(0, 2)], '`item` must hold two batches of the same shapes, got images'],
  ])('are refused for %s', (_, options, item, message) => {
    const wrong = augmentBatch(randomFlip(), { seed: 1, batchSize: 2, ...options });
    expect(() => wrong(item as never, place)).toThrow(message);
  });

  test.each([
    [{ y: 'names' }, '`y` must be'],
    [{ y: { a: 'names' } }, '`y.a` must be'],
    [{ y: { a: 'masks', b: 'masks' } }, '`y` must be an object with each role at most once'],
  ])('options %j are refused', (options, message) => {
    expect(() => augmentBatch(randomFlip(), { seed: 1, batchSize: 2, ...(options as object) })).toThrow(message);
  });
});

test.each([
  ['mixUp', compose(randomFlip('horizontal'), mixUp(0.5))],
  ['cutMix', compose(randomRotation(0.1), cutMix(), mixUp())],
  ['a choice', randomChoice([mixUp(), cutMix(), randomBrightness(0.3)])],
])('%s gives the same pictures for any size of batches of zipped data sets', (_, mixing) => {
  const count = 7;
  const images = randomUniform(new Generator(5), [count, 4, 4, 1]) as Tensor;
  const labels = oneHot(tensor([0, 1, 2, 3, 4, 5, 6], [count], 'int32'), count);
  const order = [3, 0, 6, 1, 4, 2, 5];
  const take = (rows: readonly number[]): { x: Tensor; y: Tensor } => {
    const at = tensor([...rows], [rows.length], 'int32');
    return { x: gather(images, at), y: gather(labels, at) };
  };
  const all = (batchSize: number): number[][] => {
    const run = augmentBatch(mixing, { seed: 4, batchSize });
    return Array.from({ length: Math.ceil(count / batchSize) }, (_, item) => {
      const rows = [...order.keys()].slice(item * batchSize, (item + 1) * batchSize);
      const zipped = [take(rows), take(rows.map((row) => order[row]!))] as const;
      const { x: mixed, y } = run(zipped, { epoch: 2, item });
      return rows.map((_, i) => [
        ...near(mixed.data.slice(16 * i, 16 * i + 16)),
        ...near(y.data.slice(7 * i, 7 * i + 7)),
      ]);
    }).flat();
  };
  const whole = all(count);
  for (const batchSize of [1, 2, 3, 4]) expect(all(batchSize)).toEqual(whole);
  // Each label is shared by an image and its partner.
  whole.forEach((row, i) => {
    const shares = row.slice(16).flatMap((share, k) => (share > 0 ? [k] : []));
    expect([i, order[i]]).toEqual(expect.arrayContaining(shares));
  });
});
