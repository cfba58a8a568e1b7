import { inspect } from 'node:util';
import { arange, type Shape, type Tensor, tensor, zeros } from '@chainrule/tensor';
import type { Tree } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import { Dataset } from './dataset.ts';
import type { Position } from './types.ts';
import { digits } from '../generators/digits.ts';

const numbers = (items: Iterable<Tensor>): unknown[] => [...items].map((item) => item.toArray());
const upTo = (n: number): Dataset<Tensor<[], 'float32'>> => Dataset.fromTensors(arange(n));

test('a data set yields its rows one by one, without the first axis', () => {
  const data = Dataset.fromTensors({
    x: tensor([
      [1, 2],
      [3, 4],
    ]),
    y: tensor([7, 8], [2], 'int32'),
  });
  const rows = [...data];
  expect(rows.map(({ x, y }) => [x.toArray(), y.toArray(), y.dtype])).toEqual([
    [[1, 2], 7, 'int32'],
    [[3, 4], 8, 'int32'],
  ]);
});

test('batches keep the first axis, and the last batch is smaller unless it is dropped', () => {
  expect(numbers(upTo(5).batch(2))).toEqual([[0, 1], [2, 3], [4]]);
  expect(numbers(upTo(5).batch(2, { dropRemainder: true }))).toEqual([
    [0, 1],
    [2, 3],
  ]);
  expect(numbers(upTo(0).batch(2))).toEqual([]);
});

test('shapes and dtypes are part of the types', () => {
  const data = Dataset.fromTensors(digits({ count: 3, seed: 1 }));
  for (const { images, labels } of data) {
    expectTypeOf(images).toEqualTypeOf<Tensor<[28, 28, 1], 'uint8'>>();
    expectTypeOf(labels).toEqualTypeOf<Tensor<[], 'int32'>>();
  }
  for (const { images, labels } of data.shuffle(1).batch(2).take(1)) {
    expectTypeOf(images).toEqualTypeOf<Tensor<[number, 28, 28, 1], 'uint8'>>();
    expectTypeOf(labels).toEqualTypeOf<Tensor<[number], 'int32'>>();
    expect(images.shape).toEqual([2, 28, 28, 1]);
  }
});

test('an unknown tree has the type of a tree', () => {
  const unknown: Dataset = Dataset.fromTensors<Tree>(arange(2));
  const known: Dataset<unknown> = Dataset.fromTensors({ x: arange(2) }).batch(2);
  expect(known.size).toBe(1);
  expectTypeOf([...unknown]).toEqualTypeOf<Tree[]>();
  expectTypeOf([...unknown.batch(1)]).toEqualTypeOf<Tree[]>();
  expectTypeOf([...Dataset.fromTensors(zeros([2]) as Tensor)]).toEqualTypeOf<Tensor[]>();
  expectTypeOf([...Dataset.fromTensors(zeros([2] as number[]))]).toEqualTypeOf<Tensor<Shape, 'float32'>[]>();
});

test('trees of tensors may nest', () => {
  const data = Dataset.fromTensors({ in: [arange(2), { deep: zeros([2, 3]) }], out: arange(2) });
  expect([...data.batch(2)][0]?.in[1].deep.shape).toEqual([2, 3]);
});

test('every chain of steps agrees with the same steps on a list', () => {
  const step = fc.oneof(
    fc.record({ op: fc.constant('take' as const), n: fc.nat(25) }),
    fc.record({ op: fc.constant('skip' as const), n: fc.nat(10) }),
    fc.record({ op: fc.constant('shuffle' as const), n: fc.integer() }),
  );
  fc.assert(
    fc.property(
      fc.nat(20),
      fc.array(step, { maxLength: 5 }),
      fc.integer({ min: 1, max: 7 }),
      fc.boolean(),
      (count, steps, size, dropRemainder) => {
        let data: Dataset<Tensor<[], 'float32'>> = upTo(count);
        let list = Array.from({ length: count }, (_, i) => i);
        for (const { op, n } of steps) {
          data = data[op](n);
          if (op !== 'shuffle') list = op === 'take' ? list.slice(0, n) : list.slice(n);
          else list = numbers(Dataset.fromTensors(tensor(list, [list.length])).shuffle(n)) as number[];
        }
        const batches = data.batch(size, { dropRemainder });
        const wanted = Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
          list.slice(i * size, (i + 1) * size),
        );
        expect(data.size).toBe(list.length);
        expect(numbers(data)).toEqual(list);
        const whole = dropRemainder ? wanted.filter((batch) => batch.length === size) : wanted;
        expect(numbers(batches)).toEqual(whole);
        expect(batches.size).toBe(whole.length);
      },
    ),
  );
});

