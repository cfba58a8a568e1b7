import { describe, expect, test } from 'vitest';
import {
  constantSchedule,
  cosineDecay,
  inversePowerDecay,
  inverseTimeDecay,
  piecewiseConstant,
  polynomialDecay,
  stepDecay,
  warmUp,
} from './schedules.ts';
import type { Schedule } from './transformation.ts';

const at = (schedule: Schedule, ...steps: number[]): number[] =>
  steps.map((step) => Number(schedule(step).toPrecision(14)));

describe('schedules', () => {
  test('constantSchedule is the same at every step', () => {
    expect(at(constantSchedule(0.3), 0, 1, 1e9)).toEqual([0.3, 0.3, 0.3]);
  });

  test('piecewiseConstant changes after each boundary, as in Keras', () => {
    // Keras' example: 1.0 for the first 100001 steps, 0.5 for the next 10000, then 0.1.
    expect(at(piecewiseConstant([100000, 110000], [1, 0.5, 0.1]), 0, 100000, 100001, 110000, 110001, 1e9)).toEqual([
      1, 1, 0.5, 0.5, 0.1, 0.1,
    ]);
    expect(at(piecewiseConstant([], [0.2]), 0, 9)).toEqual([0.2, 0.2]);
  });

  test('stepDecay multiplies the rate at regular intervals', () => {
    expect(at(stepDecay({ initialLearningRate: 0.8, every: 10, factor: 0.5 }), 0, 9, 10, 19, 20, 100)).toEqual([
      0.8,
      0.8,
      0.4,
      0.4,
      0.2,
      0.8 / 1024,
    ]);
  });

  test('inverseTimeDecay is rate / (1 + decayRate·step/decaySteps), without end', () => {
    expect(at(inverseTimeDecay({ initialLearningRate: 0.1, decaySteps: 1, decayRate: 0.5 }), 0, 2, 18)).toEqual([
      0.1, 0.05, 0.01,
    ]);
  });

  test('inversePowerDecay is rate / (1 + step/decaySteps)^power', () => {
    expect(at(inversePowerDecay({ initialLearningRate: 1, decaySteps: 10, power: 2 }), 0, 10, 90)).toEqual([
      1, 0.25, 0.01,
    ]);
  });

  test('polynomialDecay reaches its end and stays there', () => {
    // Keras' example: 0.1 to 0.01 in 10000 steps with power 0.5.
    const schedule = polynomialDecay({
      initialLearningRate: 0.1,
      decaySteps: 10000,
      endLearningRate: 0.01,
      power: 0.5,
    });
    expect(at(schedule, 0, 7500, 10000, 10001, 1e9)).toEqual([0.1, 0.055, 0.01, 0.01, 0.01]);
    expect(at(polynomialDecay({ initialLearningRate: 1, decaySteps: 4 }), 4)).toEqual([0.0001]);
  });

  test('cosineDecay goes to alpha times the rate, and stays there', () => {
    expect(at(cosineDecay({ initialLearningRate: 0.4, decaySteps: 100 }), 0, 50, 100, 200)).toEqual([0.4, 0.2, 0, 0]);
    expect(at(cosineDecay({ initialLearningRate: 0.4, decaySteps: 100, alpha: 0.5 }), 0, 50, 100, 1e6)).toEqual([
      0.4, 0.3, 0.2, 0.2,
    ]);
    expect(cosineDecay({ initialLearningRate: 1, decaySteps: 3 })(1)).toBeCloseTo(0.75, 15);
  });

  test('warmUp grows in a line, and hands over without a jump', () => {
    const schedule = warmUp({ steps: 4, after: stepDecay({ initialLearningRate: 0.8, every: 2, factor: 0.5 }) });
    expect(at(schedule, 0, 1, 3, 4, 5, 6)).toEqual([0, 0.2, 0.6, 0.8, 0.8, 0.4]);
    expect(at(warmUp({ steps: 2, start: 0.5, after: constantSchedule(1) }), 0, 1, 2, 99)).toEqual([0.5, 0.75, 1, 1]);
  });

  test('throw for wrong arguments', () => {
    expect(() => piecewiseConstant([1, 2], [1, 2])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: piecewiseConstant: \`values\` must have 3 numbers for 2 boundaries, got 2]`,
    );
    expect(() => piecewiseConstant([2, 2], [1, 2, 3])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: piecewiseConstant: \`boundaries\` must ascend]`,
    );
    expect(() => stepDecay({ initialLearningRate: 1, every: 0, factor: 0.5 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: stepDecay: \`every\` must be above 0, got 0]`,
    );
    expect(() =>
      inverseTimeDecay({ initialLearningRate: 1, decaySteps: 0, decayRate: 1 }),
    ).toThrowErrorMatchingInlineSnapshot(`[OptionError: inverseTimeDecay: \`decaySteps\` must be above 0, got 0]`);
    expect(() =>
      inversePowerDecay({ initialLearningRate: 1, decaySteps: 1, power: 0 }),
    ).toThrowErrorMatchingInlineSnapshot(`[OptionError: inversePowerDecay: \`power\` must be above 0, got 0]`);
    expect(() => polynomialDecay({ initialLearningRate: 1, decaySteps: NaN })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: polynomialDecay: \`decaySteps\` must be above 0, got NaN]`,
    );
    expect(() => cosineDecay({ initialLearningRate: 1, decaySteps: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: cosineDecay: \`decaySteps\` must be above 0, got -1]`,
    );
    expect(() => warmUp({ steps: 0, after: constantSchedule(1) })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: warmUp: \`steps\` must be above 0, got 0]`,
    );
  });
});
