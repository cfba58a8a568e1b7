import { cosineDecay, exponentialDecay, warmUp } from '@chainrule/optim';
import type { Figure } from '../src/figure.ts';
import { plotLearningRate, plotRangeTest } from '../src/figures/plotLearningRate.ts';
import { plotParallelCoordinates } from '../src/figures/plotParallelCoordinates.ts';
import { distributionOf } from '../src/training/distribution.ts';
import { plotGradientSizes, plotHistogramsOverTime } from '../src/training/plotRecords.ts';
import { noise, range } from './noise.ts';

const layers = ['dense/kernel', 'dense/bias', 'a_layer_with_a_very_long_name/kernel', 'dense_1/kernel'];
const spread = (step: number, scale: number) =>
  Object.fromEntries(
    layers.map((name, k) => [
      name,
      distributionOf(range(40).map((i) => scale * (noise(i + 31 * k + step) + 0.02 * k * step))),
    ]),
  );
const records = range(20).map((step) => ({
  step: 50 * step,
  weights: spread(step, 1),
  gradients: spread(step, 10 ** (-step / 5)),
  activations: spread(step, 3),
}));
const trials = range(40);

/** Figures of training. */
export const trainingExamples: Readonly<Record<string, Figure>> = {
  'histograms over time': plotHistogramsOverTime(records),
  'gradient sizes': plotGradientSizes(records),
  'no records': plotGradientSizes([]),
  schedules: plotLearningRate(
    {
      'cosine with warm-up': warmUp({
        steps: 200,
        after: cosineDecay({ initialLearningRate: 0.01, decaySteps: 1800 }),
      }),
      exponential: exponentialDecay({ initialLearningRate: 0.01, decaySteps: 500, decayRate: 0.5 }),
    },
    { steps: 2000 },
  ),
  'range test': plotRangeTest(
    range(80).map((i) => {
      const learningRate = 1e-6 * 10 ** (i / 13);
      return { learningRate, loss: 2.3 - 1.4 / (1 + 1e-3 / learningRate) + learningRate * 3 + 0.3 * noise(i) };
    }),
  ),
  'range test of nothing': plotRangeTest([{ learningRate: 0, loss: NaN }]),
  search: plotParallelCoordinates([
    { name: 'learning rate', values: trials.map((i) => 10 ** (-4 + 4 * Math.abs(noise(i)))) },
    { name: 'hidden units', values: trials.map((i) => 16 * (1 + (i % 4))) },
    { name: 'activation', values: trials.map((i) => ['relu', 'tanh', 'a function with a long name'][i % 3]!) },
    { name: 'batch normalization', values: trials.map((i) => i % 2 === 0) },
    { name: 'dropout', values: trials.map((i) => Math.abs(noise(i + 50))) },
    { name: 'score', values: trials.map((i) => (i === 3 ? NaN : 0.8 + 0.3 * noise(i + 7))) },
  ]),
  'one trial': plotParallelCoordinates([{ name: 'rate', values: [0.1] }, { name: 'loss', values: [2] }], { best: 'least' }), // prettier-ignore
  'many choices': plotParallelCoordinates([
    { name: 'word', values: range(60).map((i) => `choice ${i}`) },
    { name: 'same', values: range(60).map(() => -3) },
    { name: 'loss', values: range(60).map((i) => 1e6 * noise(i)) },
  ]),
};
