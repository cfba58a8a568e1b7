import { OptionError } from '@chainrule/errors';
import { aCount, checkOptions, integerFrom } from '@chainrule/errors/check';
import { Tensor } from '@chainrule/tensor';
import { FastTextVectors } from '../vectors/fastTextVectors.ts';
import type { Sentences } from '../corpus/sentences.ts';
import { keepProbabilities } from './subsampling.ts';
import { subwordBuckets, type SubwordOptions } from '../vectors/subwords.ts';
import { trainWindows, windowChecks, type WindowOptions, windowSettings } from './windowTraining.ts';
import { countVocabulary, type Vocabulary } from '../corpus/vocabulary.ts';
import { meanInput, type WordRows } from './windowBatch.ts';

/** Options of {@link fastText}. */
export interface FastTextOptions extends WindowOptions, SubwordOptions {}

/**
 * Trains word vectors with fastText. It works like `word2vec`, but a word's vector is the mean of a vector of its own and
 * the vectors of its character n-grams. Similar spellings share n-grams, and unseen words have vectors (Bojanowski et al.,
 * "Enriching word vectors with subword information", 2017).
 *
 * @param sentences - lists of tokens; iterated once to count words, and once for each epoch
 * @throws ValueError if fewer than two words are frequent enough, or if training diverges
 * @throws OptionError for options out of range
 * @example
 * const sentences = ['the cat sat', 'the dog sat', 'the cat ran'].map((text) => text.split(' '));
 * const vectors = await fastText(sentences, { minCount: 1, vectorSize: 8, epochs: 2, seed: 1 });
 * vectors.has('cats'); // => false
 * vectors.vector('cats').length; // => 8
 */
export async function fastText(sentences: Sentences, options: FastTextOptions = {}): Promise<FastTextVectors> {
  checkOptions('fastText', options, { ...windowChecks, minN: aCount, maxN: integerFrom(0), bucket: aCount });
  const { minN = 3, maxN = 6, bucket = 2_000_000 } = options;
  if (maxN > 0 && maxN < minN)
    throw new OptionError(`fastText: \`maxN\` must be 0 or at least \`minN\`, got ${maxN} and ${minN}`);
  const vocabulary = await countVocabulary('fastText', sentences, options);
  const settings = windowSettings(options, vocabulary);
  const subwordOptions = { minN, maxN, bucket };
  const { table: rows, buckets } = subwordRows(vocabulary.words, subwordOptions);
  const { batchSize, window, architecture, sample } = settings;
  const isCbow = architecture === 'cbow';
  const keep = keepProbabilities(vocabulary.counts, vocabulary.corpusWords, sample);
  const { mean, max } = rowsPerWord(rows, vocabulary, keep);
  const capacity = Math.max(Math.ceil(batchSize * mean * (isCbow ? window + 1 : 1)), max * (isCbow ? 2 * window : 1));
  const words = vocabulary.words.length;
  const task = {
    op: 'fastText',
    vocabulary,
    rows: words + buckets.size,
    inputs: meanInput(batchSize, capacity, rows),
    predicts: isCbow ? 'center' : 'context',
  } as const;
  const vectors = (await (await trainWindows(task, sentences, settings)).read()).data as Float32Array;
  const subwords = {
    options: subwordOptions,
    rows: buckets,
    vectors: vectors.subarray(words * settings.vectorSize),
  };
  return new FastTextVectors(vocabulary.words, meanVectors(vectors, rows, settings.vectorSize), subwords);
}

/**
 * The rows of each word: its own row, then the rows of its n-grams. The rows of n-grams follow those of all words, in the
 * order in which their buckets first occur.
 */
function subwordRows(
  words: readonly string[],
  options: Required<SubwordOptions>,
): { readonly table: WordRows; readonly buckets: ReadonlyMap<number, number> } {
  const buckets = new Map<number, number>();
  const starts = new Int32Array(words.length + 1);
  const rows: number[] = [];
  words.forEach((word, i) => {
    rows.push(i);
    for (const bucket of subwordBuckets(word, options)) {
      if (!buckets.has(bucket)) buckets.set(bucket, buckets.size);
      rows.push(words.length + buckets.get(bucket)!);
    }
    starts[i + 1] = rows.length;
  });
  return { table: { starts, rows: Int32Array.from(rows) }, buckets };
}

/** Rows per word: the mean over the words that training reads, and the maximum. */
function rowsPerWord(
  { starts }: WordRows,
  { counts }: Vocabulary,
  keep: Float64Array,
): { readonly mean: number; readonly max: number } {
  let [sum, weight, max] = [0, 0, 0];
  counts.forEach((count, i) => {
    const size = starts[i + 1]! - starts[i]!;
    sum += size * count * keep[i]!;
    weight += count * keep[i]!;
    max = Math.max(max, size);
  });
  return { mean: sum / weight, max };
}

/** The vector of each word: the mean of its rows. */
function meanVectors(vectors: Float32Array, { starts, rows }: WordRows, size: number): Tensor {
  const words = starts.length - 1;
  const means = new Float32Array(words * size);
  for (let word = 0; word < words; word++) {
    const count = starts[word + 1]! - starts[word]!;
    for (let at = starts[word]!; at < starts[word + 1]!; at++) {
      for (let i = 0; i < size; i++) means[word * size + i]! += vectors[rows[at]! * size + i]! / count;
    }
  }
  return new Tensor([words, size], 'float32', means);
}
