import { globalMaxPool1d } from '@chainrule/layers-conv';
import { dense } from '@chainrule/layers-dense';
import { gru, lstm, simpleRnn } from '@chainrule/layers-recurrent';
import { binaryCrossEntropy } from '@chainrule/losses';
import { binaryAccuracy } from '@chainrule/metrics';
import { type Callbacks, input, sequential, type Sequential } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { Generator, randomNormal, tensor } from '@chainrule/tensor';
import { type Report, resultLine, summarize } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { type Samples, trainModel } from '../trainModel.ts';

/**
 * Classifies sequences of T steps by whether an odd number of the first three values is positive. Learning this from the last
 * state is hard, because gradients fade over T steps. With max pooling over time it is easy.
 */
export const longDistance: Task = {
  pipeline: 'rnn',
  name: 'long-distance',
  main: true,
  about: 'remembers the first steps for 10 to 30 steps: simple RNN, GRU, LSTM, LSTM with max pooling',
  dataSets: ['signs'],
  run,
};

const lengths = [10, 20, 30] as const;

const models: Readonly<Record<string, (steps: number) => Sequential>> = {
  'simple RNN': (steps) => sequential(input([steps, 1]), simpleRnn(16), dense(1)),
  GRU: (steps) => sequential(input([steps, 1]), gru(16), dense(1)),
  LSTM: (steps) => sequential(input([steps, 1]), lstm(16), dense(1)),
  'LSTM, max pooling': (steps) =>
    sequential(input([steps, 1]), lstm(16, { returnSequences: true }), globalMaxPool1d(), dense(1)),
};

/** The result of a model after training. */
interface Result {
  readonly model: string;
  readonly steps: number;
  readonly report: Report;
}

async function run(run: TaskRun): Promise<Report> {
  const results: Result[] = [];
  for (const steps of lengths) results.push(...(await compare(run, steps)));
  const accuracy = (model: string, steps: number): number =>
    results.find((result) => result.model === model && result.steps === steps)!.report.metrics['testAccuracy']!;
  const metrics = {
    testAccuracy: accuracy('LSTM, max pooling', 30),
    simpleRnnTestAccuracyAt20: accuracy('simple RNN', 20),
  };
  console.log(`\n${accuracyTable(accuracy)}\n`);
  const summary = summarize(
    { task: 'rnn long-distance', dataset: run.dataset, metrics },
    results.map(({ report }) => report),
  );
  console.log(resultLine(summary));
  return summary;
}

/** Trains all models on the same sequences. */
async function compare(run: TaskRun, steps: number): Promise<Result[]> {
  const {
    show,
    on,
    options: { seed, limit = 8000, epochs = 40 },
  } = run;
  const [train, test] = [signs(limit, steps, seed), signs(2000, steps, seed + 1_000_003)];
  console.log(`T = ${steps}: ${limit} training samples, 2000 test samples, at most ${epochs} epochs, on ${on}`);
  const results: Result[] = [];
  for (const [model, make] of Object.entries(models)) {
    const { report } = await trainModel(run, {
      name: 'rnn long-distance',
      variant: `T = ${steps}, ${model}`,
      model: make(steps),
      train,
      test,
      optimizer: adam({ learningRate: 0.01 }),
      loss: binaryCrossEntropy,
      metrics: { accuracy: binaryAccuracy() },
      epochs,
      batchSize: 32,
      callbacks: [untilSolved],
      brief: true,
    });
    console.log(`${model.padEnd(18)} ${resultLine(report)}, ${report.epochs.length} epochs`);
    results.push({ model, steps, report });
  }
  const series = results.map(({ model, report }) => ({
    name: model,
    points: report.epochs.map((logs) => [logs.epoch + 1, logs['accuracy']!] as const),
  }));
  if (epochs > 1)
    show({
      kind: 'lines',
      title: `training accuracy, T = ${steps}`,
      x: 'epoch',
      y: 'share of correct answers',
      series,
    });
  return results;
}

/** Ends a training that has learned the rule. The signs of numbers close to 0 remain hard. */
const untilSolved: Callbacks = {
  onEpochEnd(logs, { stop }) {
    if (logs['accuracy']! >= 0.98) stop();
  },
};

/** Normal numbers `[count, steps, 1]`, and whether an odd number of the first three is positive. */
export function signs(count: number, steps: number, seed: number): Samples {
  const x = randomNormal(new Generator(seed), [count, steps, 1]);
  const values = x.data;
  const isOdd = (i: number): number => [0, 1, 2].filter((t) => values[i * steps + t]! > 0).length % 2;
  return {
    x,
    y: tensor(
      Float32Array.from({ length: count }, (_, i) => isOdd(i)),
      [count, 1],
    ),
  };
}

/** Rows are models, columns are lengths. */
function accuracyTable(accuracy: (model: string, steps: number) => number): string {
  const row = (name: string, cells: readonly string[]): string =>
    `${name.padEnd(18)}${cells.map((cell) => cell.padStart(9)).join('')}`;
  const rows = Object.keys(models).map((model) =>
    row(
      model,
      lengths.map((steps) => `${(accuracy(model, steps) * 100).toFixed(1)}%`),
    ),
  );
  return [
    row(
      'test accuracy',
      lengths.map((steps) => `T = ${steps}`),
    ),
    ...rows,
    row(
      'a guess',
      lengths.map(() => '50.0%'),
    ),
  ].join('\n');
}
