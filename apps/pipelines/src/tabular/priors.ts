import { imputer, standardScaler, takeRows, trainValidationTestSplit } from '@chainrule/data-loaders';
import { dense } from '@chainrule/layers-dense';
import { binaryCrossEntropy } from '@chainrule/losses';
import { binaryAccuracy, brierScore, confusionMatrix } from '@chainrule/metrics';
import { input, sequential } from '@chainrule/model';
import { adjustPriors, chooseThreshold } from '@chainrule/model-selection';
import { adam } from '@chainrule/optim';
import { cast, Generator, greater, randomPermutation, relu, reshape, sigmoid, type Tensor } from '@chainrule/tensor';
import { plotCalibration, plotConfusionMatrix } from '@chainrule/visualize';
import { type Report, resultLine } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { textTable } from '../textTable.ts';
import { type Samples, trainModel } from '../trainModel.ts';
import { type LabeledRows, patients, readRows } from './tables.ts';

/** Trains on as many ill patients as healthy ones, and uses the network where few are ill: Bayes' theorem rescales its probabilities. */
export const priors: Task = {
  pipeline: 'tabular',
  name: 'priors',
  main: true,
  about: "rescales probabilities of a model that was trained on balanced classes to the true shares by Bayes' theorem",
  dataSets: ['patients', 'pima'],
  run,
};

/** A missed patient costs as much as this many false alarms. */
const missCost = 5;

interface Split {
  readonly train: Samples;
  readonly validation: Samples;
  readonly test: Samples;
  readonly classes: readonly string[];
  /** The share of class 1 before the training rows were balanced. */
  readonly share: number;
}

async function run(run: TaskRun): Promise<Report> {
  const {
    dataset,
    options: { seed, limit = 4000, epochs = 30 },
  } = run;
  const { classes, share, ...samples } = splitOf(
    dataset === 'patients' ? patients(limit, 0.1, seed) : await readRows(run),
    seed,
  );
  const model = sequential(input([samples.train.x.shape[1]]), dense(16, { activation: relu }), dense(1));
  const { report: trained, predictions } = await trainModel(run, {
    name: `tabular priors ${dataset}`,
    model,
    ...samples,
    optimizer: adam({ learningRate: 0.005 }),
    loss: binaryCrossEntropy,
    metrics: { accuracy: binaryAccuracy() },
    epochs,
    batchSize: 32,
  });
  const flat = (logits: Tensor): Tensor => sigmoid(reshape(logits, [logits.size]));
  const rescaled = (p: Tensor): Tensor => adjustPriors(p, { from: 0.5, to: share });
  const [held, balanced] = [rescaled(flat(model.call(samples.validation.x))), flat(predictions)];
  const { threshold } = chooseThreshold(samples.validation.y, held, {
    maximize: ({ falsePositives, falseNegatives }) => -(falsePositives + missCost * falseNegatives),
  });
  const decisions = [
    decide('as trained', balanced, 0.5, samples.test.y),
    decide('rescaled', rescaled(balanced), 0.5, samples.test.y),
    decide('rescaled, least costs', rescaled(balanced), threshold, samples.test.y),
  ];
  for (const { name, matrix } of decisions)
    run.show(plotConfusionMatrix(matrix, { classes, title: `confusion matrix, ${name}` }));
  const scores = ({ p }: Decision) => ({ labels: samples.test.y, scores: p });
  run.show(plotCalibration({ 'as trained': scores(decisions[0]!), rescaled: scores(decisions[1]!) }));
  console.log(`${explained(decisions, share)}\n`);
  const [before, after, cheap] = decisions as [Decision, Decision, Decision];
  const report: Report = {
    ...trained,
    metrics: {
      testAccuracy: after.accuracy,
      asTrainedTestAccuracy: before.accuracy,
      testBrierScore: after.brier,
      asTrainedTestBrierScore: before.brier,
      testCost: cheap.cost,
      asTrainedTestCost: before.cost,
      threshold,
    },
  };
  console.log(resultLine(report));
  return report;
}

/** Half of the rows for training, of which the surplus of the frequent class is left out; a fifth for the threshold; the rest for tests. */
function splitOf({ x, y, classes }: LabeledRows, seed: number): Split {
  const parts = trainValidationTestSplit({ x, y }, { validationSize: 0.2, testSize: 0.3, seed, stratify: y });
  const order = [...randomPermutation(new Generator(seed), parts.train.y.size).data];
  const ofClass = [0, 1].map((label) => order.filter((row) => parts.train.y.data[row] === label));
  const each = Math.min(...ofClass.map((rows) => rows.length));
  const train = takeRows(
    parts.train,
    ofClass.flatMap((rows) => rows.slice(0, each)),
  );
  const filling = imputer(train.x, { strategy: 'median' });
  const scaler = standardScaler(filling.transform(train.x));
  const prepared = (part: Samples): Samples => ({ x: scaler.transform(filling.transform(part.x)), y: part.y });
  return {
    train: prepared(train),
    validation: prepared(parts.validation),
    test: prepared(parts.test),
    classes,
    share: ofClass[1]!.length / order.length,
  };
}

/** Probabilities of class 1, a threshold, and what they lead to. */
interface Decision {
  readonly name: string;
  readonly p: Tensor;
  readonly threshold: number;
  readonly matrix: number[][];
  readonly accuracy: number;
  readonly brier: number;
  /** The mean costs of a sample: 1 for a false alarm, {@link missCost} for a miss. */
  readonly cost: number;
}

function decide(name: string, p: Tensor, threshold: number, labels: Tensor): Decision {
  const [counts, score] = [confusionMatrix({ classes: 2 }), brierScore({ fromLogits: false })];
  counts.update(cast(greater(p, threshold), 'int32'), labels);
  score.update(p, cast(labels, p.dtype));
  const matrix = counts.matrix();
  const cost = (matrix[0]![1]! + missCost * matrix[1]![0]!) / labels.size;
  return { name, p, threshold, matrix, accuracy: counts.result(), brier: score.result(), cost };
}

function explained(decisions: readonly Decision[], share: number): string {
  const percent = (value: number): string => (Number.isNaN(value) ? '–' : `${(100 * value).toFixed(1)}%`);
  const rows = decisions.map(({ name, threshold, matrix, accuracy, brier, cost }) => {
    const [[, alarms], [misses, hits]] = matrix as [[number, number], [number, number]];
    const shares = [accuracy, hits / (hits + misses), hits / (hits + alarms)].map(percent);
    return [name, threshold.toFixed(3), ...shares, brier.toFixed(4), cost.toFixed(3)];
  });
  const head = ['probabilities', 'threshold', 'accuracy', 'recall', 'precision', 'Brier score', 'mean cost'];
  return `${textTable([head, ...rows])}

Half of the training rows are ill, but ${percent(share)} of all. Bayes: p′ ∝ p · ${share.toFixed(3)} / 0.5 for ill, (1 − p) · ${(1 - share).toFixed(3)} / 0.5 for healthy.
The order of the patients stays, so p′ > 0.5 says the same as p > ${(1 - share).toFixed(3)}: rescaling moves the threshold, and makes p′ a probability that can be trusted.
If a miss costs ${missCost} false alarms, the threshold for exact probabilities is 1 / ${missCost + 1} = ${(1 / (missCost + 1)).toFixed(3)}; the validation rows choose ${decisions[2]!.threshold.toFixed(3)}.`;
}
