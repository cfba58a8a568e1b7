import { dense, flatten, rescaling } from '@chainrule/layers-dense';
import { binaryCrossEntropy, sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { binaryAccuracy, sparseCategoricalAccuracy } from '@chainrule/metrics';
import { input, sequential, type Sequential } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { argmax, cast, concat, equal, relu, reshape } from '@chainrule/tensor';
import { plotConfusionMatrix } from '@chainrule/visualize';
import { type Report, resultLine, summarize } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { textTable } from '../textTable.ts';
import { type Trained, trainModel } from '../trainModel.ts';
import { fewImages } from './fewImages.ts';

/** Ten nets that each detect one class, against one net with a softmax over all classes and about as many weights. */
export const oneVsRest: Task = {
  pipeline: 'mlp',
  name: 'one-vs-rest',
  about: 'classifies images by ten detectors of one class each, against one net with softmax',
  dataSets: ['digits', 'mnist', 'fashion-mnist'],
  run,
};

const classes = 10;
const units = 16;

async function run(run: TaskRun): Promise<Report> {
  const { train, test } = await fewImages(run, 2000);
  const shared = { epochs: run.options.epochs ?? 5, batchSize: 32, brief: true, name: 'mlp one-vs-rest' };
  const labelsOf = (y: typeof train.y, k: number) => cast(reshape(equal(y, k), [y.size, 1]), 'float32');
  const detectors: Trained[] = [];
  for (let k = 0; k < classes; k++) {
    const detector = await trainModel(run, {
      ...shared,
      variant: `class ${k}`,
      model: net(units, 1),
      train: { x: train.x, y: labelsOf(train.y, k) },
      test: { x: test.x, y: labelsOf(test.y, k) },
      optimizer: adam(),
      loss: binaryCrossEntropy,
      metrics: { accuracy: binaryAccuracy() },
    });
    console.log(`class ${k} or another one: ${resultLine(detector.report)}`);
    detectors.push(detector);
  }
  const softmax = await trainModel(run, {
    ...shared,
    variant: 'softmax',
    model: net(classes * units, classes),
    train,
    test,
    optimizer: adam(),
    loss: sparseCategoricalCrossEntropy,
    metrics: { accuracy: sparseCategoricalAccuracy() },
  });
  // The detector with the largest logit decides.
  const scores = concat(
    detectors.map(({ predictions }) => predictions),
    { axis: 1 },
  );
  const joint = argmax(scores, { axis: -1 });
  const alone = argmax(softmax.predictions, { axis: -1 });
  const right = (predicted: typeof joint, k?: number): number => {
    const rows = [...test.y.data.keys()].filter((i) => k === undefined || test.y.data[i] === k);
    return rows.filter((i) => predicted.data[i] === test.y.data[i]).length / rows.length;
  };
  const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
  const rows = detectors.map(({ report }, k) => [
    String(k),
    ...[report.metrics['testAccuracy']!, right(joint, k), right(alone, k)].map(percent),
  ]);
  const head = ['class', 'detector: right answers', 'found by the largest detector', 'found by softmax'];
  console.log(`\n${textTable([head, ...rows])}\n`);
  run.show(plotConfusionMatrix({ predictions: joint, labels: test.y }, { title: 'confusion matrix of the detectors' }));
  const metrics = {
    testAccuracy: right(joint),
    softmaxTestAccuracy: softmax.report.metrics['testAccuracy']!,
    leastDetectorAccuracy: Math.min(...detectors.map(({ report }) => report.metrics['testAccuracy']!)),
  };
  const summary = summarize(
    { task: 'mlp one-vs-rest', dataset: run.dataset, metrics },
    [...detectors, softmax].map(({ report }) => report),
  );
  console.log(resultLine(summary));
  return summary;
}

function net(hidden: number, outputs: number): Sequential {
  return sequential(
    input([28, 28, 1]),
    rescaling(1 / 255),
    flatten(),
    dense(hidden, { activation: relu }),
    dense(outputs),
  );
}
