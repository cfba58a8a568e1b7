import { OptionError } from '@chainrule/errors';
import { checkOptions, integerFrom, nonNegative, numberThat } from '@chainrule/errors/check';
import { learningRatesOf } from '@chainrule/optim';
import { full } from '@chainrule/tensor';
import type { Callbacks, TrainingControl } from './callbacks.ts';
import { monitorChecks, type MonitorOptions, watchBest } from './monitor.ts';

/** When {@link reduceOnPlateau} lowers the learning rate, and by how much. */
export interface ReduceOnPlateauOptions extends MonitorOptions {
  /** The new rate against the old one, above 0 and below 1. Default 0.1. */
  readonly factor?: number;
  /** Epochs without improvement before the rate falls. Default 10. */
  readonly patience?: number;
  /** Epochs after a reduction that do not count. Default 0. */
  readonly cooldown?: number;
  /** The smallest rate. Default 0. */
  readonly minLearningRate?: number;
}

/**
 * Lowers the learning rate when a log, such as the validation loss, stops improving: a performance schedule, as Keras'
 * ReduceLROnPlateau. With several optimizers, such as those
 * of `partition`, it lowers each rate. A checkpoint holds its state.
 *
 * @param options - `monitor` ('valLoss'), `mode`, `minDelta` (0.0001), `factor` (0.1), `patience` (10), `cooldown` (0),
 *   `minLearningRate` (0)
 * @throws OptionError in the first epoch if the logs have no value named `monitor`, or if a schedule sets the rate
 * @example
 * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd({ learningRate: 0.5 }), loss: meanSquaredError });
 * const plateau = reduceOnPlateau({ monitor: 'loss', minDelta: 100, factor: 0.5, patience: 2 });
 * await trainer.fit({ x: tensor([[0]]), y: tensor([[0]]) }, { epochs: 5, callbacks: [plateau] });
 * learningRateOf(trainer.optimizerState).value.item(); // => 0.125
 */
export function reduceOnPlateau(options: ReduceOnPlateauOptions = {}): Callbacks {
  checkOptions('reduceOnPlateau', options, {
    ...monitorChecks,
    factor: numberThat('a number above 0 and below 1', (value) => value > 0 && value < 1),
    patience: integerFrom(0),
    cooldown: integerFrom(0),
    minLearningRate: nonNegative,
  });
  const { factor = 0.1, patience = 10, cooldown = 0, minLearningRate = 0, minDelta = 1e-4 } = options;
  const start = (): { watch: ReturnType<typeof watchBest>; waited: number; resting: number } => ({
    watch: watchBest('reduceOnPlateau', { ...options, minDelta }),
    waited: 0,
    resting: 0,
  });
  let now = start();
  return {
    name: 'reduceOnPlateau',
    onTrainBegin() {
      now = start();
    },
    async onEpochLogs(logs, control) {
      if (now.resting > 0) {
        now.resting--;
        now.waited = 0;
      }
      if (now.watch.isBest(logs)) now.waited = 0;
      else if (now.resting === 0 && ++now.waited >= patience) {
        await reduce(control, factor, minLearningRate);
        now.waited = 0;
        now.resting = cooldown;
      }
    },
    state: () => ({ ...now.watch.state(), waited: now.waited, resting: now.resting }),
    restore(state) {
      now.watch.restore(state);
      now.waited = Number(state['waited']) || 0;
      now.resting = Number(state['resting']) || 0;
    },
  };
}

/** Multiplies all learning rates, down to the smallest. */
async function reduce({ trainer }: TrainingControl, factor: number, smallest: number): Promise<void> {
  for (const { rate, isScheduled } of learningRatesOf(trainer.optimizerState)) {
    if (isScheduled)
      throw new OptionError(
        'reduceOnPlateau: needs an optimizer with a constant learning rate, got one with a schedule, which sets the rate before each step; pass a number as `learningRate`',
      );
    const old = (await rate.read()).item();
    if (old > smallest) rate.assign(full([], Math.max(old * factor, smallest), rate.dtype));
  }
}
