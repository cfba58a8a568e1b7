import { spam } from '../nlp/spam.ts';
import { forecast } from '../rnn/forecast.ts';
import { longDistance } from '../rnn/longDistance.ts';
import { stock } from '../rnn/stock.ts';
import type { Summary } from '../report.ts';
import type { Task } from '../task.ts';
import { accuracy, type Experiment, type Measure, type Row } from './experiment.ts';

const rmse: Measure = { name: 'one-step RMSE', best: 'low', share: false };

/** Runs a task on a data set, by default its generated one, and takes one figure from its report, or from that of a model. */
const fromTask = (
  task: Task,
  dataset: string | undefined,
  row: Omit<Row, 'run'>,
  metric: string,
  model?: string,
): Row => ({
  ...row,
  async run(run) {
    const report = (await task.run({ ...run, dataset: dataset ?? task.dataSets[0] })) as Partial<Summary> & Summary;
    const of = model === undefined ? report : report.tasks.find((one) => one.task.endsWith(model))!;
    return of.metrics[metric]!;
  },
});

/** Figures that tasks of `npm start` report. */
export const pipelineFigures: Experiment = {
  name: 'pipelines',
  about: 'Tasks of `npm start` for which the material states no figure that can be compared.',
  rows: [
    fromTask(
      longDistance,
      undefined,
      { name: '`rnn long-distance`, T = 30, LSTM with max pooling', measure: accuracy },
      'testAccuracy',
    ),
    fromTask(
      longDistance,
      undefined,
      { name: '`rnn long-distance`, T = 20, simple RNN', measure: accuracy },
      'simpleRnnTestAccuracyAt20',
    ),
    fromTask(
      forecast,
      undefined,
      { name: '`rnn forecast`, noisy chirp, LSTM', measure: rmse },
      'testOneStepError',
      'noisy chirp LSTM',
    ),
    fromTask(
      stock,
      'starbucks',
      {
        name: '`rnn stock`, error relative to repeating the last price',
        measure: { name: 'ratio', best: 'low', share: false },
      },
      'testPriceErrorToNaive',
    ),
    fromTask(spam, 'sms-spam', { name: '`nlp spam`', measure: accuracy }, 'testAccuracy'),
  ],
};
