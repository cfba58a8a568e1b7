import { describe, expect, test } from 'vitest';
import { gate, gateNames, hebbAccuracy, hebbOnGate, xorOfGates } from './gates.ts';
import { accuracyOf, outputOf, perceptronRule } from './thresholdUnit.ts';
import { sides } from './twoClasses.ts';

describe('the perceptron rule', () => {
  test('moves the weights by each wrong sample, and ends after an epoch without mistakes', () => {
    // By hand: the first sample is right, the second adds (2, −1, 1), and the second epoch has no mistake.
    const examples = [
      { inputs: [-2, 1], target: 0 },
      { inputs: [2, -1], target: 1 },
    ] as const;
    expect(perceptronRule(examples, 9)).toEqual({ unit: { weights: [2, -1], bias: 1 }, mistakes: [1, 0] });
  });

  test.each([1, 2, 3])('makes at most (R / γ)² mistakes on separable samples (Novikoff 1962), seed %i', (seed) => {
    const examples = sides(200, 0.2, seed);
    const { unit, mistakes } = perceptronRule(examples, 1000);
    expect(accuracyOf((inputs) => outputOf(unit, inputs), examples)).toBe(1);
    // The margin of the line x₂ = x₁ / 2 + 0.2, with the bias as a weight of an input of 1.
    const line = [-0.5, 1, -0.2];
    const dots = examples.map(({ inputs }) => [...inputs, 1].reduce((sum, v, i) => sum + v * line[i]!, 0));
    const margin = Math.min(...dots.map(Math.abs)) / Math.hypot(...line);
    const radius = Math.max(...examples.map(({ inputs }) => Math.hypot(...inputs, 1)));
    expect(mistakes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual((radius / margin) ** 2);
  });

  test('makes mistakes in each epoch on samples that no line separates', () => {
    expect(perceptronRule(gate('XOR'), 60).mistakes.filter((count) => count > 0)).toHaveLength(60);
    const { mistakes } = perceptronRule(sides(300, -0.2, 1), 20);
    expect(mistakes).toHaveLength(20);
  });
});

describe('gates', () => {
  test.each(['AND', 'OR', 'NAND'] as const)('%s is learned by one unit', (name) => {
    const { unit } = perceptronRule(gate(name), 20);
    const logic = { AND: (a: number, b: number) => a & b, OR: (a: number, b: number) => a | b, NAND: (a: number, b: number) => 1 - (a & b) }; // prettier-ignore
    for (const [a, b] of [[0, 0], [0, 1], [1, 0], [1, 1]] as const) expect(outputOf(unit, [a, b])).toBe(logic[name](a, b)); // prettier-ignore
  });

  test('XOR is computed by three units', () => {
    const xor = xorOfGates(20);
    expect([[0, 0], [0, 1], [1, 0], [1, 1]].map(xor)).toEqual([0, 1, 1, 0]); // prettier-ignore
  });

  test("Hebb's rule needs −1 and 1 for AND (Fausett 1994, section 2.2)", () => {
    expect([hebbOnGate('AND', -1), hebbOnGate('AND', 0)]).toEqual([
      { weights: [2, 2], bias: -2 },
      { weights: [1, 1], bias: 1 },
    ]);
    expect(gateNames.map((name) => hebbAccuracy(name, -1))).toEqual([1, 1, 1, 0.5]);
    expect(hebbAccuracy('AND', 0)).toBe(0.25);
  });
});
