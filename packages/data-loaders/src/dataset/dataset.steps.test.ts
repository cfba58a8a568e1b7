import { tensor, type Tensor, zeros } from '@chainrule/tensor';
import fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import { Dataset } from './dataset.ts';
import { padEnd } from '../transforms/padEnd.ts';

type Data = Dataset<unknown>;
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const streamOf = (n: number): Dataset<number> =>
  Dataset.from(function* () {
    yield* range(n);
  });
const slowly = async (x: unknown): Promise<unknown> => {
  await new Promise((resolve) => setTimeout(resolve, (String(x).length * 7) % 3));
  return x;
};
async function collect<T>(data: AsyncIterable<T>, most = Infinity): Promise<T[]> {
  const items: T[] = [];
  for await (const item of { [Symbol.asyncIterator]: () => data[Symbol.asyncIterator]() })
    if (items.push(item) >= most) break;
  return items;
}

test('a list yields its items, and a function is called for each epoch', () => {
  expect([...Dataset.from(['a', 'b'])]).toEqual(['a', 'b']);
  const counted = Dataset.from((epoch) => [epoch, epoch]);
  expect([[...counted], [...counted]]).toEqual([
    [0, 0],
    [1, 1],
  ]);
  expect(counted.size).toBeUndefined();
});

test('every step keeps the types', () => {
  const rows = Dataset.fromTensors({ x: zeros([4, 3]), y: tensor([0, 1, 0, 1], [4], 'int32') });
  const steps = rows
    .map(({ x, y }) => ({ x, y, name: 'n' }))
    .filter(() => true)
    .shuffle(1)
    .batch(2)
    .prefetch(1);
  for (const item of steps) {
    expectTypeOf(item).toEqualTypeOf<{
      readonly x: Tensor<[number, 3], 'float32'>;
      readonly y: Tensor<[number], 'int32'>;
      readonly name: readonly string[];
    }>();
    expect(item.x.shape).toEqual([2, 3]);
  }
  for (const pair of rows.zip(Dataset.from([1])).batch(1)) expectTypeOf(pair[1]).toEqualTypeOf<readonly number[]>();
  const [train, test] = rows.split([0.75, 0.25]);
  expectTypeOf(train).toEqualTypeOf(rows);
  expect([train.size, test.size]).toEqual([3, 1]);
});

test('batches stack tensors and collect other values in lists', () => {
  const data = Dataset.from([0, 1, 2].map((i) => ({ x: tensor([i, i]), name: `n${i}` }))).batch(2);
  expect([...data].map(({ x, name }) => [x.toArray(), name])).toEqual([
    [
      [
        [0, 0],
        [1, 1],
      ],
      ['n0', 'n1'],
    ],
    [[[2, 2]], ['n2']],
  ]);
});

test('map gets the position of an item in any order', () => {
  const data = Dataset.from(['a', 'b']).map((x, { epoch, item }) => `${x}${epoch}${item}`);
  expect([[...data], [...data.shuffle(2, { reshuffle: false })].sort()]).toEqual([
    ['a00', 'b01'],
    ['a10', 'b11'],
  ]);
});

test('shuffle of a stream yields each item once, shuffled within the buffer', () => {
  const data = streamOf(100).shuffle(1, { buffer: 10 });
  const [first, second] = [[...data], [...data]];
  expect([...first].sort((a, b) => a - b)).toEqual(range(100));
  expect(first).not.toEqual(second);
  for (const [place, x] of first.entries()) expect(x).toBeLessThanOrEqual(place + 10);
});

test('split gives disjoint parts that cover all items', () => {
  fc.assert(
    fc.property(
      fc.nat(50),
      fc.integer(),
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 }),
      (n, seed, weights) => {
        const total = weights.reduce((sum, x) => sum + x, 0);
        fc.pre(total > 0);
        const parts = Dataset.from(range(n)).split(
          weights.map((w) => w / total),
          { seed },
        );
        expect(parts.flatMap((part) => [...part]).sort((a, b) => a - b)).toEqual(range(n));
        for (const [i, part] of parts.entries())
          expect(Math.abs(part.size! - (n * weights[i]!) / total)).toBeLessThanOrEqual(1);
      },
    ),
  );
});

