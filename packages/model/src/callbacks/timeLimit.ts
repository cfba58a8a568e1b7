import { positive } from '@chainrule/errors/check';
import type { Callbacks } from './callbacks.ts';

/**
 * Ends training after a time. The batch that is running then is the last one. If it is not the last of its epoch, the epoch
 * is not validated, as with `stop`.
 *
 * @param seconds - from the start of `fit`, compilation included
 * @throws OptionError for a time of 0 or less
 * @example
 * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd(), loss: meanSquaredError });
 * const line = { x: tensor([[0], [1]]), y: tensor([[1], [3]]) };
 * (await trainer.fit(line, { epochs: 1e6, callbacks: [timeLimit(0.05)] })).length < 1e6; // => true
 */
export function timeLimit(seconds: number): Callbacks {
  positive('timeLimit', 'seconds', seconds);
  let end = Infinity;
  return {
    name: 'timeLimit',
    onTrainBegin() {
      end = performance.now() + 1000 * seconds;
    },
    onBatchBegin(_, { stop }) {
      if (performance.now() >= end) stop();
    },
  };
}
