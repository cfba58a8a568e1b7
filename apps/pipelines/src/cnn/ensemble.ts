import { conv2d, maxPool2d } from '@chainrule/layers-conv';
import { dense, flatten, rescaling } from '@chainrule/layers-dense';
import { input, type Sequential, sequentialOf } from '@chainrule/model';
import { argmax, mean, oneHot, relu, softmax, stack, sum, type Tensor } from '@chainrule/tensor';
import { compareModels, type Variant } from '../compareModels.ts';
import { imageSets, loadImages } from '../images.ts';
import { metricValue, type Report, resultLine } from '../report.ts';
import type { Task, TaskRun } from '../task.ts';
import { textTable } from '../textTable.ts';
import { classifying, showMistakes } from './classifying.ts';

/** Trains five networks that differ in their first weights only, and joins their predictions. */
export const ensemble: Task = {
  pipeline: 'cnn',
  name: 'ensemble',
  about: 'five networks from different first weights: each alone, averaged, and by vote',
  dataSets: imageSets,
  run,
};

const size = 5;

async function run(run: TaskRun): Promise<Report> {
  const { epochs = 8, seed } = run.options;
  const samples = await loadImages(run, { count: 500, few: true, testCount: 1000 });
  const shared = classifying({ ...samples, epochs, learningRate: 0.002 });
  const variants: Record<string, Variant> = {};
  for (let i = 0; i < size; i++) variants[`net ${i + 1}`] = { ...shared, model: smallNet(), seed: seed + i };
  const { summary, trained } = await compareModels(run, {
    name: 'cnn ensemble',
    title: 'five networks',
    curves: ['accuracy'],
    result: false,
    variants,
  });
  const logits = Object.values(trained).map(({ predictions }) => predictions);
  const alone = summary.tasks.map(({ metrics }) => metrics['testAccuracy']!);
  const averaged = averageProbabilities(logits);
  const metrics = {
    averagedTestAccuracy: accuracyOf(averaged, samples.test.y),
    votedTestAccuracy: accuracyOf(countVotes(logits), samples.test.y),
    meanSingleTestAccuracy: alone.reduce((total, value) => total + value, 0) / size,
    bestSingleTestAccuracy: Math.max(...alone),
  };
  const rows = ['averaged probabilities', 'votes', 'mean of single networks', 'best single network'];
  console.log(
    `\n${textTable([
      ['joined', 'test accuracy'],
      ...Object.entries(metrics).map(([key, value], i) => [rows[i]!, metricValue(key, value)]),
    ])}\n`,
  );
  showMistakes(run, averaged, samples.test);
  const report = { ...summary, metrics };
  console.log(resultLine(report));
  return report;
}

/** The mean over networks of the probabilities `[n, classes]`. */
export function averageProbabilities(logits: readonly Tensor[]): Tensor {
  return mean(stack(logits.map((one) => softmax(one))), { axis: 0 });
}

/** How many networks chose each class `[n, classes]`. */
export function countVotes(logits: readonly Tensor[]): Tensor {
  return sum(stack(logits.map((one) => oneHot(argmax(one, { axis: -1 }), one.shape[1]))), { axis: 0 });
}

/** The share of samples whose greatest score is that of their class; among equal ones, the first class counts. */
export function accuracyOf(scores: Tensor, labels: Tensor): number {
  const chosen = argmax(scores, { axis: -1 }).data;
  return [...labels.data].filter((label, i) => label === chosen[i]).length / labels.size;
}

function smallNet(): Sequential {
  return sequentialOf(input([28, 28, 1]), [
    rescaling(1 / 255),
    conv2d({ filters: 8, kernelSize: 5, strides: 2, activation: relu }),
    conv2d({ filters: 16, kernelSize: 3, activation: relu }),
    maxPool2d(),
    flatten(),
    dense(10),
  ]);
}
