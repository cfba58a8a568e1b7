import { smsSpam } from '@chainrule/data-loaders/node';
import { globalMaxPool1d } from '@chainrule/layers-conv';
import { dense, dropout, embedding } from '@chainrule/layers-dense';
import { lstm } from '@chainrule/layers-recurrent';
import { binaryCrossEntropy } from '@chainrule/losses';
import { binaryAccuracy, fScore } from '@chainrule/metrics';
import { input, sequential, type Sequential } from '@chainrule/model';
import { adam, exponentialDecay } from '@chainrule/optim';
import { WordTokenizer } from '@chainrule/text-tokenizer';
import { plotConfusionMatrix } from '@chainrule/visualize';
import { filesOf } from '../filesOf.ts';
import { type Report, resultLine } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { trainModel } from '../trainModel.ts';
import { decided, splitTexts, usualLength, wordIndices } from './labeledTexts.ts';
import { messages } from './messages.ts';

const batchSize = 32;

/** Classifies text messages with an LSTM and global max pooling. A third of the messages is held out. */
export const spam: Task = {
  pipeline: 'nlp',
  name: 'spam',
  main: true,
  about: 'classifies text messages as spam with an LSTM over words',
  dataSets: ['messages', 'sms-spam'],
  run,
};

async function run(run: TaskRun): Promise<Report> {
  const {
    dataset,
    options: { seed, epochs = 12, limit },
  } = run;
  const all = dataset === 'sms-spam' ? await smsSpam(filesOf(run.options)) : messages({ count: 1500, seed });
  const { train, test } = splitTexts(all, { testSize: 1 / 3, seed, limit });
  const tokenizer = new WordTokenizer({ analyzer: wordsOf, minCount: 2, oovToken: '<rare>' });
  tokenizer.fitOnTexts(train.texts);
  const length = usualLength(tokenizer, train.texts);
  // A decaying learning rate reduces the differences between seeds.
  const learningRate = exponentialDecay({
    initialLearningRate: 0.005,
    decaySteps: Math.max(1, epochs) * Math.ceil(train.texts.length / batchSize),
    decayRate: 0.1,
  });
  const { report, predictions } = await trainModel(run, {
    name: 'nlp spam',
    model: spamNet(tokenizer.vocabularySize, length),
    train: { x: wordIndices(tokenizer, train.texts, length), y: train.y },
    test: { x: wordIndices(tokenizer, test.texts, length), y: test.y },
    optimizer: adam({ learningRate }),
    loss: binaryCrossEntropy,
    metrics: { accuracy: binaryAccuracy(), f1: fScore() },
    epochs,
    batchSize,
  });
  const read = decided(predictions);
  run.show(plotConfusionMatrix({ predictions: read, labels: test.y }, { classes: all.classes }));
  console.log(misread(test.texts, test.y.data, read, all.classes));
  console.log(resultLine(report));
  return report;
}

/** Word vectors, an LSTM, and the maximum of each unit over time. */
function spamNet(words: number, length: number): Sequential {
  return sequential(
    input([length]),
    embedding(words, 20, { maskZero: true }),
    dropout(0.5),
    lstm(15, { returnSequences: true }),
    globalMaxPool1d(),
    dropout(0.3),
    dense(1),
  );
}

/** Lowercase words and the punctuation that is common in spam. Numbers become tokens for their length. */
function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/\d/g, '0')
      .match(/[\p{L}\p{N}']+|[£$!?]/gu) ?? []
  );
}

/** A few misclassified texts. */
function misread(
  texts: readonly string[],
  labels: ArrayLike<number>,
  read: ArrayLike<number>,
  classes: readonly string[],
  most = 5,
): string {
  const wrong = [...texts.keys()].filter((i) => labels[i] !== read[i]);
  if (wrong.length === 0) return 'nothing was misread\n';
  const lines = wrong
    .slice(0, most)
    .map((i) => `  ${classes[labels[i]!]} read as ${classes[read[i]!]}: ${texts[i]!.slice(0, 100)}`);
  return [`${wrong.length} of ${texts.length} misread, such as`, ...lines].join('\n') + '\n';
}
