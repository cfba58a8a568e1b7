import { aCount, aFunction, anything, checkOptions, type Checks } from '@chainrule/errors/check';
import type { Backend } from '@chainrule/compiler';
import { Generator, ones, randomUniform, RandomSource, tensor, Tensor, Variable } from '@chainrule/tensor';
import { aSeed } from '@chainrule/tensor/graph';
import { eachSentence, type Sentences } from '../corpus/sentences.ts';
import { countVocabulary, type Vocabulary, vocabularyChecks, type VocabularyOptions } from '../corpus/vocabulary.ts';
import { aNonNegativeNumber, aPositiveNumber } from '../options/checks.ts';
import { WordVectors } from '../vectors/wordVectors.ts';
import { Cooccurrences, type CountedPairs } from './cooccurrences.ts';
import { type GloveStep, gloveStep, type PairBatch } from './gloveStep.ts';
import { ProgressReporter } from './progressReporter.ts';

/** The progress of training. */
export interface GloveProgress {
  /** Index of the epoch, from 0. */
  readonly epoch: number;
  readonly epochs: number;
  /** Number of completed pairs in this epoch. */
  readonly pairs: number;
  /** Number of pairs per epoch. */
  readonly totalPairs: number;
  /** Pairs per second since the start. */
  readonly pairsPerSecond: number;
  /** Weighted mean of ½(w·w̃ + b + b̃ − log X)² since the last report. */
  readonly loss: number;
  readonly learningRate: number;
}

/** Options of {@link glove}. */
export interface GloveOptions extends VocabularyOptions {
  /** Dimensions of the vectors. Default 100. */
  readonly vectorSize?: number;
  /** Maximum distance of a word's context on both sides; a word at distance d counts 1/d. Default 15. */
  readonly window?: number;
  /** A pair that occurs X times has weight min(1, (X / xMax)^alpha). Default 100. */
  readonly xMax?: number;
  /** See `xMax`. Default 0.75. */
  readonly alpha?: number;
  /** Learning rate of AdaGrad. Default 0.05. */
  readonly learningRate?: number;
  /** Number of epochs. Default 25. */
  readonly epochs?: number;
  /** Pairs per step. Default 8,192. */
  readonly batchSize?: number;
  /** The same seed gives the same bits. Default 0. */
  readonly seed?: number;
  /** Backend of the training steps. By default that of `compile`. */
  readonly backend?: Backend;
  /** Called several times a second and after each epoch; training awaits its result. */
  readonly onProgress?: (progress: GloveProgress) => unknown;
}

const gloveChecks: Checks<GloveOptions> = /* @__PURE__ */ (() => ({
  ...vocabularyChecks,
  vectorSize: aCount,
  window: aCount,
  xMax: aPositiveNumber,
  alpha: aNonNegativeNumber,
  learningRate: aPositiveNumber,
  epochs: aCount,
  batchSize: aCount,
  seed: aSeed,
  backend: anything,
  onProgress: aFunction,
}))();

/** Options of a training run with their defaults. */
interface GloveSettings {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly seed: number;
  readonly xMax: number;
  readonly alpha: number;
  readonly onProgress: GloveOptions['onProgress'];
}

/**
 * Trains word vectors with GloVe: weighted least squares fit dot products of vectors to the logarithms of co-occurrence
 * counts (Pennington, Socher, Manning, "GloVe: global vectors for word representation", 2014). The result is the sum of
 * each word's two vectors, as a word and as a context.
 *
 * @param sentences - lists of tokens; iterated twice, to count words and to count pairs
 * @throws ValueError if fewer than two words are frequent enough, or if training diverges
 * @throws OptionError for options out of range; MemoryError for more than 2²⁶ different pairs
 * @example
 * const sentences = ['the cat sat', 'the dog sat', 'the cat ran'].map((text) => text.split(' '));
 * const vectors = await glove(sentences, { minCount: 1, vectorSize: 8, epochs: 2, seed: 1 });
 * vectors.words; // => ['the','cat','sat','dog','ran']
 */
