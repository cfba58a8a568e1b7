import { type Tensor, tensor, Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { runSteps } from '../testing/plainLoop.ts';
import { adam } from './adam.ts';
import { applyUpdates } from './applyUpdates.ts';
import { chain } from './chain.ts';
import { clipByValue } from './clip.ts';
import { partition } from './partition.ts';
import { sgd } from './sgd.ts';

const byRank = ({ shape }: Variable): string => (shape.length > 1 ? 'kernels' : 'biases');

describe('partition', () => {
  test('trains each group as its optimizer would alone', () => {
    const values: Tensor[] = [tensor([[1, 2]]), tensor([3]), tensor([[5]])];
    const [variables, alone] = [values, values].map((all) => all.map((value) => new Variable(value))) as [
      Variable[],
      Variable[],
    ];
    const optimizer = partition(byRank, { kernels: adam({ learningRate: 0.1 }), biases: sgd({ momentum: 0.9 }) });
    const state = optimizer.init(variables);
    const [kernels, biases] = [adam({ learningRate: 0.1 }), sgd({ momentum: 0.9 })];
    const states = [kernels.init([alone[0]!, alone[2]!]), biases.init([alone[1]!])] as const;
    for (let step = 1; step < 5; step++) {
      const g = [tensor([[step, -1]]), tensor([0.5 * step]), tensor([[1 / step]])];
      applyUpdates(variables, optimizer.update(g, state, variables));
      applyUpdates([alone[0]!, alone[2]!], kernels.update([g[0]!, g[2]!], states[0], [alone[0]!, alone[2]!]));
      applyUpdates([alone[1]!], biases.update([g[1]!], states[1], [alone[1]!]));
    }
    expect(variables.map((v) => v.value.toArray())).toEqual(alone.map((v) => v.value.toArray()));
  });

  test('of one group equals its optimizer, even inside a chain', () => {
    const all = partition(() => 'all', { all: adam(), unused: sgd() });
    expect(runSteps(chain(clipByValue(1), all)).values).toEqual(runSteps(chain(clipByValue(1), adam())).values);
  });

  test('names the variable whose group has no optimizer', () => {
    const optimizer = partition(byRank, { kernels: sgd() });
    expect(() =>
      optimizer.init([new Variable(tensor([1]), { name: 'dense/bias' })]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: partition: \`groupOf\` must return one of kernels, got "biases" for dense/bias]`,
    );
  });

  test('throws for a group without a learning rate', () => {
    expect(() => partition(byRank, { kernels: clipByValue(1) as never })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: partition: \`optimizers.kernels\` must be an optimizer, which ends with a learning rate, got Object]`,
    );
    expect(() => partition(byRank, {})).toThrow('partition: `optimizers` must be an object');
  });
});