test('repeat joins epochs, each with its own order', () => {
  const data = Dataset.from(range(20)).shuffle(1);
  const once = [[...data], [...data], [...data], [...data]];
  const twice = Dataset.from(range(20)).shuffle(1).repeat(2);
  expect([[...twice], [...twice]]).toEqual([once.slice(0, 2).flat(), once.slice(2).flat()]);
  const endless = Dataset.from(range(20)).shuffle(1).repeat();
  expect([endless.size, [...endless.take(50)]]).toEqual([Infinity, once.flat().slice(0, 50)]);
  expect([...Dataset.from([]).repeat()]).toEqual([]);
  expect([
    ...Dataset.from([1])
      .filter(() => false)
      .repeat(),
  ]).toEqual([]);
});

test('bucketByLength groups similar lengths into batches and pads them to their boundary', () => {
  const lengths = [1, 4, 2, 3, 5, 2, 1];
  const items = lengths.map((n) => ({ x: tensor(new Array<number>(n).fill(n), [n]), n }));
  const data = Dataset.from(items).bucketByLength(({ n }) => n, {
    boundaries: [2, 5],
    size: [3, 2],
    pad: ({ x, n }, length) => ({ x: padEnd(x, length), n }),
  });
  for (const { x } of data) expectTypeOf(x).toEqualTypeOf<Tensor<[number, number], 'float32'>>();
  expect([...data].map(({ x, n }) => [n, x.shape])).toEqual([
    [
      [4, 3],
      [2, 5],
    ],
    [
      [1, 2, 2],
      [3, 2],
    ],
    [[1], [1, 2]],
    [[5], [1, 5]],
  ]);
  const whole = Dataset.from(lengths).bucketByLength((n) => n, {
    boundaries: [2, Infinity],
    size: 3,
    dropRemainder: true,
  });
  expect([...whole]).toEqual([
    [4, 3, 5],
    [1, 2, 2],
  ]);
});

/** Every step, with both kinds of sources. */
const steps: Record<string, (data: Data, n: number) => Data> = {
  take: (data, n) => data.take(n % 40),
  skip: (data, n) => data.skip(n % 9),
  shuffle: (data, n) => (data.size === Infinity ? data : data.shuffle(n, { buffer: 1 + (n % 5) })),
  map: (data, n) => data.map((x, { epoch, item }) => `${String(x)}-${n % 7}${epoch}${item}`),
  filter: (data, n) => data.filter((x) => (JSON.stringify(x).length + n) % 4 !== 0),
  batch: (data, n) => data.map((x) => JSON.stringify(x)).batch(1 + (n % 4), { dropRemainder: n % 2 === 0 }),
  bucket: (data, n) =>
    data.map((x) => JSON.stringify(x)).bucketByLength((x) => x.length % 10, { boundaries: [3, 9], size: 1 + (n % 3) }),
  repeat: (data, n) => data.take(30).repeat(n % 4),
  zip: (data, n) => data.zip(n % 2 ? streamOf(17) : Dataset.from(range(17)).shuffle(n)),
  tensors: (data) =>
    data
      .map((x) => JSON.stringify(x))
      .zip(Dataset.fromTensors(tensor(range(30), [30])).shuffle(3))
      .batch(2)
      .map(([x, y]) => `${JSON.stringify(x)}${JSON.stringify(y.toArray())}`),
  prefetch: (data, n) => data.prefetch(n % 4),
  slow: (data) => data.map(slowly),
};
const chain = (isAsync: boolean): fc.Arbitrary<(size: number) => Data> => {
  const names = Object.keys(steps).filter((name) => isAsync || name !== 'slow');
  return fc
    .tuple(
      fc.constantFrom('list', 'stream'),
      fc.array(fc.tuple(fc.constantFrom(...names), fc.nat(100)), { maxLength: 5 }),
    )
    .map(([kind, chosen]) => {
      const make = (size: number): Data =>
        chosen.reduce<Data>(
          (data, [name, n]) => steps[name]!(data, n),
          kind === 'list' ? Dataset.from(range(size)) : streamOf(size),
        );
      return Object.assign(make, { toString: () => `${kind} ${JSON.stringify(chosen)}` });
    });
};

