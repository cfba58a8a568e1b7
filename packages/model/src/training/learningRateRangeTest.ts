import { OptionError, TrainingError } from '@chainrule/errors';
import { aCount, checkOptions, positive } from '@chainrule/errors/check';
import { learningRatesOf } from '@chainrule/optim';
import { full } from '@chainrule/tensor';
import type { Callbacks } from '../callbacks/callbacks.ts';
import { aTrainer } from '../files/savedChecks.ts';
import { randomState } from '../files/savedModel.ts';
import type { TrainingData } from './batches.ts';
import { optimizerVariables } from './optimizerVariables.ts';
import type { TrainerBase } from './trainerBase.ts';
import type { FitOptions } from './trainer.ts';

/** Options of {@link learningRateRangeTest}. */
export interface RangeTestOptions {
  /** The first rate. Default 1e-6. */
  readonly from?: number;
  /** The last rate. Default 1. */
  readonly to?: number;
  /** Batches, each with the next rate. Default 100. */
  readonly steps?: number;
  /** Samples in a batch, if the data are tensors. Default 32. */
  readonly batchSize?: number;
  /** The test ends early when the loss, smoothed over about ten batches, is this many times its smallest value. Default 4. */
  readonly divergence?: number;
}

/** The loss of a batch before the step at a learning rate. */
export interface RangeTestPoint {
  readonly learningRate: number;
  readonly loss: number;
}

/** What the range test needs of a trainer. */
interface FittingTrainer extends TrainerBase {
  fit(data: never, options: FitOptions): Promise<unknown>;
}

/**
 * The learning-rate range test: trains on one batch for each rate, from small to large, and returns the losses (Smith 2017).
 * A good rate lies where the loss falls fastest, below the rate where it starts to rise. The test ends early when the loss
 * diverges. Afterwards, weights, optimizer and random state are as before.
 *
 * rateᵢ = from · (to / from)^(i / (steps − 1))
 *
 * @param trainer - its optimizer must have one constant learning rate
 * @param data - as in `fit`
 * @param options - `from` (1e-6), `to` (1), `steps` (100), `batchSize` (32), `divergence` (4)
 * @returns a point for each batch
 * @throws OptionError for options out of range, or an optimizer with a schedule or without one learning rate
 * @example
 * const trainer = sequential(input([1]), dense(1)).compile({ optimizer: sgd(), loss: meanSquaredError });
 * const curve = await learningRateRangeTest(trainer, { x: tensor([[1], [2]]), y: tensor([[3], [5]]) }, { to: 100 });
 * [curve.length > 10, curve.length < 100]; // => [true,true]
 */
export async function learningRateRangeTest<T extends FittingTrainer>(
  trainer: T,
  data: TrainingData | Parameters<T['fit']>[0],
  options: RangeTestOptions = {},
): Promise<RangeTestPoint[]> {
  aTrainer('learningRateRangeTest', 'trainer', trainer);
  checkOptions('learningRateRangeTest', options, {
    from: positive,
    to: positive,
    steps: aCount,
    batchSize: aCount,
    divergence: positive,
  });
  const { from = 1e-6, to = 1, steps = 100, batchSize = 32, divergence = 4 } = options;
  const rate = rateOf(trainer);
  const rateAt = (i: number): number => from * (to / from) ** (i / Math.max(steps - 1, 1));
  const points: RangeTestPoint[] = [];
  const smoothed = new SmoothedLoss();
  let smallest = Infinity;
  const recorder: Callbacks = {
    onEpochBegin: ({ epoch }) => rate.assign(full([], rateAt(epoch), rate.dtype)),
    onEpochLogs({ epoch, loss }, { stop }) {
      points.push({ learningRate: rateAt(epoch), loss: loss! });
      const mean = smoothed.add(loss!);
      smallest = Math.min(smallest, mean);
      if (mean > divergence * smallest) stop();
    },
  };
  await restoring(trainer, async () => {
    const training = trainer.fit(data as never, { epochs: steps, stepsPerEpoch: 1, batchSize, callbacks: [recorder] });
    await training.catch((error: unknown) => {
      // A step that is not finite ends the curve.
      if (!(error instanceof TrainingError)) throw error;
    });
  });
  return points;
}

/** An exponential moving average with a decay of 0.9, divided by 1 − 0.9ⁿ after n values. */
class SmoothedLoss {
  #sum = 0;
  #weight = 0;

  add(loss: number): number {
    this.#sum = 0.9 * this.#sum + 0.1 * loss;
    this.#weight = 0.9 * this.#weight + 0.1;
    return this.#sum / this.#weight;
  }
}

function rateOf(trainer: TrainerBase): ReturnType<typeof learningRatesOf>[number]['rate'] {
  const rates = learningRatesOf(trainer.optimizerState);
  if (rates.length === 1 && !rates[0]!.isScheduled) return rates[0]!.rate;
  throw new OptionError(
    `learningRateRangeTest: \`trainer\` must have an optimizer with one constant learning rate, got ${rates.length === 1 ? 'a schedule; compile the model with `learningRate` as a number' : `${rates.length} rates`}`,
  );
}

/** Runs `work`, and then restores all that training changes. */
async function restoring(trainer: TrainerBase, work: () => Promise<void>): Promise<void> {
  const { steps } = trainer;
  const variables = [
    ...trainer.model.variables(),
    ...optimizerVariables(trainer.optimizerState),
    ...randomState(trainer.model),
  ].map(({ value }) => value);
  const values = await Promise.all(variables.map((v) => v.read()));
  try {
    await work();
  } finally {
    variables.forEach((v, i) => v.assign(values[i]!));
    trainer.continueAt(steps);
  }
}
