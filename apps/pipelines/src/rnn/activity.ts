import { type LabeledSeries, standardScaler } from '@chainrule/data-loaders';
import { basicMotions } from '@chainrule/data-loaders/node';
import { dense } from '@chainrule/layers-dense';
import { lstm } from '@chainrule/layers-recurrent';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { sparseCategoricalAccuracy } from '@chainrule/metrics';
import { input, sequential, type Sequential } from '@chainrule/model';
import { adam, chain, clipByGlobalNorm } from '@chainrule/optim';
import { argmax, type Shape, stack } from '@chainrule/tensor';
import { type LineFigure, plotConfusionMatrix } from '@chainrule/visualize';
import { filesOf } from '../filesOf.ts';
import { firstRows } from '../firstRows.ts';
import { type Report, resultLine } from '../report.ts';
import type { Options, TaskRun, Task } from '../task.ts';
import { type Samples, trainModel } from '../trainModel.ts';
import { motionNames, watchMotions } from './motions.ts';

/** Classifies the activity of a person from ten seconds of six sensors in a watch. */
export const activity: Task = {
  pipeline: 'rnn',
  name: 'activity',
  main: true,
  about: 'classifies activities from six sensors of a watch with three stacked LSTMs',
  dataSets: ['motions', 'basic-motions'],
  run,
};

interface Motions {
  readonly train: Samples;
  readonly test: Samples;
  readonly classes: readonly string[];
}

async function run(run: TaskRun): Promise<Report> {
  const {
    dataset,
    show,
    options: { seed, limit, epochs },
  } = run;
  const { train, test, classes } = dataset === 'motions' ? drawn(limit, seed) : await measured(run.options);
  const scaler = standardScaler(train.x);
  show(motionFigure(train, classes));
  const { report, predictions } = await trainModel(run, {
    name: 'rnn activity',
    model: stacked(train.x.shape, classes.length),
    train: { x: scaler.transform(train.x), y: train.y },
    test: { x: scaler.transform(test.x), y: test.y },
    // Clipped gradients keep a single batch from ruining three layers over a hundred steps.
    optimizer: chain(clipByGlobalNorm(1), adam({ learningRate: 0.003 })),
    loss: sparseCategoricalCrossEntropy,
    metrics: { accuracy: sparseCategoricalAccuracy() },
    epochs: epochs ?? (dataset === 'motions' ? 8 : 40),
    batchSize: dataset === 'motions' ? 8 : 4,
  });
  show(plotConfusionMatrix({ predictions: argmax(predictions, { axis: -1 }), labels: test.y }, { classes }));
  console.log(resultLine(report));
  return report;
}

/** Three stacked LSTMs. The first two return sequences, the third its last output. */
function stacked([, steps, channels]: Shape, classes: number): Sequential {
  return sequential(
    input([steps!, channels!]),
    lstm(32, { returnSequences: true }),
    lstm(32, { returnSequences: true }),
    lstm(32),
    dense(classes),
  );
}

function drawn(limit = 400, seed: number): Motions {
  return { train: watchMotions(limit, seed), test: watchMotions(400, seed + 1_000_003), classes: motionNames };
}

/** 40 series each. The training series are sorted by class. */
async function measured(options: Options): Promise<Motions> {
  const from = filesOf(options);
  const samplesOf = ({ series, labels }: LabeledSeries): Samples => ({ x: stack(series), y: labels });
  const [train, test] = [
    await basicMotions({ ...from, split: 'train' }),
    await basicMotions({ ...from, split: 'test' }),
  ];
  const { x, y } = samplesOf(train);
  return {
    train: { x: firstRows(x, options.limit), y: firstRows(y, options.limit) },
    test: samplesOf(test),
    classes: train.classes,
  };
}

/** The first sensor of the first series of each class. */
function motionFigure({ x, y }: Samples, classes: readonly string[]): LineFigure {
  const [, steps, channels] = x.shape;
  const series = classes.flatMap((name, label) => {
    const at = y.data.indexOf(label);
    return at < 0
      ? []
      : [
          {
            name,
            points: Array.from({ length: steps }, (_, t) => [t / 10, x.data[(at * steps + t) * channels]!] as const),
          },
        ];
  });
  return { kind: 'lines', title: 'motions', x: 'seconds', y: 'acceleration along the first axis', series };
}
