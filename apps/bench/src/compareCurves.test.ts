import { valueAndGrad } from '@chainrule/autograd';
import { reference } from '@chainrule/compiler';
import { applyUpdates } from '@chainrule/optim';
import type { Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { losses, modelOf, optimizerOf, prepareChainrule, toTensor } from './chainrule.ts';
import { compareCurves } from './compareCurves.ts';
import { measure } from './measure.ts';
import { makeProblem } from './problem.ts';
import type { Net } from './workloads.ts';

/** W1, smaller. */
const net: Net = {
  input: [12],
  layers: [
    { type: 'dense', units: 9, activation: 'relu' },
    { type: 'dense', units: 7, activation: 'leakyRelu' },
    { type: 'dense', units: 4 },
  ],
  loss: 'softmax',
  optimizer: 'adam',
};
const steps = 10;

/** The training loop written out, without compiler and trainer. */
function eagerLosses(): number[] {
  const { x, y, weights } = makeProblem(net, 6);
  const model = modelOf(net, weights);
  const optimizer = optimizerOf(net);
  const variables = model.trainableVariables();
  const state = optimizer.init(variables);
  return Array.from({ length: steps }, () => {
    const [loss, gradients] = valueAndGrad((_: readonly Variable[]) =>
      losses[net.loss](model.call(toTensor(x), { training: true }), toTensor(y), {}),
    )(variables);
    applyUpdates(variables, optimizer.update(gradients, state, variables));
    return loss.item();
  });
}

async function compiledLosses(): Promise<readonly number[]> {
  const subject = await prepareChainrule({ kind: 'train', name: 'W1', title: '', net, batch: 6 }, reference());
  return (await measure(subject, { warmUp: 0, warmMs: 0, steps, timedMs: 0, budgetMs: 60_000 })).losses;
}

describe('compareCurves', () => {
  test('finds that this library computes the same eager and compiled, and that it learns', async () => {
    const [eager, compiled] = [eagerLosses(), await compiledLosses()];
    const { steps: compared, difference } = compareCurves(
      'W1',
      { library: 'eager', losses: eager },
      { library: 'chainrule', losses: compiled },
    );
    expect(compared).toBe(steps);
    expect(difference).toBeLessThan(1e-6);
    expect(eager.at(-1)!).toBeLessThan(0.99 * eager[0]!);
  });

  test('compares as far as both go', () => {
    expect(
      compareCurves('W1', { library: 'torch', losses: [2, 1] }, { library: 'chainrule', losses: [2, 1.0005, 0.5] }),
    ).toEqual({ steps: 2, difference: expect.closeTo(0.00025, 5) as number });
  });

  test('names the library and the step that differ', () => {
    const own = { library: 'chainrule', losses: [2, 1] };
    expect(() => compareCurves('W1', { library: 'torch', losses: [2, 1.1] }, own)).toThrowErrorMatchingInlineSnapshot(
      `[ChainruleError: bench: W1 on torch must have the losses of chainrule within 0.02 of their size, got 1.1 for 1 at step 2]`,
    );
    expect(() => compareCurves('W1', { library: 'torch', losses: [2.001, 1] }, own)).toThrow(
      'got 2.001 for 2 at step 1',
    );
    expect(() => compareCurves('W1', { library: 'torch', losses: [NaN] }, own)).toThrow('got NaN for 2 at step 1');
  });
});
