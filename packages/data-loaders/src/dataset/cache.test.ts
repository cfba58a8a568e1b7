import { arange } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { Dataset } from './dataset.ts';

/** A data set that counts how often each item is computed. */
function counted(indexed: boolean, size = 4): { data: Dataset<string>; counts: number[] } {
  const counts = new Array<number>(size).fill(0);
  const numbers = Array.from({ length: size }, (_, i) => i);
  const data = (indexed ? Dataset.from(numbers) : Dataset.from(() => numbers)).map((i) => {
    counts[i]! += 1;
    return `${i}`;
  });
  return { data, counts };
}

const all = async <Item>(data: Dataset<Item>): Promise<Item[]> => {
  const items: Item[] = [];
  for await (const item of data) items.push(item);
  return items;
};

describe.each([
  ['random access', true],
  ['a stream', false],
])('cache of %s', (_, indexed) => {
  test('computes each item once and gives the same objects', async () => {
    const { data, counts } = counted(indexed);
    const objects = data.map((name) => ({ name })).cache();
    expect(objects.size).toBe(indexed ? 4 : undefined);
    const first = [...objects];
    expect(first.map(({ name }) => name)).toEqual(['0', '1', '2', '3']);
    [...objects].forEach((item, i) => expect(item).toBe(first[i]));
    (await all(objects)).forEach((item, i) => expect(item).toBe(first[i]));
    expect(counts).toEqual([1, 1, 1, 1]);
  });

  test('of no items and of one', () => {
    for (const size of [0, 1]) {
      const { data, counts } = counted(indexed, size);
      const cached = data.cache();
      expect([[...cached].length, [...cached].length]).toEqual([size, size]);
      expect(counts).toEqual(new Array(size).fill(1));
    }
  });

  test('of promises computes each once, and fills while later items are computed early', async () => {
    const { data, counts } = counted(indexed);
    const cached = data
      .map(async (name) => {
        await Promise.resolve();
        return name;
      })
      .cache()
      .prefetch(3);
    expect(await all(cached)).toEqual(['0', '1', '2', '3']);
    expect([...cached]).toEqual(['0', '1', '2', '3']);
    expect(counts).toEqual([1, 1, 1, 1]);
  });

  test.each(['now', 'later'])('keeps nothing of an item that fails %s', async (when) => {
    let failing = true;
    const { data, counts } = counted(indexed);
    const fail = (name: string): string => {
      if (name === '2' && failing) throw new Error('no such file');
      return name;
    };
    const cached = data
      .map((name) => (when === 'now' ? fail(name) : Promise.resolve(name).then(fail)) as string)
      .cache();
    await expect(all(cached)).rejects.toThrow('no such file');
    failing = false;
    expect(await all(cached)).toEqual(['0', '1', '2', '3']);
    expect(await all(cached)).toEqual(['0', '1', '2', '3']);
    expect(counts[2]).toBe(2);
  });

  test('of an order that changes keeps that of epoch 0', () => {
    const { data } = counted(indexed, 20);
    const shuffled = data.shuffle(1);
    const expected = [...shuffled];
    const cached = shuffled.cache();
    cached.epoch = 3;
    expect([...cached]).toEqual(expected);
    expect([...cached]).toEqual(expected);
  });

  test('before shuffle and batch, the order still changes', () => {
    const { data, counts } = counted(indexed, 20);
    const cached = data.cache().shuffle(1);
    const [first, second] = [[...cached], [...cached]];
    expect(first).not.toEqual(second);
    expect([...first].sort()).toEqual([...second].sort());
    expect(counts).toEqual(new Array(20).fill(1));
    expect([...data.cache().batch(8)].map((batch) => batch.length)).toEqual([8, 8, 4]);
  });

  test('continues at a position, with the cache full or empty', () => {
    const { data } = counted(indexed);
    for (const isFull of [false, true]) {
      const cached = data.cache();
      if (isFull) expect([...cached].length).toBe(4);
      cached.restore({ epoch: 1, item: 3 });
      expect([...cached]).toEqual(['3']);
      expect(cached.epoch).toBe(2);
      expect([...cached]).toEqual(['0', '1', '2', '3']);
    }
  });
});

test('with random access, items are kept as they are needed; a stream is kept at the end of a pass', () => {
  for (const [indexed, expected] of [
    [true, [1, 1, 1, 1]],
    [false, [2, 2, 1, 1]],
  ] as const) {
    const { data, counts } = counted(indexed);
    const cached = data.cache();
    for (const item of cached) if (item === '1') break;
    expect([...cached]).toEqual(['0', '1', '2', '3']);
    expect([...cached]).toEqual(['0', '1', '2', '3']);
    expect(counts).toEqual(expected);
  }
});

test('rows of tensors stay rows of tensors, and endless data sets are refused', () => {
  const rows = Dataset.fromTensors(arange(5)).cache();
  expect([...rows.batch(2)].map((batch) => batch.toArray())).toEqual([[0, 1], [2, 3], [4]]);
  expect(() => Dataset.from([1]).repeat().cache()).toThrow(
    'cache: expects a finite data set, got an endless one; cache before `repeat`',
  );
});
