import type { Backend } from '@chainrule/compiler';
import { OptionError, showValue } from '@chainrule/errors';
import { aBoolean, aFunction, anything, type Checks } from '@chainrule/errors/check';
import { polynomialDecay } from '@chainrule/optim';
import { Generator, randomUniform, RandomSource, tensor, Variable, zeros } from '@chainrule/tensor';
import { checkSeed } from '@chainrule/tensor/graph';
import { checkCounts, checkNumbers } from './checkOptions.ts';
import { Meter } from './meter.ts';
import { eachSentence, type Sentences } from './sentences.ts';
import { keepProbabilities } from './subsampling.ts';
import { hierarchicalSoftmax, negativeSampling, type Targets } from './targets.ts';
import { type InputRows, WindowBatch } from './windowBatch.ts';
import { type Tables, type WindowStep, windowStep } from './windowStep.ts';
import { type Vocabulary, vocabularyOptions, type VocabularyOptions } from './vocabulary.ts';

/** How far training is. */
export interface TrainingProgress {
  /** From 0 on. */
  readonly epoch: number;
  readonly epochs: number;
  /** Words of this epoch that are done, and that it has. */
  readonly words: number;
  readonly totalWords: number;
  /** Since training began; words that are left out are counted. */
  readonly wordsPerSecond: number;
  /** The mean over what was predicted since the last report. */
  readonly loss: number;
  readonly learningRate: number;
}

/** Options of word2vec and fastText. */
export interface WindowOptions extends VocabularyOptions {
  /** Whether a word predicts each of its neighbours, or their mean predicts the word. Default `skipGram`. */
  readonly architecture?: 'skipGram' | 'cbow';
  /** Elements of a vector. Default 100. */
  readonly vectorSize?: number;
  /** How far neighbours are at most; each word draws its own width from 1 to this. Default 5. */
  readonly window?: number;
  /** Words that are drawn for contrast. Default 5. */
  readonly negative?: number;
  /** Whether to predict the way through a Huffman tree instead of contrasting. Default false. */
  readonly hierarchicalSoftmax?: boolean;
  /** Words for contrast are drawn by count to this power. Default 0.75. */
  readonly negativeExponent?: number;
  /** Words more frequent than this share are left out at times; 0 leaves out none. Default 0.001. */
  readonly sample?: number;
  /** The rate at the start. Default 0.025, and 0.05 for `cbow`. */
  readonly learningRate?: number;
  /** The rate at the end; it falls in a line. Default 0.0001. */
  readonly minLearningRate?: number;
  /** Default 5. */
  readonly epochs?: number;
  /** Windows in a step. Default 512, and a 20th of the vocabulary where that is more, up to 4,096. */
  readonly batchSize?: number;
  /** The same seed gives the same bits. Default 0. */
  readonly seed?: number;
  /** Where the steps run; by default as `compile`. */
  readonly backend?: Backend;
  /** Called some times a second, and after each epoch; training waits for what it returns. */
  readonly onProgress?: (progress: TrainingProgress) => unknown;
}

/** {@link windowSettings} checks the numbers. */
export const windowOptions: Checks<WindowOptions> = {
  ...vocabularyOptions,
  architecture: anything,
  vectorSize: anything,
  window: anything,
  negative: anything,
  hierarchicalSoftmax: aBoolean,
  negativeExponent: anything,
  sample: anything,
  learningRate: anything,
  minLearningRate: anything,
  epochs: anything,
  batchSize: anything,
  seed: anything,
  backend: anything,
  onProgress: aFunction,
};

type Settings = Required<Omit<WindowOptions, 'backend' | 'onProgress' | keyof VocabularyOptions>> &
  Pick<WindowOptions, 'backend' | 'onProgress'>;

