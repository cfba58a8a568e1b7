import { Generator, mul, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { layerNormLstmCell } from './layerNormLstmCell.ts';
import { rnn } from './rnn.ts';
import { built, numbers, outputs, product, random, sigmoid } from '../testing/recurrent.ts';

type Row = readonly number[];

/** Normalizes one vector, number by number. */
function normalized(row: Row, epsilon: number): number[] {
  const mean = row.reduce((a, b) => a + b, 0) / row.length;
  const variance = row.reduce((a, b) => a + (b - mean) ** 2, 0) / row.length;
  return row.map((v) => (v - mean) / Math.sqrt(variance + epsilon));
}

/** Equations 20 to 22 of Ba et al. for one sample, number by number; the last h and c. */
function loop(weights: Readonly<Record<string, unknown>>, x: readonly Row[], units: number, epsilon: number): Row[] {
  const matrix = (name: string): readonly Row[] => weights[name] as readonly Row[];
  const vector = (name: string): Row => weights[name] as Row;
  let [h, c]: [Row, Row] = [Array(units).fill(0), Array(units).fill(0)];
  const wide = Array.from({ length: 4 * units }, (_, j) => j);
  for (const row of x) {
    const fromX = normalized(
      wide.map((j) => product(row, matrix('kernel'), j)),
      epsilon,
    );
    const fromH = normalized(
      wide.map((j) => product(h, matrix('recurrentKernel'), j)),
      epsilon,
    );
    const z = wide.map(
      (j) => vector('kernelScale')[j]! * fromX[j]! + vector('recurrentScale')[j]! * fromH[j]! + vector('bias')[j]!,
    );
    c = c.map((old, u) => sigmoid(z[units + u]!) * old + sigmoid(z[u]!) * Math.tanh(z[2 * units + u]!));
    const n = normalized(c, epsilon);
    h = n.map(
      (v, u) => sigmoid(z[3 * units + u]!) * Math.tanh(vector('stateScale')[u]! * v + vector('stateOffset')[u]!),
    );
  }
  return [h, c];
}

describe('layerNormLstmCell', () => {
  test.each([
    ['several units', 3, 1e-3],
    ['one unit', 1, 1e-3],
    ['another epsilon', 2, 0.5],
  ])('equals a plain loop for %s', (_, units, epsilon) => {
    const x = random([2, 5, 3]);
    const layer = built(rnn(layerNormLstmCell(units, { epsilon }), { returnState: true }), x.shape);
    const weights = Object.fromEntries(layer.variables().map(({ name, value }) => [name, value.value.toArray()]));
    const [, h, c] = outputs(layer, x) as [Tensor, Tensor, Tensor];
    const expected = (x.toArray() as number[][][]).map((rows) => loop(weights, rows, units, epsilon));
    numbers(h).forEach((v, i) => expect(v).toBeCloseTo(expected.flatMap(([row]) => row!)[i]!, 11));
    numbers(c).forEach((v, i) => expect(v).toBeCloseTo(expected.flatMap(([, row]) => row!)[i]!, 11));
  });

  test('starts with scales of 1, offsets of 0 and a forget bias of 1', () => {
    const layer = rnn(layerNormLstmCell(2));
    layer.build([[1, 4, 3]], { rng: new Generator(1), dtype: 'float64' });
    const start = Object.fromEntries(layer.variables().map(({ name, value }) => [name, value.value.toArray()]));
    expect(start).toMatchObject({
      bias: [0, 0, 1, 1, 0, 0, 0, 0],
      kernelScale: Array(8).fill(1),
      recurrentScale: Array(8).fill(1),
      stateScale: [1, 1],
      stateOffset: [0, 0],
    });
  });

  test('ignores the scale of its input', () => {
    const x = random([2, 4, 3]);
    const layer = built(rnn(layerNormLstmCell(3, { epsilon: 1e-12 })), x.shape);
    const large = outputs(layer, mul(x, 1000))[0]!;
    numbers(outputs(layer, x)[0]!).forEach((v, i) => expect(numbers(large)[i]).toBeCloseTo(v, 9));
  });

  test('throws for bad arguments', () => {
    expect(() => layerNormLstmCell(0)).toThrow('layerNormLstmCell: `units` must be a positive integer, got 0');
    expect(() => layerNormLstmCell(2, { epsilon: 0 })).toThrow('`epsilon` must be above 0, got 0');
  });
});
