import { RandomSource } from '@chainrule/tensor';
import { expect, test } from 'vitest';
import { AliasTable } from './aliasTable.ts';
import { keepProbabilities } from './subsampling.ts';
import { hierarchicalSoftmax, negativeSampling, type OutputRows } from './targets.ts';

const random = (): RandomSource => new RandomSource(5, 'windows', 0);

test('an alias table draws each outcome with its probability', () => {
  const weights = [1000, 1, 0, 30, 500, 30];
  const total = weights.reduce((a, b) => a + b);
  const [table, source, n] = [new AliasTable(weights), random(), 200_000];
  const counts = weights.map(() => 0);
  for (let i = 0; i < n; i++) counts[table.draw(source)]! += 1;
  expect(counts[2]).toBe(0);
  counts.forEach((count, i) => {
    const p = weights[i]! / total;
    expect(Math.abs(count - n * p)).toBeLessThanOrEqual(5 * Math.sqrt(n * p * (1 - p)));
  });
});

test('an alias table supports equal weights and a single weight', () => {
  const source = random();
  expect(new Set(Array.from({ length: 200 }, () => new AliasTable([3, 3, 3]).draw(source)))).toEqual(
    new Set([0, 1, 2]),
  );
  expect(new AliasTable([0.1]).draw(source)).toBe(0);
});

test('subsampling keeps words with probability √(sample / share), rare words always, and all words with sample 0', () => {
  const keep = keepProbabilities([400, 100, 1], 1000, 0.001);
  expect([...keep]).toEqual([Math.sqrt(0.001 / 0.4), Math.sqrt(0.001 / 0.1), 1]);
  expect([...keepProbabilities([400, 100, 1], 1000, 0)]).toEqual([1, 1, 1]);
});

const places = (count: number): OutputRows => ({
  outputs: new Int32Array(count),
  labels: new Float32Array(count),
  weights: new Float32Array(count),
});

test('negative sampling writes the words and shared negative samples, without samples that equal a word', () => {
  const targets = negativeSampling([9, 8, 7, 6, 5, 4], 3, 0.75);
  expect([targets.rows, targets.width(1), targets.width(10)]).toEqual([6, 4, 13]);
  const source = random();
  for (let run = 0; run < 200; run++) {
    const into = places(12);
    targets.write(into, 2, Int32Array.of(5, 0, 3, 5), 1, 4, 2, source);
    expect([...into.outputs.subarray(0, 4), ...into.labels.subarray(0, 4), ...into.weights.subarray(0, 4)]).toEqual([
      0, 0, 0, 5, 0, 0, 1, 1, 0, 0, 1, 1,
    ]);
    for (let at = 4; at < 7; at++) expect(into.weights[at]).toBe([0, 5].includes(into.outputs[at]!) ? 0 : 2);
    expect([...into.weights.subarray(7), ...into.labels.subarray(4)].every((v) => v === 0)).toBe(true);
  }
});

test('negative sampling draws with probability ∝ count^0.75', () => {
  const counts = [1000, 100, 10, 1];
  const [targets, source, n] = [negativeSampling(counts, 1, 0.75), random(), 100_000];
  const drawn = counts.map(() => 0);
  const into = places(2);
  for (let i = 0; i < n; i++) {
    targets.write(into, 0, Int32Array.of(0), 0, 1, -1, source);
    drawn[into.outputs[1]!]! += 1;
  }
  const total = counts.reduce((sum, count) => sum + count ** 0.75, 0);
  drawn.forEach((count, i) => {
    const p = counts[i]! ** 0.75 / total;
    expect(Math.abs(count - n * p)).toBeLessThan(5 * Math.sqrt(n * p * (1 - p)));
  });
});

test('hierarchical softmax writes the paths to the words', () => {
  // The tree of 4, 2, 1, 1 joins the last two first, then 2 and these, then all.
  const targets = hierarchicalSoftmax([4, 2, 1, 1]);
  expect([targets.rows, targets.width(1), targets.width(2)]).toEqual([3, 3, 6]);
  const into = places(8);
  targets.write(into, 1, Int32Array.of(1, 3, 0), 0, 3, 0, random());
  expect([...into.weights]).toEqual([0, 1, 1, 1, 1, 0, 0, 0]);
  expect([...into.outputs.subarray(1, 5)]).toEqual([2, 1, 0, 2]);
  expect(into.labels[1]).toBe(1 - into.labels[4]!);
});