test('shuffle yields each row once, in a different order in each epoch', () => {
  const data = upTo(50).shuffle(3);
  const epochs = [numbers(data), numbers(data), numbers(data)];
  for (const epoch of epochs) expect((epoch as number[]).toSorted((a, b) => a - b)).toEqual(numbers(upTo(50)));
  expect(new Set(epochs.map(String)).size).toBe(3);
  expect(numbers(upTo(50).shuffle(4))).not.toEqual(epochs[0]);
});

test('the same seed and epoch give the same order, even after a restart', () => {
  const data = upTo(50).shuffle(3).batch(8);
  const [first, second] = [numbers(data), numbers(data)];
  expect(data.epoch).toBe(2);
  const restarted = upTo(50).shuffle(3).batch(8);
  restarted.epoch = 1;
  expect(numbers(restarted.skip(2))).toEqual(second.slice(2));
  expect(numbers(restarted)).toEqual(second);
  restarted.epoch = 0;
  expect(numbers(restarted)).toEqual(first);
});

test('without reshuffling, all epochs have the same order, so that parts stay disjoint', () => {
  const data = upTo(20).shuffle(1, { reshuffle: false });
  const [train, rest] = [data.skip(5), data.take(5)];
  for (let epoch = 0; epoch < 3; epoch++) {
    expect(new Set([...numbers(train), ...numbers(rest)]).size).toBe(20);
    numbers(train);
  }
});

test('shuffle, take and skip apply to whole batches', () => {
  const data = upTo(6).batch(2).shuffle(1);
  expect(numbers(data).map(String).sort()).toEqual(['0,1', '2,3', '4,5']);
  expect(numbers(data.take(1))[0]).toHaveLength(2);
});

test('asynchronous iteration yields the same items and counts as an epoch', async () => {
  const [one, other] = [upTo(7).shuffle(1).batch(3), upTo(7).shuffle(1).batch(3)];
  const items: Tensor[] = [];
  const asynchronous: AsyncIterable<Tensor> = { [Symbol.asyncIterator]: () => one[Symbol.asyncIterator]() };
  for await (const item of asynchronous) items.push(item);
  expect(numbers(items)).toEqual(numbers(other));
  for await (const _ of asynchronous) break;
  expect(one.epoch).toBe(2);
});

test('items are copies in any kind of memory', () => {
  const source = Dataset.fromTensors(arange(4));
  const [first] = [...source.batch(2)];
  first!['~values'][0] = 99;
  expect(numbers(source)[0]).toBe(0);
});

