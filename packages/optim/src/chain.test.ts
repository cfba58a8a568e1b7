import { tensor, type Tensor, Variable } from '@chainrule/tensor';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adagrad } from './adagrad.ts';
import { adam, adamW, scaleByAdam } from './adam.ts';
import { addDecayedWeights } from './addDecayedWeights.ts';
import { applyUpdates } from './applyUpdates.ts';
import { chain } from './chain.ts';
import { clipByGlobalNorm, clipByValue } from './clip.ts';
import { rmsprop, scaleByRms } from './rmsprop.ts';
import { scaleByLearningRate } from './scaleByLearningRate.ts';
import { sgd } from './sgd.ts';
import { trace } from './trace.ts';
import { defineTransformation, type GradientTransformation, type Optimizer } from './transformation.ts';
import { expectSteps, runSteps } from '../testing/plainLoop.ts';

const vector = (values: readonly number[]): Tensor => tensor([...values], undefined, 'float64');

describe('chain', () => {
  test('applies transformations from left to right', () => {
    const w = new Variable(tensor([0]));
    const first = (...parts: readonly GradientTransformation[]): number => {
      const optimizer = chain(...parts);
      return optimizer.update([tensor([5])], optimizer.init([w]), [w])[0]!.item();
    };
    expect(first(clipByValue(1), sgd({ learningRate: 0.5 }))).toBe(-0.5);
    expect(first(sgd({ learningRate: 0.5 }), clipByValue(1))).toBe(-1);
  });

  test('of one transformation equals that transformation', () => {
    expect(runSteps(chain(adam())).values).toEqual(runSteps(adam()).values);
  });

  test('of none returns gradients unchanged', () => {
    const g = tensor([1, 2]);
    expect(chain().update([g], chain().init([]), [])[0]).toBe(g);
  });

  test('joins names, and lists states', () => {
    const optimizer = chain(clipByValue(1), adam());
    expect(optimizer.name).toBe('clipByValue, adam');
    const [clipState, [{ m }, { learningRate }]] = optimizer.init([new Variable(tensor([1]), { name: 'w' })]);
    expect([clipState, m[0]!.name, learningRate.name]).toEqual([[], 'scaleByAdam/m/w', 'learningRate']);
  });

  test('passes the step to each schedule', () => {
    const optimizer = chain(clipByValue(1), chain(scaleByLearningRate((step) => step / 10)));
    const state = optimizer.init([]);
    optimizer.tick(state, 5);
    expect(state[1][0].learningRate.value.item()).toBe(0.5);
  });

  test('does not change the list of gradients', () => {
    const gradients = [tensor([3])];
    chain(clipByValue(1)).update(gradients, [[]], []);
    expect(gradients[0]!.item()).toBe(3);
  });
});

describe('links of one kind keep their own states:', () => {
  test('two momenta', () => {
    const twice = chain(trace({ decay: 0.5 }), trace({ decay: 0.9, nesterov: true }), scaleByLearningRate(0.05));
    expectSteps(twice, () => {
      let [a, b] = [0, 0];
      return (g) => {
        a = 0.5 * a + g;
        b = 0.9 * b + a;
        return -0.05 * (a + 0.9 * b);
      };
    });
  });

  test('RMSprop after Adam', () => {
    const optimizer = chain(scaleByAdam(), scaleByRms({ rho: 0.5, epsilon: 1e-3 }), scaleByLearningRate(0.05));
    expectSteps(optimizer, () => {
      let [m, v, s] = [0, 0, 0];
      return (g, step) => {
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        const u = m / (1 - 0.9 ** (step + 1)) / (Math.sqrt(v / (1 - 0.999 ** (step + 1))) + 1e-7);
        s = 0.5 * s + 0.5 * u * u;
        return (-0.05 * u) / (Math.sqrt(s) + 1e-3);
      };
    });
  });
});

describe('PyTorch’s optimizers as chains:', () => {
  // torch.optim.SGD(lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.1), as its documentation gives the algorithm
  test('SGD with momentum and weight decay', () => {
    const optimizer = chain(addDecayedWeights(0.1), trace({ decay: 0.9, nesterov: true }), scaleByLearningRate(0.05));
    expectSteps(optimizer, () => {
      let b = 0;
      return (gradient, _, w) => {
        const g = gradient + 0.1 * w;
        b = 0.9 * b + g;
        return -0.05 * (g + 0.9 * b);
      };
    });
  });

  // torch.optim.RMSprop(lr=0.05, alpha=0.99, eps=1e-8, weight_decay=0.1, momentum=0.9)
  test('RMSprop with momentum and weight decay', () => {
    const optimizer = chain(
      addDecayedWeights(0.1),
      scaleByRms({ rho: 0.99, epsilon: 1e-8 }),
      trace({ decay: 0.9 }),
      scaleByLearningRate(0.05),
    );
    expectSteps(
      optimizer,
      () => {
        let [v, b] = [0, 0];
        return (gradient, _, w) => {
          const g = gradient + 0.1 * w;
          v = 0.99 * v + 0.01 * g * g;
          b = 0.9 * b + g / (Math.sqrt(v) + 1e-8);
          return -0.05 * b;
        };
      },
      1e-11,
    );
  });
});