/** Options with their defaults, checked. */
export function windowSettings(op: string, options: WindowOptions, { words }: Vocabulary): Settings {
  const settings: Settings = {
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
    batchSize: usualBatch(words.length),
    ...options,
  };
  const {
    architecture,
    vectorSize,
    window,
    negative,
    epochs,
    batchSize,
    sample,
    learningRate,
    minLearningRate,
    negativeExponent,
  } = settings;
  if (architecture !== 'skipGram' && architecture !== 'cbow')
    throw new OptionError(`${op}: \`architecture\` must be "skipGram" or "cbow", got ${showValue(architecture)}`);
  checkCounts(op, { vectorSize, window, negative, epochs, batchSize });
  checkNumbers(op, { sample, minLearningRate });
  checkNumbers(op, { learningRate }, true);
  if (!Number.isFinite(negativeExponent))
    throw new OptionError(`${op}: \`negativeExponent\` must be a number, got ${showValue(negativeExponent)}`);
  checkSeed(op, settings.seed);
  return settings;
}

/** A step writes the tables anew: larger ones want larger batches, of which frequent words make less. */
function usualBatch(words: number): number {
  return 2 ** Math.min(12, Math.max(9, Math.round(Math.log2(words / 20))));
}

/** What is trained: which words of a window make the hidden vectors, and from which rows. */
export interface WindowTask {
  readonly op: string;
  readonly vocabulary: Vocabulary;
  /** Rows of the table of inputs. */
  readonly rows: number;
  readonly inputs: InputRows;
  /** Whether the neighbours are predicted from the word, or the word from them. */
  readonly predicts: 'neighbours' | 'word';
}

/** Trains and returns the table of inputs `[rows, vectorSize]`. */
export async function trainWindows(task: WindowTask, sentences: Sentences, settings: Settings): Promise<Variable> {
  const { op, vocabulary, predicts } = task;
  const { batchSize, window, seed, epochs, sample, onProgress } = settings;
  const { corpusWords } = vocabulary;
  const targets = targetsOf(vocabulary, settings);
  const { tables, step } = start(task, targets, settings);
  const batch = new WindowBatch(batchSize, task.inputs, targets, predicts === 'word' ? 1 : 2 * window);
  const keep = keepProbabilities(vocabulary.counts, corpusWords, sample);
  const rateAt = rateOf(settings, epochs * corpusWords);
  const meter = new Meter(op, ({ done, perSecond, ...rest }) =>
    onProgress?.({ ...rest, epochs, words: done, totalWords: corpusWords, wordsPerSecond: perSecond }),
  );
  for (let epoch = 0; epoch < epochs; epoch++) {
    const random = new RandomSource(seed, 'windows', epoch);
    let words = 0;
    const flush = async (force = false): Promise<void> => {
      const at = { epoch, done: words, learningRate: rateAt(epoch * corpusWords + words) };
      const { inputs, outputs } = batch.take();
      const [loss, weight] = step(inputs, outputs, tensor(at.learningRate));
      await meter.add({ loss, weight, done: epoch * corpusWords + words, at, force });
    };
    for await (const sentence of eachSentence(op, sentences)) {
      words += sentence.length;
      const ids = keptIds(sentence, vocabulary, keep, random);
      for (let i = 0; i < ids.length; i++) {
        const reach = 1 + random.below(window);
        const neighbours = { ids, from: Math.max(0, i - reach), to: Math.min(ids.length, i + reach + 1), skip: i };
        if (neighbours.to - neighbours.from < 2) continue;
        const word = { ids, from: i, to: i + 1, skip: -1 };
        const [source, target] = predicts === 'word' ? [neighbours, word] : [word, neighbours];
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
  { vectorSize, batchSize, seed, backend }: Settings,
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

/** A rate that falls in a line over so many words. */
function rateOf({ learningRate, minLearningRate }: Settings, words: number): (done: number) => number {
  return polynomialDecay({
    initialLearningRate: learningRate,
    endLearningRate: Math.min(minLearningRate, learningRate),
    decaySteps: words,
  });
}

/** The words of a sentence that are in the vocabulary, without some of the frequent ones. */
function keptIds(
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

function targetsOf({ counts }: Vocabulary, settings: Settings): Targets {
  return settings.hierarchicalSoftmax
    ? hierarchicalSoftmax(counts)
    : negativeSampling(counts, settings.negative, settings.negativeExponent);
}