test('errors name the mistake', () => {
  const mistakes: (() => unknown)[] = [
    () => Dataset.fromTensors({ x: zeros([100, 2]), y: zeros([99]) }),
    () => Dataset.fromTensors({ x: tensor(1) }),
    () => Dataset.fromTensors({}),
    () => Dataset.fromTensors({ x: { y: [1, 2] } } as unknown as Tree),
    () => upTo(5).shuffle(0.5),
    () => upTo(5).batch(0),
    () => [...upTo(5).batch(2).batch(3)],
    () => Dataset.from(new Set([1]) as unknown as number[]),
    () => upTo(5).repeat().shuffle(1),
    () => upTo(5).repeat().repeat(),
    () => upTo(5).shuffle(1).split([0.5, 0.5]),
    () =>
      upTo(5)
        .filter(() => true)
        .split([0.5, 0.5]),
    () => upTo(5).split([0.5, 0.6]),
    () => upTo(5).restore({ epoch: 0 } as Position),
    () => [...upTo(5).map((x) => Promise.resolve(x))],
    () => [...Dataset.from([1, 5]).bucketByLength((n) => n, { boundaries: [2, 4], size: 2 })],
    () => Dataset.from([1]).bucketByLength((n) => n, { boundaries: [2, 2], size: 2 }),
    () => Dataset.from([1]).bucketByLength((n) => n, { boundaries: [2, Infinity], size: 2, pad: (n) => n }),
    () => Dataset.from([1]).bucketByLength((n) => n, { boundaries: [2, 3], size: [1] }),
    () => [...Dataset.from<unknown>([{ a: 1 }, { b: 1 }]).batch(2)],
    () => [...Dataset.from<unknown>([[1], [1, 2]]).batch(2)],
    () => upTo(5).take(-1),
    () => upTo(5).skip(1.5),
  ];
  const messages = mistakes.map((run) => {
    try {
      return run();
    } catch (error) {
      return String(error);
    }
  });
  expect(messages).toMatchInlineSnapshot(`
    [
      "ShapeError: Dataset.fromTensors: \`y\` must have 100 rows as \`x\` has, got shape [99]",
      "ShapeError: Dataset.fromTensors: \`x\` must have rows, got shape []",
      "ValueError: Dataset.fromTensors: \`tensors\` must hold a tensor, got none",
      "ValueError: Dataset.fromTensors: \`x.y[0]\` must be a tensor, got 1",
      "OptionError: shuffle: \`seed\` must be an integer, got 0.5",
      "OptionError: batch: \`size\` must be a positive integer, got 0",
      "ShapeError: batch: expects tensors of one shape and dtype, got float32 [2] and float32 [1] at item 2 of a batch; \`bucketByLength\` pads",
      "ValueError: Dataset.from: \`items\` must be a list or a function, got Set; wrap an iterable in a function that returns it",
      "StateError: shuffle: expects a finite data set, got an endless one; shuffle before \`repeat\`",
      "OptionError: repeat: expects a finite data set, got an endless one",
      "StateError: split: expects the same order in each epoch, got a shuffled one; split first, or use \`reshuffle: false\`",
      "StateError: split: expects a data set of known size, got one of unknown size; split before \`filter\`, \`repeat\` or \`bucketByLength\`",
      "OptionError: split: \`parts\` must be shares from 0 to 1 that add up to 1, got [0.5,0.6]",
      "OptionError: restore: \`position.item\` must be an integer of at least 0, got undefined",
      "StateError: Dataset: expects \`for await\` for asynchronous items, got \`for\`",
      "ValueError: bucketByLength: expects lengths from 0 to 4, got 5 at item 1; add a boundary or filter",
      "OptionError: bucketByLength: \`boundaries\` must be lengths in increasing order, got [2,2]",
      "OptionError: bucketByLength: \`boundaries\` must be finite lengths in increasing order, got [2,Infinity]",
      "OptionError: bucketByLength: \`size\` must be one number or one for each of the 2 buckets, got [1]",
      "ValueError: batch: expects items of one structure, got \`a\` in the first of a batch and \`b\` in item 1",
      "ValueError: batch: expects items of one structure, got 1 leaves in the first of a batch and 2 in item 1",
      "OptionError: take: \`n\` must be an integer of at least 0, got -1",
      "OptionError: skip: \`n\` must be an integer of at least 0, got 1.5",
    ]
  `);
});

test('a data set says how many items it has, and what they are', () => {
  const images = Dataset.fromTensors({ x: zeros([60, 28, 28, 1]), y: zeros([60], 'int32') });
  const kind = '{ x: float32 [28,28,1], y: int32 [] }';
  expect(inspect(images)).toBe(`Dataset (60 items) of ${kind}`);
  for (const same of [images.shuffle(1), images.take(60), images.prefetch(2)])
    expect(String(same)).toBe(`Dataset (60 items) of ${kind}`);
  expect(String(images.batch(32))).toBe('Dataset (2 items) of { x: float32 [32,28,28,1], y: int32 [32] }');
  expect(String(images.repeat())).toBe(`Dataset (endless) of ${kind}`);
  expect(String(images.filter(() => true))).toBe(`Dataset (unknown size) of ${kind}`);
  expect(String(upTo(3).zip(Dataset.from(['a', 'b'])))).toBe('Dataset (2 items) of [float32 [], strings]');
  expect(String(Dataset.from(['a', 'b', 'c']).batch(2))).toBe('Dataset (2 items) of lists of strings');
  expect(String(Dataset.from([]))).toBe('Dataset (0 items)');
  // Whoever prints a data set does not want its functions to run.
  expect(String(upTo(3).map(() => expect.unreachable()))).toBe('Dataset (3 items)');
});
