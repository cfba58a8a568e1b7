import type { Callbacks } from './callbacks.ts';

/**
 * Ends training at a step that is not finite, as Keras' TerminateOnNaN. `fit` then returns the history instead of throwing;
 * the weights are those from before the step.
 *
 * @example
 * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd(), loss: meanSquaredError });
 * const history = await trainer.fit({ x: tensor([[NaN]]), y: tensor([[0]]) }, { epochs: 5, callbacks: [terminateOnNaN()] });
 * history.length; // => 1
 */
export function terminateOnNaN(): Callbacks {
  return {
    name: 'terminateOnNaN',
    onBadStep(_, { stop }) {
      stop();
      return true;
    },
  };
}
