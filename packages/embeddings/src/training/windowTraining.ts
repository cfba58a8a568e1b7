import type { Backend } from '@chainrule/compiler';
import { aBoolean, aCount, aFiniteNumber, aFunction, anything, type Checks, oneOf } from '@chainrule/errors/check';
import { polynomialDecay } from '@chainrule/optim';
import { Generator, randomUniform, RandomSource, tensor, Variable, zeros } from '@chainrule/tensor';
import { aSeed } from '@chainrule/tensor/graph';
import { eachSentence, type Sentences } from '../corpus/sentences.ts';
import { type Vocabulary, vocabularyChecks, type VocabularyOptions } from '../corpus/vocabulary.ts';
import { aNonNegativeNumber, aPositiveNumber, definedOptions } from '../options/checks.ts';
import { ProgressReporter } from './progressReporter.ts';
import { keepProbabilities } from './subsampling.ts';
import { hierarchicalSoftmax, negativeSampling, type Targets } from './targets.ts';
import { type InputRows, WindowBatch } from './windowBatch.ts';
import { type Tables, type WindowStep, windowStep } from './windowStep.ts';

/** The progress of training. */
export interface TrainingProgress {
  /** Index of the epoch, from 0. */
  readonly epoch: number;
  readonly epochs: number;
  /** Number of completed words in this epoch. */
  readonly words: number;
  /** Number of words per epoch. */
  readonly totalWords: number;
  /** Words per second since the start, including words that subsampling skips. */
  readonly wordsPerSecond: number;
  /** Mean loss since the last report. */
  readonly loss: number;
  readonly learningRate: number;
}

/** Options of {@link word2vec} and {@link fastText}. */
export interface WindowOptions extends VocabularyOptions {
  /** `skipGram` predicts each context word from the center word; `cbow` predicts the center word from the mean of its context. Default `skipGram`. */
  readonly architecture?: 'skipGram' | 'cbow';
  /** Dimensions of the vectors. Default 100. */
  readonly vectorSize?: number;
  /** Maximum distance between a word and its context; each word draws its own distance from 1 to this. Default 5. */
  readonly window?: number;
  /** Number of negative samples. Default 5. */
  readonly negative?: number;
  /** Use hierarchical softmax instead of negative sampling. Default false. */
  readonly hierarchicalSoftmax?: boolean;
  /** Exponent of the counts in the distribution of negative samples. Default 0.75. */
  readonly negativeExponent?: number;
  /** Subsampling threshold: words with a larger share of the corpus are skipped at random; 0 skips none. Default 0.001. */
  readonly sample?: number;
  /** Initial learning rate. Default 0.025, or 0.05 for `cbow`. */
  readonly learningRate?: number;
  /** Final learning rate, reached by linear decay. Default 0.0001. */
  readonly minLearningRate?: number;
  /** Number of epochs. Default 5. */
  readonly epochs?: number;
  /** Windows per step. Default a 20th of the vocabulary, at least 512 and at most 4,096. */
  readonly batchSize?: number;
  /** The same seed gives the same bits. Default 0. */
  readonly seed?: number;
  /** Backend of the training steps. By default that of `compile`. */
  readonly backend?: Backend;
  /** Called several times a second and after each epoch; training awaits its result. */
  readonly onProgress?: (progress: TrainingProgress) => unknown;
}

export const windowChecks: Checks<WindowOptions> = /* @__PURE__ */ (() => ({
  ...vocabularyChecks,
  architecture: oneOf('skipGram', 'cbow'),
  vectorSize: aCount,
  window: aCount,
  negative: aCount,
  hierarchicalSoftmax: aBoolean,
  negativeExponent: aFiniteNumber,
  sample: aNonNegativeNumber,
  learningRate: aPositiveNumber,
  minLearningRate: aNonNegativeNumber,
  epochs: aCount,
  batchSize: aCount,
  seed: aSeed,
  backend: anything,
  onProgress: aFunction,
}))();

/** Options with their defaults. */
export type WindowSettings = Required<Omit<WindowOptions, 'backend' | 'onProgress' | keyof VocabularyOptions>> &
  Pick<WindowOptions, 'backend' | 'onProgress'>;

/** Fills in the defaults. */
export function windowSettings(options: WindowOptions, { words }: Vocabulary): WindowSettings {
  const defaults = {
    architecture: 'skipGram',
    vectorSize: 100,
    window: 5,
    negative: 5,
    hierarchicalSoftmax: false,
    negativeExponent: 0.75,
    sample: 0.001,
    epochs: 5,
    seed: 0,
    learningRate: options.architecture === 'cbow' ? 0.05 : 0.025,
    minLearningRate: 0.0001,
    batchSize: defaultBatchSize(words.length),
  } as const;
  return { ...defaults, ...definedOptions(options) };
}

