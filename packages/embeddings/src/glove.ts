import { aFunction, anything, checkOptions, type Checks } from '@chainrule/errors/check';
import type { Backend } from '@chainrule/compiler';
import { Generator, ones, randomUniform, RandomSource, tensor, Tensor, Variable } from '@chainrule/tensor';
import { checkSeed } from '@chainrule/tensor/graph';
import { checkCounts, checkNumbers } from './checkOptions.ts';
import { Cooccurrences, type CountedPairs } from './cooccurrences.ts';
import { type GloveStep, gloveStep, type PairBatch } from './gloveStep.ts';
import { Meter } from './meter.ts';
import { eachSentence, type Sentences } from './sentences.ts';
import { countVocabulary, type Vocabulary, vocabularyOptions, type VocabularyOptions } from './vocabulary.ts';
import { WordVectors } from './wordVectors.ts';

/** How far training is. */
export interface GloveProgress {
  /** From 0 on. */
  readonly epoch: number;
  readonly epochs: number;
  /** Pairs of words of this epoch that are done, and that it has. */
  readonly pairs: number;
  readonly totalPairs: number;
  /** Since training began. */
  readonly pairsPerSecond: number;
  /** The mean since the last report: ½(w·w̃ + b + b̃ − log X)², by weight. */
  readonly loss: number;
  readonly learningRate: number;
}

/** Options of {@link glove}. */
export interface GloveOptions extends VocabularyOptions {
  /** Elements of a vector. Default 100. */
  readonly vectorSize?: number;
  /** How far neighbours are at most, on both sides; one d words away counts 1/d. Default 15. */
  readonly window?: number;
  /** The weight of a pair that occurs X times is min(1, (X / xMax)^alpha). Default 100 and 0.75. */
  readonly xMax?: number;
  readonly alpha?: number;
  /** Of AdaGrad. Default 0.05. */
  readonly learningRate?: number;
  /** Default 25. */
  readonly epochs?: number;
  /** Pairs in a step. Default 8,192. */
  readonly batchSize?: number;
  /** The same seed gives the same bits. Default 0. */
  readonly seed?: number;
  /** Where the steps run; by default as `compile`. */
  readonly backend?: Backend;
  /** Called some times a second, and after each epoch; training waits for what it returns. */
  readonly onProgress?: (progress: GloveProgress) => unknown;
}

type Settings = Required<Omit<GloveOptions, 'backend' | 'onProgress' | keyof VocabularyOptions>> &
  Pick<GloveOptions, 'backend' | 'onProgress'>;

const gloveOptions: Checks<GloveOptions> = {
  ...vocabularyOptions,
  vectorSize: anything,
  window: anything,
  xMax: anything,
  alpha: anything,
  learningRate: anything,
  epochs: anything,
  batchSize: anything,
  seed: anything,
  backend: anything,
  onProgress: aFunction,
};

function settingsOf(options: GloveOptions): Settings {
  checkOptions('glove', options, gloveOptions);
  const settings: Settings = {
    vectorSize: 100,
    window: 15,
    xMax: 100,
    alpha: 0.75,
    learningRate: 0.05,
    epochs: 25,
    batchSize: 8192,
    seed: 0,
    ...options,
  };
  const { vectorSize, window, xMax, alpha, learningRate, epochs, batchSize, seed } = settings;
  checkCounts('glove', { vectorSize, window, epochs, batchSize });
  checkNumbers('glove', { alpha });
  checkNumbers('glove', { xMax, learningRate }, true);
  checkSeed('glove', seed);
  return settings;
}

/**
 * Word vectors by GloVe: products of vectors are fitted to the logarithms of how often words occur near one another, by
 * weighted least squares (Pennington, Socher, Manning, "GloVe: global vectors for word representation", 2014). A word's
 * vector is the sum of those that it has as a word and as a context.
 *
 * @param sentences - lists of tokens, gone through twice: to count words, and pairs of them
 * @throws ValueError where fewer than two words are frequent enough, or training diverges
 * @throws OptionError for options out of range; MemoryError for more than 2²⁶ different pairs
 * @example
 * const sentences = ['the cat sat', 'the dog sat', 'the cat ran'].map((text) => text.split(' '));
 * const vectors = await glove(sentences, { minCount: 1, vectorSize: 8, epochs: 2, seed: 1 });
 * vectors.words; // => ['the','cat','sat','dog','ran']
 */
export async function glove(sentences: Sentences, options: GloveOptions = {}): Promise<WordVectors> {
  const settings = settingsOf(options);
  const vocabulary = await countVocabulary('glove', sentences, options);
  const pairs = await countPairs(sentences, vocabulary, settings.window);
  const { vectorSize: size, backend } = settings;
  const words = vocabulary.words.length;
  const half = 0.5 / size;
  const table = new Variable(
    randomUniform(new Generator(settings.seed), [2 * words, size + 1], { low: -half, high: half }),
    { name: 'vectors' },
  );
  const squares = new Variable(ones([2 * words, size + 1]), { name: 'squares' });
  const isVector = tensor(
    Float32Array.from({ length: size + 1 }, (_, i) => (i < size ? 1 : 0)),
    [size + 1],
  );
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
        // A word next to itself has itself on both sides.
        table.add(a, b, (a === b ? 2 : 1) / distance);
      }
    }
  }
  return table.pairs();
}

/** Goes through the pairs in a random order, each as word and context both ways. */
async function train(
  step: GloveStep,
  pairs: CountedPairs,
  words: number,
  { epochs, batchSize, learningRate, seed, xMax, alpha, onProgress }: Settings,
): Promise<void> {
  const total = pairs.first.length;
  const rate = tensor(learningRate);
  const meter = new Meter('glove', ({ done, perSecond, ...rest }) =>
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
      await meter.add({
        loss,
        weight,
        done: epoch * total + done,
        at: { epoch, done, learningRate },
        force: done === total,
      });
    }
  }
}

/** A batch of the chosen pairs, `each` of them at most, one way and the other. */
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
    // A word with itself is one pair, not two.
    weights[2 * i] = weigh(counts[pair]!);
    weights[2 * i + 1] = a === b ? 0 : weights[2 * i]!;
  });
  return {
    rows: new Tensor([2, batch], 'int32', rows),
    logs: new Tensor([batch], 'float32', logs),
    weights: new Tensor([batch], 'float32', weights),
  };
}
