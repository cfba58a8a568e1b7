import { rtPolarity } from '@chainrule/data-loaders/node';
import type { WordVectors } from '@chainrule/embeddings';
import { MissingDataError } from '@chainrule/errors';
import { binaryCrossEntropy } from '@chainrule/losses';
import { binaryAccuracy, fScore } from '@chainrule/metrics';
import { earlyStopping, type Sequential } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import type { Tensor } from '@chainrule/tensor';
import { WordTokenizer } from '@chainrule/text-tokenizer';
import { filesOf } from '../filesOf.ts';
import { type Report, summarize } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { trainModel } from '../trainModel.ts';
import {
  lastTenth,
  type LabeledTexts,
  splitTexts,
  type TextSamples,
  tfidf,
  usualLength,
  wordIndices,
} from './labeledTexts.ts';
import { filmSentences, filmReviews } from './filmReviews.ts';
import { bagOfWords, convolution, reader, type Vectors, type WordInput } from './sentimentModels.ts';
import { keptVectors, trainVectors } from './trainVectors.ts';
import { englishCorpus, englishOptions } from './vectorTasks.ts';

/** Classifies sentences about films as positive or negative. Compares models with and without word order and pretrained vectors. */
export const sentiment: Task = {
  pipeline: 'nlp',
  name: 'sentiment',
  main: true,
  about: 'classifies film reviews: bag of words, convolution, LSTM, with and without word2vec vectors',
  dataSets: ['reviews', 'rt-polarity'],
  run,
};

/** One of the compared models. */
interface Variant {
  readonly name: string;
  readonly model: Sequential;
  readonly reads: (texts: readonly string[]) => Tensor;
  readonly learningRate: number;
}

/** Settings that depend on the data set: the held-out share, training steps, and the source of the vectors. */
interface Source {
  readonly all: LabeledTexts;
  readonly testSize: number;
  readonly rate: number;
  readonly vectors: () => Promise<WordVectors | undefined>;
}

async function run(run: TaskRun): Promise<Report> {
  const {
    dataset,
    options: { seed, limit, epochs = 16 },
  } = run;
  const { all, testSize, rate, vectors } = await sourceOf(run);
  const { train, test } = splitTexts(all, { testSize, seed, limit });
  // Early stopping watches a tenth of the training sentences, which is held out.
  const [learnt, held] = lastTenth(train);
  const tokenizer = new WordTokenizer({ analyzer: wordsOf, minCount: 2, oovToken: '<rare>' });
  tokenizer.fitOnTexts(learnt.texts);
  const reports: Report[] = [];
  for (const { name, model, reads, learningRate } of variants(tokenizer, learnt, {
    seed,
    rate,
    vectors: await vectors(),
  })) {
    const samples = ({ texts, y }: TextSamples): { x: Tensor; y: Tensor } => ({ x: reads(texts), y });
    const { report } = await trainModel(run, {
      name: 'nlp sentiment',
      variant: name,
      model,
      train: samples(learnt),
      validation: samples(held),
      test: samples(test),
      optimizer: adam({ learningRate }),
      loss: binaryCrossEntropy,
      metrics: { accuracy: binaryAccuracy(), f1: fScore() },
      epochs,
      batchSize: 32,
      callbacks: [earlyStopping({ patience: 3, restoreBestWeights: true })],
    });
    reports.push(report);
  }
  console.log(`${comparison(reports)}\n`);
  const best = reports.reduce((a, b) => (validated(b) > validated(a) ? b : a));
  console.log(`the best on the sentences that ended training: ${variantOf(best)}`);
  const each = reports.map((report) => [`${variantOf(report)} testAccuracy`, report.metrics['testAccuracy']!] as const);
  return summarize(
    {
      task: 'nlp sentiment',
      dataset,
      metrics: {
        testAccuracy: best.metrics['testAccuracy']!,
        testF1: best.metrics['testF1']!,
        ...Object.fromEntries(each),
      },
    },
    reports,
  );
}

