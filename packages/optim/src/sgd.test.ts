import { tensor, Variable } from '@chainrule/tensor';
import { treeLeaves } from '@chainrule/tensor/graph';
import { describe, expect, test } from 'vitest';
import { applyUpdates } from './applyUpdates.ts';
import { sgd, type SgdOptions, type SgdState } from './sgd.ts';
import { expectSteps } from '../testing/plainLoop.ts';

const rate = 0.05;
const paths = (state: SgdState): string[] => treeLeaves(state).map(({ path }) => path);

describe('sgd', () => {
  test('is w − η·g without momentum, and keeps no other state', () => {
    expectSteps(sgd({ learningRate: 0.05 }), () => (g) => -rate * g);
    expect(paths(sgd().init([new Variable(tensor([1]))]))).toEqual(['[1].learningRate']);
    expect(paths(sgd({ momentum: 0.9 }).init([new Variable(tensor([1]))]))).toEqual([
      '[0].trace[0]',
      '[1].learningRate',
    ]);
  });

  test.each([
    [0.5, false],
    [0.9, false],
    [0.9, true],
  ])('accumulates a velocity with momentum %d, nesterov %s', (momentum, nesterov) => {
    expectSteps(sgd({ learningRate: 0.05, momentum, nesterov }), () => {
      let v = 0;
      return (g) => {
        v = momentum * v + g;
        return -rate * (nesterov ? g + momentum * v : v);
      };
    });
  });

  test('applies a changing rate last: the velocity does not remember rates', () => {
    const rates = (step: number): number => 0.1 / (1 + step);
    expectSteps(sgd({ learningRate: rates, momentum: 0.9 }), () => {
      let v = 0;
      return (g, step) => -rates(step) * (v = 0.9 * v + g);
    });
  });

  test('finds the minimum of a quadratic', () => {
    const w = new Variable(tensor([5, -3]));
    const optimizer = sgd({ learningRate: 0.1, momentum: 0.5 });
    const state = optimizer.init([w]);
    for (let i = 0; i < 100; i++)
      applyUpdates([w], optimizer.update([tensor(w.value.data.map((x) => 2 * (x - 1)))], state, [w]));
    w.value.data.forEach((x) => expect(x).toBeCloseTo(1, 6));
  });

  test('throws for a momentum outside [0, 1), and another number of gradients', () => {
    const make = (options: SgdOptions) => (): unknown => sgd(options);
    expect(make({ momentum: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: sgd: \`momentum\` must be in [0, 1), got 1]`,
    );
    expect(make({ momentum: -0.1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: sgd: \`momentum\` must be in [0, 1), got -0.1]`,
    );
    const optimizer = sgd({ momentum: 0.5 });
    const variables = [new Variable(tensor([1])), new Variable(tensor([1]))];
    expect(() =>
      optimizer.update([tensor([1])], optimizer.init(variables), variables),
    ).toThrowErrorMatchingInlineSnapshot(`[ShapeError: trace: expects 2 updates, got 1]`);
  });
});