/** A power of two. Each step copies the tables, so larger vocabularies use larger batches. */
function defaultBatchSize(words: number): number {
  return 2 ** Math.min(12, Math.max(9, Math.round(Math.log2(words / 20))));
}

/** A model to train on windows of words. */
export interface WindowTask {
  readonly op: string;
  readonly vocabulary: Vocabulary;
  /** Rows of the input table. */
  readonly rows: number;
  /** Makes the hidden vectors of a batch. */
  readonly inputs: InputRows;
  /** What a window predicts: the context from the center word, or the center word from its context. */
  readonly predicts: 'context' | 'center';
}

/** Trains, and returns the input table `[rows, vectorSize]`. */
export async function trainWindows(
  task: WindowTask,
  sentences: Sentences,
  settings: WindowSettings,
): Promise<Variable> {
  const { op, vocabulary, predicts } = task;
  const { batchSize, window, seed, epochs, sample, onProgress } = settings;
  const { corpusWords } = vocabulary;
  const targets = targetsOf(vocabulary, settings);
  const { tables, step } = start(task, targets, settings);
  const batch = new WindowBatch(batchSize, task.inputs, targets, predicts === 'center' ? 1 : 2 * window);
  const keep = keepProbabilities(vocabulary.counts, corpusWords, sample);
  const rateAt = linearDecay(settings, epochs * corpusWords);
  const reporter = new ProgressReporter(op, ({ done, perSecond, ...rest }) =>
    onProgress?.({ ...rest, epochs, words: done, totalWords: corpusWords, wordsPerSecond: perSecond }),
  );
  for (let epoch = 0; epoch < epochs; epoch++) {
    const random = new RandomSource(seed, 'windows', epoch);
    let words = 0;
    const flush = async (force = false): Promise<void> => {
      const at = { epoch, done: words, learningRate: rateAt(epoch * corpusWords + words) };
      const { inputs, outputs } = batch.take();
      const [loss, weight] = step(inputs, outputs, tensor(at.learningRate));
      await reporter.add({ loss, weight, done: epoch * corpusWords + words, at, force });
    };
    for await (const sentence of eachSentence(op, sentences)) {
      words += sentence.length;
      const ids = subsample(sentence, vocabulary, keep, random);
      for (let i = 0; i < ids.length; i++) {
        const reach = 1 + random.below(window);
        const context = { ids, from: Math.max(0, i - reach), to: Math.min(ids.length, i + reach + 1), skip: i };
        if (context.to - context.from < 2) continue;
        const center = { ids, from: i, to: i + 1, skip: -1 };
        const [source, target] = predicts === 'center' ? [context, center] : [center, context];
        if (!batch.fits(source)) await flush();
        batch.add(source, target, random);
      }
    }
    await flush(true);
  }
  return tables.inputs;
}

function start(
  { op, rows }: WindowTask,
  targets: Targets,
  { vectorSize, batchSize, seed, backend }: WindowSettings,
): { readonly tables: Tables; readonly step: WindowStep } {
  const half = 0.5 / vectorSize;
  const tables = {
    inputs: new Variable(randomUniform(new Generator(seed), [rows, vectorSize], { low: -half, high: half }), {
      name: 'inputs',
    }),
    outputs: new Variable(zeros([targets.rows, vectorSize]), { name: 'outputs' }),
  };
  return { tables, step: windowStep(tables, batchSize, { name: op, ...(backend && { backend }) }) };
}

/** Linear decay over the given number of words. */
function linearDecay({ learningRate, minLearningRate }: WindowSettings, words: number): (done: number) => number {
  return polynomialDecay({
    initialLearningRate: learningRate,
    endLearningRate: Math.min(minLearningRate, learningRate),
    decaySteps: words,
  });
}

/** Indices of the words of a sentence that are in the vocabulary, after subsampling. */
function subsample(
  sentence: readonly string[],
  { indices }: Vocabulary,
  keep: Float64Array,
  random: RandomSource,
): Int32Array {
  const ids = new Int32Array(sentence.length);
  let length = 0;
  for (const word of sentence) {
    const id = indices.get(word);
    if (id === undefined || (keep[id]! < 1 && random.uniform() >= keep[id]!)) continue;
    ids[length++] = id;
  }
  return ids.subarray(0, length);
}

function targetsOf({ counts }: Vocabulary, settings: WindowSettings): Targets {
  return settings.hierarchicalSoftmax
    ? hierarchicalSoftmax(counts)
    : negativeSampling(counts, settings.negative, settings.negativeExponent);
}
