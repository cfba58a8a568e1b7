import { describe, it } from 'vitest';
import { expectFailure, expectPass, type Spelt } from './expectCase.ts';

/** ONNX' examples of Adagrad, Adam and Momentum among them. */
const [x, g, v]: Spelt[] = [
  [[1.2, 2.8], [2]],
  [[-0.94, -2.5], [2]],
  [[1.7, 3.6], [2]],
];

const each = (of: (x: number, g: number, v: number) => number): Spelt => [
  [0, 1].map((i) => of(x![0][i]!, g![0][i]!, v![0][i]!)),
  [2],
];

describe('one step from a state', () => {
  it('adagrad', () => {
    const decayed = (p: number, d: number): number => d + 0.001 * p;
    const squares = each((p, d, s) => s + decayed(p, d) ** 2);
    return expectPass(
      'adagrad',
      { learningRate: 0.1, epsilon: 1e-5, l2: 0.001 },
      { parameter: x!, gradient1: g!, accumulator0: v! },
      {
        step1: each((p, d, s) => p - (0.1 * decayed(p, d)) / (Math.sqrt(s + decayed(p, d) ** 2) + 1e-5)),
        accumulator1: squares,
      },
    );
  });

  it.each<[string, object, boolean]>([
    ['sgdMomentum', {}, false],
    ['sgdMomentum', { l2: 0.001 }, false],
    ['sgdNesterov', {}, true],
    ['sgdNesterov', { nesterov: true, l2: 0.01 }, true],
  ])('%s %j', (op, own: { l2?: number }, nesterov) => {
    const pulled = (p: number, d: number): number => d + (own.l2 ?? 0) * p;
    const next = (p: number, d: number, old: number): number => 0.95 * old + pulled(p, d);
    return expectPass(
      op,
      { learningRate: 0.1, momentum: 0.95, ...own },
      { parameter: x!, gradient1: g!, velocity0: v! },
      {
        step1: each((p, d, old) => p - 0.1 * (nesterov ? pulled(p, d) + 0.95 * next(p, d, old) : next(p, d, old))),
        velocity1: each(next),
      },
    );
  });

  it.each([1, 5])('adam, step %i', (step) => {
    const pulled = (p: number, d: number): number => d + 0.001 * p;
    const m = (p: number, d: number, old: number): number => 0.9 * old + 0.1 * pulled(p, d);
    const s = (p: number, d: number, old: number): number => 0.99 * (old + 1) + 0.01 * pulled(p, d) ** 2;
    return expectPass(
      'adam',
      { learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 0.01, l2: 0.001, step },
      { parameter: x!, gradient1: g!, m0: v!, v0: each((_p, _d, old) => old + 1) },
      {
        step1: each(
          (p, d, old) =>
            p - (0.1 * (m(p, d, old) / (1 - 0.9 ** step))) / (Math.sqrt(s(p, d, old) / (1 - 0.99 ** step)) + 0.01),
        ),
        m1: each(m),
        v1: each(s),
      },
    );
  });

  it('takes Adam without the correction, from step 0 too', async () => {
    const after = each((p, d) => p - (0.1 * 0.1 * d) / (Math.sqrt(0.01 * d * d) + 0.01));
    for (const step of [0, 1]) {
      await expectPass(
        'adam',
        { learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 0.01, biasCorrection: false, step },
        { parameter: x!, gradient1: g! },
        { step1: after },
      );
    }
  });

  it('refuses options that the optimizers lack', async () => {
    await expectFailure('adam', { step: 0 }, { parameter: x!, gradient1: g! }, 'not supported: attribute `step` 0');
    await expectFailure(
      'sgdMomentum',
      { dampening: 0.5 },
      { parameter: x!, gradient1: g! },
      'not supported: attribute `dampening`',
    );
  });
});

describe('clipByGlobalNorm', () => {
  it('scales all inputs by one factor, and leaves short ones', async () => {
    const inputs: Record<string, Spelt> = { a: [[3, 0], [2]], b: [[4], [1]] };
    await expectPass('clipByGlobalNorm', { maxNorm: 1 }, inputs, { a: [[0.6, 0], [2]], b: [[0.8], [1]] });
    await expectPass('clipByGlobalNorm', { maxNorm: 10 }, inputs, inputs);
  });
});