test('Keras’ SGD is the momentum of steps: the trace remembers rates', () => {
  const rates = (step: number): number => 0.1 / (1 + step);
  expectSteps(chain(scaleByLearningRate(rates), trace({ decay: 0.9 })), () => {
    let v = 0;
    return (g, step) => (v = 0.9 * v - rates(step) * g);
  });
});

test('built-in optimizers are chains of public transformations', () => {
  const same = (a: Optimizer, b: Optimizer): void => expect(runSteps(a).values).toEqual(runSteps(b).values);
  same(adam({ beta1: 0.5 }), chain(scaleByAdam({ beta1: 0.5 }), scaleByLearningRate(0.001)));
  same(adamW(), chain(scaleByAdam(), addDecayedWeights(0.004), scaleByLearningRate(0.001)));
  same(rmsprop({ momentum: 0.9 }), chain(scaleByRms(), trace({ decay: 0.9 }), scaleByLearningRate(0.001)));
  same(sgd({ momentum: 0.9 }), chain(trace({ decay: 0.9 }), scaleByLearningRate(0.01)));
});

describe('order', () => {
  test('a link that takes gradients throws after the learning rate, however deep the two are nested', () => {
    expect(() => chain(adam(), addDecayedWeights(0.1))).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: chain: \`parts[1]\` must come before the learning rate, got addDecayedWeights]`,
    );
    expect(() => chain(sgd(), adagrad())).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: chain: \`parts[1]\` must come before the learning rate, got adagrad]`,
    );
    const [before, after] = [chain(clipByValue(1), chain(sgd())), chain(clipByValue(1), chain(scaleByAdam()))];
    expect(() => chain(before, after)).toThrow('chain: `parts[1]` must come before the learning rate');
    expect(chain(after, before).gives).toBe('steps');
  });

  test('a link that takes steps throws before the learning rate', () => {
    const limit = defineTransformation({ name: 'limit', takes: 'steps', update: (u) => [...u] });
    expect(() => chain(scaleByAdam(), limit)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: chain: \`parts[1]\` must come after the learning rate, got limit]`,
    );
    expect(() => chain(limit, scaleByAdam())).toThrow('`parts[1]` must come before');
    expect(chain(adam(), limit).gives).toBe('steps');
  });

  test('a chain takes and gives the stages of its links', () => {
    const stages = ({ takes, gives }: GradientTransformation): unknown[] => [takes, gives];
    expect(stages(chain())).toEqual([undefined, undefined]);
    expect(stages(chain(clipByValue(1), trace({ decay: 0.9 })))).toEqual([undefined, undefined]);
    expect(stages(chain(clipByValue(1), scaleByAdam()))).toEqual(['gradients', undefined]);
    expect(stages(chain(clipByValue(1), adam(), clipByValue(1)))).toEqual(['gradients', 'steps']);
  });
});

describe('properties', () => {
  const number = fc.double({ min: -100, max: 100, noNaN: true });
  const gradients = fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 6 });
  const link = fc.oneof(
    fc.double({ min: 0.1, max: 10, noNaN: true }).map((limit) => () => clipByValue(limit)),
    fc.double({ min: 0.1, max: 10, noNaN: true }).map((norm) => () => clipByGlobalNorm(norm)),
    fc.double({ min: 0, max: 0.9, noNaN: true }).map((decay) => () => trace({ decay })),
    fc.double({ min: 0, max: 0.9, noNaN: true }).map((rho) => () => scaleByRms({ rho, epsilon: 1e-3 })),
    fc.constant(() => scaleByAdam()),
    fc.double({ min: 0, max: 1, noNaN: true }).map((decay) => () => addDecayedWeights(decay)),
  );

  const train = (optimizer: GradientTransformation, steps: readonly (readonly number[])[]): readonly number[] => {
    const w = new Variable(vector([1, -2]));
    const state = optimizer.init([w]);
    steps.forEach((g, step) => {
      optimizer.tick(state, step);
      applyUpdates([w], optimizer.update([vector(g)], state, [w]));
    });
    return [...w.value.data];
  };

  test('nesting does not matter', () => {
    fc.assert(
      fc.property(fc.array(link, { maxLength: 4 }), fc.nat(4), gradients, (links, at, steps) => {
        const rate = scaleByLearningRate(0.1);
        const flat = chain(...links.map((make) => make()), rate);
        const nested = chain(
          chain(...links.slice(0, at).map((make) => make())),
          chain(chain(...links.slice(at).map((make) => make())), rate),
        );
        expect(train(nested, steps)).toEqual(train(flat, steps));
      }),
      { numRuns: 60 },
    );
  });

  test('a chain equals its links in sequence, each with its own state', () => {
    fc.assert(
      fc.property(fc.array(link, { maxLength: 4 }), gradients, (links, steps) => {
        const w = new Variable(vector([1, -2]));
        const parts: GradientTransformation[] = links.map((make) => make());
        const states = parts.map((part) => part.init([w]));
        const together = chain(...links.map((make) => make()));
        const state = together.init([w]);
        for (const g of steps) {
          const apart = parts.reduce((u, part, i) => part.update(u, states[i]!, [w]), [vector(g)]);
          expect(together.update([vector(g)], state, [w])[0]!.toArray()).toEqual(apart[0]!.toArray());
        }
      }),
      { numRuns: 60 },
    );
  });
});
