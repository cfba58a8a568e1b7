import { tensor, Variable, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { expectSteps } from '../testing/plainLoop.ts';
import { lion, scaleByLion } from './lion.ts';

describe('lion', () => {
  test.each([
    ['its defaults', {}, [0.001, 0.9, 0.99, 0]],
    ['other options', { learningRate: 0.1, beta1: 0.3, beta2: 0.5, weightDecay: 0.2 }, [0.1, 0.3, 0.5, 0.2]],
  ] as const)('equals the algorithm with %s', (_, options, [rate, beta1, beta2, decay]) => {
    expectSteps(lion(options), () => {
      let m = 0;
      return (g, _step, w) => {
        const update = -rate * (Math.sign(beta1 * m + (1 - beta1) * g) + decay * w);
        m = beta2 * m + (1 - beta2) * g;
        return update;
      };
    });
  });

  test('does not decay variables that the mask excludes', () => {
    const variables = [new Variable(tensor([[4]])), new Variable(tensor([4]))];
    const optimizer = lion({ learningRate: 0.5, weightDecay: 0.5, mask: ({ shape }) => shape.length > 1 });
    const updates = optimizer.update([zeros([1, 1]), zeros([1])], optimizer.init(variables), variables);
    expect(updates.map((u) => u.item())).toEqual([-1, -0]);
  });

  test('throws for decays outside [0, 1)', () => {
    expect(() => scaleByLion({ beta1: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: scaleByLion: \`beta1\` must be in [0, 1), got 1]`,
    );
  });
});
