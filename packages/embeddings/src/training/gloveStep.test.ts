import { ones, RandomSource, tensor, type Tensor, Variable } from '@chainrule/tensor';
import { expect, test } from 'vitest';
import { Cooccurrences } from './cooccurrences.ts';
import { gloveStep } from './gloveStep.ts';

test('a step of GloVe equals AdaGrad on the weighted squares, including biases', () => {
  // Vectors of one element, and biases: words 0 and 1, then their contexts.
  const start = [
    [0.5, 0.1],
    [0.2, 0.3],
    [-0.4, 0.2],
    [0.7, -0.1],
  ];
  const [table, squares] = [new Variable(tensor(start)), new Variable(ones([4, 2]))];
  const step = gloveStep(table, squares, tensor([1, 0]), undefined);
  const batch = {
    rows: tensor(
      [
        [0, 0],
        [3, 0],
      ],
      undefined,
      'int32',
    ) as Tensor,
    logs: tensor([1, 5]) as Tensor,
    weights: tensor([0.5, 0]) as Tensor,
  };
  const [loss, weight] = step(batch, tensor(0.1));
  const error = 0.5 * 0.7 + 0.1 - 0.1 - 1;
  expect(loss.item()).toBeCloseTo(0.25 * error ** 2, 6);
  expect(weight.item()).toBe(0.5);
  const moved = (value: number, g: number): number => value - (0.1 * g) / Math.sqrt(1 + g * g);
  const g = 0.5 * error;
  const expected = [[moved(0.5, g * 0.7), moved(0.1, g)], start[1]!, start[2]!, [moved(0.7, g * 0.5), moved(-0.1, g)]];
  (table.value.toArray() as number[][]).forEach((row, i) =>
    row.forEach((v, k) => expect(v).toBeCloseTo(expected[i]![k]!, 6)),
  );
  expect((squares.value.toArray() as number[][])[3]![0]).toBeCloseTo(1 + (g * 0.5) ** 2, 6);
});

test('co-occurrence counts equal those of a map', () => {
  const [table, map] = [new Cooccurrences(), new Map<string, number>()];
  const random = new RandomSource(1, 'pairs', 0);
  for (let i = 0; i < 20_000; i++) {
    const [a, b, count] = [random.below(200) ** 2, random.below(200), 1 / (1 + random.below(3))];
    table.add(a, b, count);
    const key = `${Math.min(a, b)} ${Math.max(a, b)}`;
    map.set(key, (map.get(key) ?? 0) + count);
  }
  const { first, second, counts } = table.pairs();
  expect(table.size).toBe(map.size);
  counts.forEach((count, i) => expect(count).toBe(map.get(`${first[i]} ${second[i]}`)));
});
