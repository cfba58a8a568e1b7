import { TrainingError } from '@chainrule/errors';
import { setWeights, getWeights } from '@chainrule/model';
import { implicitSgd, learningRateOf, type Optimizer, sgd } from '@chainrule/optim';
import { tensor } from '@chainrule/tensor';
import type { Report } from '../report.ts';
import type { TaskRun } from '../task.ts';
import { textTable } from '../textTable.ts';
import type { Samples } from '../trainModel.ts';
import { linearNeuron, linearSamples } from './linearProblem.ts';

/** The logarithms of the learning rates. */
const exponents = Array.from({ length: 11 }, (_, i) => -4 + i / 2);

const optimizers = { 'explicit SGD': sgd, 'implicit SGD': (options: { learningRate: number }) => implicitSgd({ ...options, iterations: 1 }) }; // prettier-ignore

/**
 * Explicit and implicit SGD with learning rates over many orders, on a stiff problem: one direction is 900 times as steep as
 * the other. Explicit steps diverge above a rate that the steep direction sets, where the flat one hardly moves.
 */
export async function compareImplicit(run: TaskRun): Promise<Report['metrics']> {
  const {
    show,
    options: { seed, limit = 256 },
  } = run;
  const samples = linearSamples(limit, [1, 30], seed);
  const found: [name: string, costs: number[]][] = [];
  for (const [name, make] of Object.entries(optimizers))
    found.push([name, await costsByRate(run, make({ learningRate: 0.01 }), samples)]);
  const start = found[0]![1].at(-1)!;
  const costs = found.map(([name, [...values]]) => [name, values.slice(0, -1)] as const);
  const largest = costs.map(([, values]) => 10 ** exponents[values.findLastIndex((cost) => cost < start)]!);
  console.log(
    `a stiff problem: cost after one pass, from ${start.toFixed(1)}\n${textTable([
      ['learning rate', ...costs.map(([name]) => name)],
      ...exponents.map((exponent, i) => [
        Number((10 ** exponent).toPrecision(2)).toString(),
        ...costs.map(([, values]) => (values[i]! < 1e6 ? values[i]!.toFixed(3) : 'diverges')),
      ]),
    ])}\n`,
  );
  show({
    kind: 'lines',
    title: 'implicit and explicit SGD on a stiff problem',
    x: 'logarithm of the learning rate, base 10',
    y: 'mean squared error after one pass',
    scale: 'log',
    series: costs.map(([name, values]) => ({
      name,
      points: values.map((cost, i) => [exponents[i]!, cost < 10 * start ? cost : NaN] as const),
    })),
  });
  return { largestStableRateExplicit: largest[0]!, largestStableRateImplicit: largest[1]! };
}

/** The cost of all samples after one pass at each rate, one sample at a time, and the cost at the start. */
async function costsByRate(run: TaskRun, optimizer: Optimizer, samples: Samples): Promise<number[]> {
  const trainer = linearNeuron(run, samples, optimizer);
  const { model } = trainer;
  const weights = getWeights(model);
  const cost = async (): Promise<number> => (await trainer.evaluate(samples)).loss!;
  const costs: number[] = [];
  for (const exponent of exponents) {
    setWeights(model, weights);
    learningRateOf(trainer.optimizerState).assign(tensor(10 ** exponent));
    costs.push(
      await trainer.fit(samples, { batchSize: 1 }).then(cost, (error: unknown) => {
        if (!(error instanceof TrainingError)) throw error;
        return Infinity;
      }),
    );
  }
  setWeights(model, weights);
  return [...costs, await cost()];
}
