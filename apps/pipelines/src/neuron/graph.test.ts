import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Figure } from '@chainrule/visualize';
import { runOnce } from '../../testing/runOnce.ts';
import { graph } from './graph.ts';
import { derivativesOf, descend, resultOf, type WorkedGraph } from './workedGraph.ts';
import { sigmoidNeuron, smallNet, smallNetParameters, sumTimes } from './workedGraphs.ts';

const printed: string[] = [];
beforeAll(() => void vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line)));
afterAll(() => void vi.restoreAllMocks());

const derivatives = (of: WorkedGraph): Record<string, number> =>
  Object.fromEntries(derivativesOf(of).map(({ name, derivative }) => [name, derivative]));

describe('derivatives', () => {
  test('of (x + y) · z are z, z and x + y', () => {
    expect(resultOf(sumTimes)).toBe(-12);
    expect(derivatives(sumTimes)).toEqual({ x: -4, y: -4, z: 3, q: -4, f: 1 });
  });

  test('of a sigmoid neuron are y (1 − y) times the other factor', () => {
    const y = 1 / (1 + Math.exp(-1));
    const slope = y * (1 - y);
    const found = derivatives(sigmoidNeuron);
    expect(resultOf(sigmoidNeuron)).toBeCloseTo(y, 12);
    const expected = { w1: -1, x1: 2, w2: -2, x2: -3, b: 1, p1: 1, p2: 1, s: 1, a: 1 };
    for (const [name, factor] of Object.entries(expected)) expect(found[name]).toBeCloseTo(factor * slope, 12);
    expect(found['y']).toBe(1);
  });

  test('of a 2-2-1 net are those of the delta rule', () => {
    const { x1, x2, w11, w12, b1, w21, w22, b2, v1, v2, c, t } = smallNet.inputs as Record<string, number>;
    const sigmoid = (a: number): number => 1 / (1 + Math.exp(-a));
    const h1 = sigmoid(w11! * x1! + w12! * x2! + b1!);
    const h2 = sigmoid(w21! * x1! + w22! * x2! + b2!);
    const y = sigmoid(v1! * h1 + v2! * h2 + c!);
    const delta = (y - t!) * y * (1 - y);
    const [delta1, delta2] = [delta * v1! * h1 * (1 - h1), delta * v2! * h2 * (1 - h2)];
    const expected = {
      w11: delta1 * x1!,
      w12: delta1 * x2!,
      b1: delta1,
      w21: delta2 * x1!,
      w22: delta2 * x2!,
      b2: delta2,
      v1: delta * h1,
      v2: delta * h2,
      c: delta,
    };
    const found = derivatives(smallNet);
    for (const [name, value] of Object.entries(expected)) expect(found[name]).toBeCloseTo(value, 12);
    const stepped = descend(smallNet, smallNetParameters, 0.5);
    expect(stepped.inputs['w21']).toBeCloseTo(w21! - 0.5 * delta2 * x1!, 12);
    expect(stepped.inputs['x1']).toBe(x1);
  });

  test('agree with finite differences', () => {
    for (const example of [sumTimes, sigmoidNeuron, smallNet])
      for (const { derivative, difference } of derivativesOf(example)) expect(difference).toBeCloseTo(derivative, 8);
  });
});

describe('neuron graph', () => {
  test('prints each node, and lowers the error at each step', async () => {
    const figures: Figure[] = [];
    const { metrics, epochs } = await runOnce(graph, { epochs: 8 }, figures);
    expect(metrics['largestDifference']).toBeLessThan(1e-8);
    expect(epochs).toHaveLength(8);
    const losses = [metrics['firstError']!, ...epochs.map(({ loss }) => loss!)];
    losses.slice(1).forEach((loss, i) => expect(loss).toBeLessThan(losses[i]!));
    expect(figures).toMatchObject([
      { kind: 'graph', title: sumTimes.title },
      { kind: 'graph', title: sigmoidNeuron.title },
      { kind: 'graph', title: smallNet.title },
      { title: 'error of the 2-2-1 net', series: [{ points: { length: 9 } }] },
    ]);
    expect(printed.join('\n')).toMatch(/q +x \+ y +3\.000000 +-4\.000000 +-4\.000000/);
  });

  test('draws no curve without a step', async () => {
    const figures: Figure[] = [];
    const { metrics } = await runOnce(graph, { epochs: 0 }, figures);
    expect([figures.length, metrics['lastError']]).toEqual([3, metrics['firstError']]);
  });
});