async function sourceOf(run: TaskRun): Promise<Source> {
  const {
    dataset,
    options: { seed },
  } = run;
  if (dataset === 'rt-polarity')
    return {
      all: await rtPolarity(filesOf(run.options)),
      testSize: 0.1,
      rate: 0.001,
      vectors: () => englishVectors(run),
    };
  const talk = { name: 'talk', sentences: filmSentences({ count: 6000, seed: seed + 1_000_003 }).map(wordsOf) };
  const options = { vectorSize: 24, window: 5, minCount: 2, learningRate: 0.05, epochs: 5 };
  return {
    all: filmReviews({ count: 1200, seed }),
    testSize: 0.5,
    rate: 0.006,
    vectors: async () => (await trainVectors(run, talk, options)).vectors,
  };
}

/** The vectors that `nlp word2vec` trains or has trained; undefined if its corpus is missing. */
async function englishVectors(run: TaskRun): Promise<WordVectors | undefined> {
  const { dataDir } = run.options;
  try {
    if (dataDir === undefined) throw new MissingDataError('its corpus must be in --data-dir');
    const { vectors } = await keptVectors(run, await englishCorpus(dataDir), {
      ...englishOptions,
      architecture: 'skipGram',
    });
    return vectors;
  } catch (error) {
    if (!(error instanceof MissingDataError)) throw error;
    console.log(`without vectors of word2vec: ${error.message}`);
    return undefined;
  }
}

function variants(
  tokenizer: WordTokenizer,
  { texts }: TextSamples,
  { seed, rate, vectors }: { readonly seed: number; readonly rate: number; readonly vectors: WordVectors | undefined },
): Variant[] {
  const [length, words] = [usualLength(tokenizer, texts), tokenizer.vocabularySize];
  const matrix = vectors && matrixOf(vectors, tokenizer, seed);
  const sequence = (name: string, make: (read: WordInput) => Sequential, start?: Vectors): Variant => ({
    name,
    model: make({ length, words, vectors: start, seed }),
    reads: (all) => wordIndices(tokenizer, all, length),
    learningRate: rate,
  });
  const sequences = (name: string, make: (read: WordInput) => Sequential): Variant[] => [
    sequence(name, make),
    ...(matrix
      ? [
          sequence(`${name} on frozen vectors`, make, { matrix, tuned: false }),
          sequence(`${name} on tuned vectors`, make, { matrix, tuned: true }),
        ]
      : []),
  ];
  const bag: Variant = {
    name: 'bag of words',
    model: bagOfWords(words),
    reads: (all) => tfidf(tokenizer, all),
    learningRate: 0.005,
  };
  return [bag, ...sequences('convolution', convolution), ...sequences('LSTM', reader)];
}

/** The vectors of the vocabulary; random ones for words without a vector. */
function matrixOf(vectors: WordVectors, tokenizer: WordTokenizer, seed: number): Tensor {
  const used = [...tokenizer.wordIndex].filter(([, index]) => index < tokenizer.vocabularySize);
  const found = used.filter(([word]) => vectors.has(word)).length;
  console.log(`${found} of ${used.length} words have a vector of word2vec\n`);
  return vectors.embeddingMatrix(new Map(used), { inputDim: tokenizer.vocabularySize, missing: 'random', seed });
}

function variantOf({ task }: Report): string {
  return task.replace('nlp sentiment ', '');
}

/** The validation accuracy in the best epoch. */
function validated({ epochs }: Report): number {
  const kept = epochs.reduce(
    (a, b) => (b['valLoss']! < a['valLoss']! ? b : a),
    epochs[0] ?? { epoch: 0, valAccuracy: 0 },
  );
  return kept['valAccuracy']!;
}

/** One line for each model. */
function comparison(reports: readonly Report[]): string {
  const width = Math.max(...reports.map((report) => variantOf(report).length));
  const percent = (value: number): string => `${(100 * value).toFixed(2)}%`.padStart(9);
  const lines = reports.map((report) => {
    const { metrics, epochs, parameters, seconds } = report;
    return `${variantOf(report).padEnd(width)}  ${percent(metrics['testAccuracy']!)}  ${metrics['testF1']!.toFixed(4)}  ${percent(validated(report))}  ${String(epochs.length).padStart(6)}  ${String(parameters).padStart(10)}  ${seconds.toFixed(1).padStart(6)} s`;
  });
  const head = `${'model'.padEnd(width)}  accuracy      F1  validated  epochs  parameters      time`;
  return [head, '─'.repeat(head.length), ...lines].join('\n');
}

/** Lowercase words, exclamation marks and question marks. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}']+|[!?]/gu) ?? [];
}
