import { tensor, Variable } from '@chainrule/tensor';
import { treeLeaves } from '@chainrule/tensor/graph';
import { describe, expect, test } from 'vitest';
import { applyUpdates } from './applyUpdates.ts';
import { rmsprop, type RmspropOptions } from './rmsprop.ts';
import { expectSteps } from '../testing/plainLoop.ts';

/** Hinton's lecture 6e, Graves' equations 38 to 41, with epsilon outside the root. */
const plain =
  ({
    learningRate = 0.001,
    rho = 0.9,
    momentum = 0,
    centered = false,
    epsilon = 1e-7,
    biasCorrection = false,
  }: RmspropOptions) =>
  (): ((g: number) => number) => {
    let [s, m, v, t] = [0, 0, 0, 0];
    return (g) => {
      s = rho * s + (1 - rho) * g * g;
      m = rho * m + (1 - rho) * g;
      const unbiased = biasCorrection ? s / (1 - rho ** ++t) : s;
      v = momentum * v + g / (Math.sqrt(centered ? Math.max(0, s - m * m) : unbiased) + epsilon);
      return -(learningRate as number) * v;
    };
  };

describe('rmsprop', () => {
  test.each([
    ['its defaults', {}],
    ['another rate, rho and epsilon', { learningRate: 0.01, rho: 0.5, epsilon: 1e-3 }],
    ['momentum', { learningRate: 0.01, momentum: 0.9 }],
    ['centered', { learningRate: 0.01, centered: true, epsilon: 1e-3 }],
    ['centered and momentum', { learningRate: 0.01, centered: true, momentum: 0.5, epsilon: 1e-3 }],
    ['bias correction', { learningRate: 0.01, biasCorrection: true }],
    ['bias correction and momentum', { learningRate: 0.01, momentum: 0.5, biasCorrection: true }],
  ] as [string, RmspropOptions][])('equals the plain loop over 30 steps, with %s', (_, options) => {
    expectSteps(rmsprop(options), plain(options));
  });

  test('has only the states that its options need', () => {
    const paths = (options: RmspropOptions): string[] =>
      treeLeaves(rmsprop(options).init([new Variable(tensor([1]))])).map(({ path }) => path);
    expect(paths({})).toEqual(['[0].squares[0]', '[2].learningRate']);
    expect(paths({ centered: true, momentum: 0.5 })).toEqual([
      '[0].means[0]',
      '[0].squares[0]',
      '[1].trace[0]',
      '[2].learningRate',
    ]);
  });

  test('takes a first step of the learning rate with bias correction, and of 1 / √(1 − ρ) times that without', () => {
    const firstStep = (options: RmspropOptions): number => {
      const [w, optimizer] = [new Variable(tensor([0])), rmsprop({ learningRate: 0.01, epsilon: 0, ...options })];
      applyUpdates([w], optimizer.update([tensor([5])], optimizer.init([w]), [w]));
      return w.value.item();
    };
    expect(firstStep({ biasCorrection: true })).toBeCloseTo(-0.01, 8);
    expect(firstStep({})).toBeCloseTo(-0.01 / Math.sqrt(0.1), 8);
  });

  test('is finite if centered and constant gradients have a variance that rounds below 0', () => {
    const w = new Variable(tensor([0, 0, 0]));
    const optimizer = rmsprop({ centered: true });
    const state = optimizer.init([w]);
    for (let i = 0; i < 400; i++) {
      applyUpdates([w], optimizer.update([tensor([0.1507, 0.3014, 7.7])], state, [w]));
      expect(w.value.data.every(Number.isFinite), `step ${i}`).toBe(true);
    }
  });

  test('throws for decays outside [0, 1), an epsilon below 0, and two options that exclude each other', () => {
    expect(() => rmsprop({ rho: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: rmsprop: \`rho\` must be in [0, 1), got 1]`,
    );
    expect(() => rmsprop({ centered: true, biasCorrection: true })).toThrow('does not fit `centered`');
    expect(() => rmsprop({ momentum: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: rmsprop: \`momentum\` must be in [0, 1), got 1.5]`,
    );
    expect(() => rmsprop({ epsilon: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: rmsprop: \`epsilon\` must be at least 0, got -1]`,
    );
  });
});