export async function glove(sentences: Sentences, options: GloveOptions = {}): Promise<WordVectors> {
  checkOptions('glove', options, gloveChecks);
  const { vectorSize: size = 100, window = 15, seed = 0, backend, onProgress } = options;
  const { xMax = 100, alpha = 0.75, learningRate = 0.05, epochs = 25, batchSize = 8192 } = options;
  const vocabulary = await countVocabulary('glove', sentences, options);
  const pairs = await countPairs(sentences, vocabulary, window);
  const words = vocabulary.words.length;
  const half = 0.5 / size;
  const table = new Variable(randomUniform(new Generator(seed), [2 * words, size + 1], { low: -half, high: half }), {
    name: 'vectors',
  });
  const squares = new Variable(ones([2 * words, size + 1]), { name: 'squares' });
  const isVector = tensor(
    Float32Array.from({ length: size + 1 }, (_, i) => (i < size ? 1 : 0)),
    [size + 1],
  );
  const settings = { epochs, batchSize, learningRate, seed, xMax, alpha, onProgress };
  await train(gloveStep(table, squares, isVector, backend), pairs, words, settings);
  const { data } = await table.read();
  const vectors = new Float32Array(words * size);
  for (let word = 0, to = 0; word < words; word++) {
    for (let i = 0; i < size; i++, to++)
      vectors[to] = data[word * (size + 1) + i]! + data[(words + word) * (size + 1) + i]!;
  }
  return new WordVectors(vocabulary.words, new Tensor([words, size], 'float32', vectors));
}

async function countPairs(sentences: Sentences, { indices }: Vocabulary, window: number): Promise<CountedPairs> {
  const table = new Cooccurrences();
  for await (const sentence of eachSentence('glove', sentences)) {
    const ids = Int32Array.from(sentence.map((word) => indices.get(word)).filter((id) => id !== undefined));
    for (let i = 0; i < ids.length; i++) {
      for (let distance = 1; distance <= window && distance <= i; distance++) {
        const [a, b] = [ids[i - distance]!, ids[i]!];
        // A word next to itself is its own context on both sides.
        table.add(a, b, (a === b ? 2 : 1) / distance);
      }
    }
  }
  return table.pairs();
}

/** Trains on the pairs in random order; each pair is used in both directions. */
async function train(
  step: GloveStep,
  pairs: CountedPairs,
  words: number,
  { epochs, batchSize, learningRate, seed, xMax, alpha, onProgress }: GloveSettings,
): Promise<void> {
  const total = pairs.first.length;
  const rate = tensor(learningRate);
  const reporter = new ProgressReporter('glove', ({ done, perSecond, ...rest }) =>
    onProgress?.({ ...rest, epochs, pairs: done, totalPairs: total, pairsPerSecond: perSecond }),
  );
  const each = Math.max(1, batchSize >> 1);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = new RandomSource(seed, 'pairs', epoch).permutation(total);
    for (let from = 0; from < total; from += each) {
      const chosen = order.subarray(from, from + each);
      const [loss, weight] = step(
        batchOf(pairs, chosen, each, words, (x) => Math.min(1, (x / xMax) ** alpha)),
        rate,
      );
      const done = from + chosen.length;
      await reporter.add({
        loss,
        weight,
        done: epoch * total + done,
        at: { epoch, done, learningRate },
        force: done === total,
      });
    }
  }
}

/** A batch of the chosen pairs in both directions, with room for `each` pairs. */
function batchOf(
  { first, second, counts }: CountedPairs,
  chosen: Int32Array,
  each: number,
  words: number,
  weigh: (count: number) => number,
): PairBatch {
  const batch = 2 * each;
  const rows = new Int32Array(2 * batch);
  const logs = new Float32Array(batch);
  const weights = new Float32Array(batch);
  chosen.forEach((pair, i) => {
    const [a, b] = [first[pair]!, second[pair]!];
    rows.set([a, b], 2 * i);
    rows.set([words + b, words + a], batch + 2 * i);
    logs.fill(Math.log(counts[pair]!), 2 * i, 2 * i + 2);
    // A pair of equal words has only one direction.
    weights[2 * i] = weigh(counts[pair]!);
    weights[2 * i + 1] = a === b ? 0 : weights[2 * i]!;
  });
  return {
    rows: new Tensor([2, batch], 'int32', rows),
    logs: new Tensor([batch], 'float32', logs),
    weights: new Tensor([batch], 'float32', weights),
  };
}
