import { dense, repeatVector, reshape } from '@chainrule/layers-dense';
import { gru, lstm, simpleRnn } from '@chainrule/layers-recurrent';
import { meanSquaredError } from '@chainrule/losses';
import { rootMeanSquaredError } from '@chainrule/metrics';
import { input, sequential, type Sequential } from '@chainrule/model';
import { adam, chain, clipByGlobalNorm, cosineDecay } from '@chainrule/optim';
import { tanh } from '@chainrule/tensor';
import { compareModels, type Variant } from '../compareModels.ts';
import type { Report } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { imageProblem, type Problem, waveProblem } from './oneToManyProblems.ts';

/** Writes a whole sequence from a single input: a wave from its frequency, or an image row by row from its class. */
export const oneToMany: Task = {
  pipeline: 'rnn',
  name: 'one-to-many',
  about: 'writes a sequence from one input: a wave from its frequency, or the rows of a digit from its class',
  dataSets: ['waves', 'mnist', 'fashion-mnist'],
  run,
};

/** What a network is made for. */
interface Shapes {
  readonly features: number;
  readonly steps: number;
  readonly outputs: number;
  readonly units: number;
}

/** All steps of a recurrent network get the same input, so its state must count the steps. */
const recurrent =
  (layer: (units: number) => ReturnType<typeof lstm<number, true>>) =>
  ({ features, steps, outputs, units }: Shapes): Sequential =>
    sequential(input([features]), repeatVector(steps), layer(units), dense(outputs));

const sequences = { returnSequences: true } as const;

const nets: Readonly<Record<string, (shapes: Shapes) => Sequential>> = {
  // All steps at once, for comparison.
  'dense network': ({ features, steps, outputs, units }) =>
    sequential(
      input([features]),
      dense(units, { activation: tanh }),
      dense(steps * outputs),
      reshape([steps, outputs]),
    ),
  'simple RNN': recurrent((units) => simpleRnn(units, sequences)),
  GRU: recurrent((units) => gru(units, sequences)),
  LSTM: recurrent((units) => lstm(units, sequences)),
};

async function run(run: TaskRun): Promise<Report> {
  const problem = run.dataset === 'waves' ? waveProblem(run) : await imageProblem(run);
  const { train, guess } = problem;
  const [steps, outputs] = train.y.shape.slice(1) as [number, number];
  const shapes = { features: train.x.shape[1], steps, outputs, units: problem.units };
  const variants = Object.fromEntries(
    Object.entries(nets).map(([name, make]) => [name, variantOf(run, problem, make(shapes))]),
  );
  const { summary, trained } = await compareModels(run, { name: 'rnn one-to-many', variants, curves: ['error'] });
  problem
    .figures(Object.fromEntries(Object.entries(trained).map(([name, { predictions }]) => [name, predictions])))
    .forEach(run.show);
  console.log(`${guess.name} has an error of ${guess.error.toFixed(4)}.`);
  return { ...summary, metrics: { ...summary.metrics, guessError: guess.error } };
}

function variantOf({ options }: TaskRun, { train, test, batchSize, ...problem }: Problem, model: Sequential): Variant {
  const epochs = options.epochs ?? problem.epochs;
  const decaySteps = Math.max(1, epochs * Math.ceil(train.y.shape[0] / batchSize));
  return {
    model,
    train,
    test,
    optimizer: chain(
      clipByGlobalNorm(1),
      adam({ learningRate: cosineDecay({ initialLearningRate: 0.005, decaySteps }) }),
    ),
    loss: meanSquaredError,
    metrics: { error: rootMeanSquaredError() },
    epochs,
    batchSize,
  };
}
