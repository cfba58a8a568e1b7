import { tensor, type Tensor, Variable } from '@chainrule/tensor';
import { expect, test } from 'vitest';
import { windowStep, type StepInputs, type StepOutputs, type Tables } from './windowStep.ts';

const ints = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'int32');
const floats = (values: number[] | number[][] | number[][][]): Tensor => tensor(values as number[]);
const makeTables = (inputs: number[][], outputs: number[][]): Tables => ({
  inputs: new Variable(floats(inputs)),
  outputs: new Variable(floats(outputs)),
});
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
const near = (actual: Tensor, expected: readonly (readonly number[])[]): void => {
  (actual.toArray() as number[][]).forEach((row, i) =>
    row.forEach((v, k) => expect(v).toBeCloseTo(expected[i]![k]!, 6)),
  );
};
function run(
  tables: Tables,
  batchSize: number,
  inputs: StepInputs,
  outputs: StepOutputs,
  rate: number,
): readonly [Tensor, Tensor] {
  return windowStep(tables, batchSize, { name: 'test' })(inputs, outputs, tensor(rate));
}

test('a step of skip-gram moves each neighbor and each output by the learning rate times their gradients', () => {
  const [u, s] = [
    [
      [0.1, 0.2],
      [0.3, -0.1],
      [0.5, 0.5],
    ],
    [
      [0.2, 0.1],
      [-0.3, 0.4],
      [1, 1],
    ],
  ];
  const tables = makeTables(u, s);
  // A window for word 0 with one neighbor, word 1, and word 1 as a negative sample. The second entries are unused.
  const inputs = { rows: ints([[1, 0]]), weights: floats([[[1], [0]]]) };
  const outputs = { rows: ints([[0, 1, 0]]), labels: floats([[[1, 0, 0]]]), weights: floats([[[1, 1, 0]]]) };
  const [loss, weight] = run(tables, 1, inputs, outputs, 0.1);
  const [positive, negative] = [dot(u[1]!, s[0]!), dot(u[1]!, s[1]!)];
  expect(loss.item()).toBeCloseTo(-Math.log(sigmoid(positive)) - Math.log(1 - sigmoid(negative)), 6);
  expect(weight.item()).toBe(2);
  const [g0, g1] = [sigmoid(positive) - 1, sigmoid(negative)];
  near(tables.inputs.value, [u[0]!, u[1]!.map((v, i) => v - 0.1 * (g0 * s[0]![i]! + g1 * s[1]![i]!)), u[2]!]);
  near(tables.outputs.value, [
    s[0]!.map((v, i) => v - 0.1 * g0 * u[1]![i]!),
    s[1]!.map((v, i) => v - 0.1 * g1 * u[1]![i]!),
    s[2]!,
  ]);
});

test('a step of means moves every row of a mean by the whole gradient', () => {
  const [u, s] = [
    [
      [0.1, 0.2],
      [0.3, -0.1],
      [0.5, 0.5],
    ],
    [
      [0.2, 0.1],
      [-0.3, 0.4],
    ],
  ];
  const tables = makeTables(u, s);
  // Window 0 has rows 0 and 2, window 1 has row 1; the last entry is unused.
  const inputs = { rows: ints([0, 2, 1, 0]), weights: floats([[0.5], [0.5], [1], [0]]), owners: ints([0, 0, 1, 0]) };
  const outputs = { rows: ints([[0], [1]]), labels: floats([[[1]], [[0]]]), weights: floats([[[1]], [[3]]]) };
  run(tables, 2, inputs, outputs, 0.1);
  const h = [[0.3, 0.35], u[1]!];
  const [g0, g1] = [sigmoid(dot(h[0]!, s[0]!)) - 1, 3 * sigmoid(dot(h[1]!, s[1]!))];
  const moved = (row: readonly number[], g: number, by: readonly number[]): number[] =>
    row.map((v, i) => v - 0.1 * g * by[i]!);
  near(tables.inputs.value, [moved(u[0]!, g0, s[0]!), moved(u[1]!, g1, s[1]!), moved(u[2]!, g0, s[0]!)]);
  near(tables.outputs.value, [moved(s[0]!, g0, h[0]!), moved(s[1]!, g1, h[1]!)]);
});

test('a row in every window of a batch moves at most by the inverse of its curvature', () => {
  const count = 64;
  const tables = makeTables(
    [[1, 0]],
    [
      [0, 3],
      [0, 0],
    ],
  );
  const inputs = {
    rows: ints(Array.from({ length: count }, () => [0])),
    weights: floats(Array.from({ length: count }, () => [[1]])),
  };
  const outputs = {
    rows: ints(Array.from({ length: count }, () => [1])),
    labels: floats(Array.from({ length: count }, () => [[1]])),
    weights: floats(Array.from({ length: count }, () => [[1]])),
  };
  run(tables, count, inputs, outputs, 0.5);
  // 4 / (count·|h|²) instead of 0.5; the gradient is count·(½ − 1)·h.
  near(tables.outputs.value, [
    [0, 3],
    [2, 0],
  ]);
});

test('steps reach a minimum where plain steps with the same rate diverge', () => {
  const tables = makeTables([[2, 0]], [[0, 0]]);
  const step = windowStep(tables, 400, { name: 'test' });
  const every = <T>(value: (i: number) => T): T[] => Array.from({ length: 400 }, (_, i) => value(i));
  const inputs = { rows: ints(every(() => [0])), weights: floats(every(() => [[1]])) };
  const outputs = {
    rows: ints(every(() => [0])),
    labels: floats(every((i) => [[i % 4 ? 1 : 0]])),
    weights: floats(every(() => [[1]])),
  };
  let loss = 0;
  for (let i = 0; i < 200; i++) loss = step(inputs, outputs, tensor(0.5))[0].item() / 400;
  expect(loss).toBeCloseTo(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25), 4);
});