test('restore resumes at the same item after a restart, with any steps', () => {
  fc.assert(
    fc.property(chain(false), fc.nat(40), fc.nat(2), fc.nat(40), (make, size, epoch, stop) => {
      const data = make(size);
      for (let i = 0; i < epoch; i++) for (const _ of data);
      const before: unknown[] = [];
      let saved = JSON.stringify(data.state());
      const iterator = data[Symbol.iterator]();
      for (let next = iterator.next(); !next.done && before.length < stop; next = iterator.next()) {
        before.push(next.value);
        saved = JSON.stringify(data.state());
      }
      const restarted = make(size);
      restarted.restore(JSON.parse(saved) as ReturnType<Data['state']>);
      const isOver = restarted.epoch > epoch; // after the last item
      const after = isOver ? [] : [...restarted];
      const again = make(size);
      again.epoch = epoch;
      expect([...before, ...after]).toEqual([...again]);
      expect(restarted.state()).toEqual({ epoch: epoch + 1, item: 0 });
      expect([...restarted]).toEqual([...again]);
    }),
    { numRuns: 400 },
  );
});

test('restore after the last item starts the next epoch, even with a position from an older release', () => {
  const data = Dataset.from(['a', 'b', 'c']);
  for (const item of data) if (item === 'c') break;
  expect(data.state()).toEqual({ epoch: 1, item: 0 });
  data.restore({ epoch: 4, item: 3 });
  expect([data.epoch, [...data]]).toEqual([5, ['a', 'b', 'c']]);
});

test('asynchronous iteration yields the same items and resumes alike, with or without prefetch', async () => {
  await fc.assert(
    fc.asyncProperty(chain(true), fc.nat(20), fc.nat(3), fc.nat(20), async (make, size, n, stop) => {
      const whole = await collect(make(size));
      const data = make(size).prefetch(n);
      const before = stop ? await collect(data, stop) : [];
      const restarted = make(size);
      restarted.restore(
        before.length ? (JSON.parse(JSON.stringify(data.state())) as ReturnType<Data['state']>) : { epoch: 0, item: 0 },
      );
      const isOver = before.length > 0 && data.state().epoch === 1;
      expect([...before, ...(isOver ? [] : await collect(restarted))]).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});

test('restore does not compute items that random access can skip', () => {
  const made: number[] = [];
  const data = Dataset.from(range(100))
    .shuffle(1)
    .map((x) => made.push(x))
    .batch(10);
  data.restore({ epoch: 0, item: 9 });
  expect([[...data].length, made.length]).toEqual([1, 10]);
});

test('prefetch computes exactly the given number of items ahead while the consumer is busy', async () => {
  const begun: number[] = [];
  const data = Dataset.from(range(20)).map(async (x) => {
    begun.push(x);
    await new Promise((resolve) => setTimeout(resolve, 1));
    return x;
  });
  for await (const x of data.prefetch(3)) {
    while (begun.length < x + 4) await new Promise((resolve) => setTimeout(resolve, 1));
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (x === 4) break;
  }
  expect(begun).toEqual(range(8));
});

test('an error surfaces at its item and ends the iteration', async () => {
  const data = Dataset.from(range(5))
    .map((x) => (x === 2 ? Promise.reject(new Error('no 2')) : Promise.resolve(x)))
    .prefetch(4);
  const seen: number[] = [];
  const run = async (): Promise<void> => {
    for await (const x of data) seen.push(x);
  };
  await expect(run()).rejects.toThrow('no 2');
  expect([seen, data.state()]).toEqual([[0, 1], { epoch: 0, item: 2 }]);
});

test('an asynchronous source is closed when the consumer stops', async () => {
  let closed = 0;
  const data = Dataset.from(async function* () {
    try {
      for (let i = 0; ; i++) yield await slowly(i);
    } finally {
      closed += 1;
    }
  });
  expect(
    await collect(
      data
        .filter((x) => Number(x) % 2 === 1)
        .batch(2)
        .prefetch(1),
      2,
    ),
  ).toEqual([
    [1, 3],
    [5, 7],
  ]);
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(closed).toBe(1);
});
