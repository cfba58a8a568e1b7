import { dense } from '@chainrule/layers-dense';
import { gru, simpleRnn } from '@chainrule/layers-recurrent';
import { meanSquaredError, sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { perplexity, rootMeanSquaredError } from '@chainrule/metrics';
import { input, sequential, type Sequential } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { Generator, randomNormal, tensor, type Tensor } from '@chainrule/tensor';
import { counted } from '@chainrule/visualize';
import { compareModels, type Variant } from '../compareModels.ts';
import type { Report } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { textTable } from '../textTable.ts';
import type { Samples } from '../trainModel.ts';
import { characterNet, wholeTexts } from './characterNet.ts';
import { lettersOf, loadCorpus } from './corpora.ts';

/** Compares recurrent layers that start from zeros with layers that learn their initial state. */
export const learnedState: Task = {
  pipeline: 'rnn',
  name: 'learned-state',
  about: 'starts recurrent layers from zeros or from a learned state: the level of a tank, or the letters of names',
  dataSets: ['tank', 'names'],
  run,
};

/** A training for each kind of start, and the error of predictions at each step. */
interface Problem {
  readonly variants: Readonly<Record<string, Variant>>;
  readonly errorAt: (predictions: Tensor) => number[];
  readonly y: string;
}

const starts = [
  ['zeros', false],
  ['learned', true],
] as const;

async function run(run: TaskRun): Promise<Report> {
  const { variants, errorAt, y } = run.dataset === 'tank' ? tankProblem(run) : await nameProblem(run);
  const { summary, trained } = await compareModels(run, { name: 'rnn learned-state', variants });
  const errors = Object.entries(trained).map(([name, { predictions }]) => [name, errorAt(predictions)] as const);
  run.show({
    kind: 'lines',
    title: 'error at each step',
    x: 'step',
    y,
    series: errors.map(([name, values]) => counted(name, values)),
  });
  const shown = [0, 1, 2, errors[0]![1].length - 1];
  console.log(
    `${textTable([
      [y, ...shown.map((step) => `step ${step + 1}`)],
      ...errors.map(([name, values]) => [name, ...shown.map((step) => values[step]!.toFixed(4))]),
    ])}\n`,
  );
  const first = (name: string): number => errors.find(([one]) => one === name)![1][0]!;
  return {
    ...summary,
    metrics: {
      ...summary.metrics,
      firstStepError: first('GRU, learned'),
      zerosFirstStepError: first('GRU, zeros'),
    },
  };
}

const steps = 20;
/** The tank is full at the start, and nobody tells the network. */
const [full, kept, flow] = [2, 0.9, 0.5];

/** A tank that loses a tenth of its level at each step: level(t) = 0.9 level(t − 1) + 0.5 x(t), level(0) = 2. */
export function tank(count: number, seed: number): Samples {
  const x = randomNormal(new Generator(seed).stream('tank'), [count, steps, 1]);
  const y = new Float32Array(count * steps);
  for (let i = 0; i < y.length; i++) y[i] = kept * (i % steps === 0 ? full : y[i - 1]!) + flow * x.data[i]!;
  return { x, y: tensor(y, [count, steps, 1]) };
}

function tankProblem({ options: { seed, limit = 500, epochs = 40 } }: TaskRun): Problem {
  const test = tank(500, seed + 1_000_003);
  const nets: Readonly<Record<string, (learnInitialState: boolean) => Sequential>> = {
    'simple RNN': (learnInitialState) =>
      sequential(input([steps, 1]), simpleRnn(8, { returnSequences: true, learnInitialState }), dense(1)),
    GRU: (learnInitialState) =>
      sequential(input([steps, 1]), gru(8, { returnSequences: true, learnInitialState }), dense(1)),
  };
  const shared = {
    train: tank(limit, seed),
    test,
    optimizer: adam({ learningRate: 0.01 }),
    loss: meanSquaredError,
    metrics: { error: rootMeanSquaredError() },
    epochs,
    batchSize: 32,
  };
  return {
    variants: Object.fromEntries(
      Object.entries(nets).flatMap(([name, make]) =>
        starts.map(([start, isLearned]) => [`${name}, ${start}`, { ...shared, model: make(isLearned) }]),
      ),
    ),
    y: 'root mean square error',
    errorAt: ({ data, shape }) =>
      Array.from({ length: steps }, (_, step) => {
        const rows = Array.from({ length: shape[0] }, (_, row) => row * steps + step);
        return Math.sqrt(rows.reduce((sum, at) => sum + (data[at]! - test.y.data[at]!) ** 2, 0) / rows.length);
      }),
  };
}

/** Names begin with a token of their own, so that any start is as good. */
async function nameProblem(run: TaskRun): Promise<Problem> {
  const corpus = await loadCorpus(run);
  const { tokenizer, train, test, steps: most } = lettersOf(corpus);
  const [learnt, held] = [wholeTexts(train, most), wholeTexts(test, most)];
  const vocabulary = tokenizer.wordIndex.size + 1;
  const variant = (learnInitialState: boolean): Variant => ({
    model: characterNet({ vocabulary, units: 64, steps: most, returnSequences: true, learnInitialState }),
    train: learnt,
    test: held,
    optimizer: adam({ learningRate: 0.003 }),
    loss: sparseCategoricalCrossEntropy,
    metrics: { perplexity: perplexity() },
    epochs: run.options.epochs ?? 3,
    batchSize: 32,
  });
  return {
    variants: Object.fromEntries(starts.map(([start, isLearned]) => [`GRU, ${start}`, variant(isLearned)])),
    y: 'loss',
    errorAt: (logits) => Array.from({ length: Math.min(8, most) }, (_, step) => lossAt(logits, held.y, step)),
  };
}

/** The mean of −ln p(letter) at a step, over the names that reach it: ln Σ exp(logits) − logit of the letter. */
function lossAt({ data, shape: [, width, tokens] }: Tensor, { data: letters }: Tensor, step: number): number {
  let [sum, count] = [0, 0];
  for (let at = step; at < letters.length; at += width) {
    if (letters[at] === 0) continue;
    const logits = Array.from(data.subarray(at * tokens, (at + 1) * tokens));
    const most = Math.max(...logits);
    sum += most + Math.log(logits.reduce((a, b) => a + Math.exp(b - most), 0)) - logits[letters[at]!]!;
    count++;
  }
  return sum / count;
}
