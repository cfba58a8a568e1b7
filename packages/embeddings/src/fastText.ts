import { OptionError } from '@chainrule/errors';
import { anything, checkOptions } from '@chainrule/errors/check';
import { Tensor } from '@chainrule/tensor';
import { checkCounts } from './checkOptions.ts';
import { FastTextVectors } from './fastTextVectors.ts';
import type { Sentences } from './sentences.ts';
import { keepProbabilities } from './subsampling.ts';
import { subwordBuckets, type SubwordOptions } from './subwords.ts';
import { trainWindows, windowOptions, type WindowOptions, windowSettings } from './trainWindows.ts';
import { countVocabulary, type Vocabulary } from './vocabulary.ts';
import { meanInput, type Parts } from './windowBatch.ts';

/** Options of {@link fastText}. */
export interface FastTextOptions extends WindowOptions, SubwordOptions {}

/**
 * Word vectors by fastText: as `word2vec`, but a word is the mean of a vector of its own and of those of its character
 * n-grams, so that words that look alike share, and unseen words have vectors (Bojanowski and others, "Enriching word
 * vectors with subword information", 2017).
 *
 * @param sentences - lists of tokens, gone through once to count and once for each epoch
 * @throws ValueError where fewer than two words are frequent enough, or training diverges
 * @throws OptionError for options out of range
 * @example
 * const sentences = ['the cat sat', 'the dog sat', 'the cat ran'].map((text) => text.split(' '));
 * const vectors = await fastText(sentences, { minCount: 1, vectorSize: 8, epochs: 2, seed: 1 });
 * vectors.has('cats'); // => false
 * vectors.vector('cats').length; // => 8
 */
export async function fastText(sentences: Sentences, options: FastTextOptions = {}): Promise<FastTextVectors> {
  checkOptions('fastText', options, { ...windowOptions, minN: anything, maxN: anything, bucket: anything });
  const { minN = 3, maxN = 6, bucket = 2_000_000 } = options;
  checkCounts('fastText', { minN, bucket });
  checkCounts('fastText', { maxN }, 0);
  if (maxN > 0 && maxN < minN)
    throw new OptionError(`fastText: \`maxN\` must be 0 or at least \`minN\`, got ${maxN} and ${minN}`);
  const vocabulary = await countVocabulary('fastText', sentences, options);
  const settings = windowSettings('fastText', options, vocabulary);
  const subwordOptions = { minN, maxN, bucket };
  const { parts, rows } = partsOf(vocabulary.words, subwordOptions);
  const { batchSize, window, architecture, sample } = settings;
  const isCbow = architecture === 'cbow';
  const { mean, most } = sizes(parts, vocabulary, keepProbabilities(vocabulary.counts, vocabulary.corpusWords, sample));
  const capacity = Math.max(Math.ceil(batchSize * mean * (isCbow ? window + 1 : 1)), most * (isCbow ? 2 * window : 1));
  const words = vocabulary.words.length;
  const task = {
    op: 'fastText',
    vocabulary,
    rows: words + rows.size,
    inputs: meanInput(batchSize, capacity, parts),
    predicts: isCbow ? 'word' : 'neighbours',
  } as const;
  const table = (await (await trainWindows(task, sentences, settings)).read()).data as Float32Array;
  const subwords = { options: subwordOptions, rows, vectors: table.subarray(words * settings.vectorSize) };
  return new FastTextVectors(vocabulary.words, meanVectors(table, parts, settings.vectorSize), subwords);
}

/** The rows of each word: its own, then those of its n-grams, which follow all words' in the order in which buckets are first met. */
function partsOf(
  words: readonly string[],
  options: Required<SubwordOptions>,
): { readonly parts: Parts; readonly rows: ReadonlyMap<number, number> } {
  const rows = new Map<number, number>();
  const starts = new Int32Array(words.length + 1);
  const all: number[] = [];
  words.forEach((word, i) => {
    all.push(i);
    for (const bucket of subwordBuckets(word, options)) {
      if (!rows.has(bucket)) rows.set(bucket, rows.size);
      all.push(words.length + rows.get(bucket)!);
    }
    starts[i + 1] = all.length;
  });
  return { parts: { starts, rows: Int32Array.from(all) }, rows };
}

/** Rows of a word on average, by how often it is met in training, and at most. */
function sizes(
  { starts }: Parts,
  { counts }: Vocabulary,
  keep: Float64Array,
): { readonly mean: number; readonly most: number } {
  let [sum, weight, most] = [0, 0, 0];
  counts.forEach((count, i) => {
    const size = starts[i + 1]! - starts[i]!;
    sum += size * count * keep[i]!;
    weight += count * keep[i]!;
    most = Math.max(most, size);
  });
  return { mean: sum / weight, most };
}

/** The vectors of the words: means of their rows. */
function meanVectors(table: Float32Array, { starts, rows }: Parts, size: number): Tensor {
  const words = starts.length - 1;
  const vectors = new Float32Array(words * size);
  for (let word = 0; word < words; word++) {
    const count = starts[word + 1]! - starts[word]!;
    for (let part = starts[word]!; part < starts[word + 1]!; part++) {
      for (let i = 0; i < size; i++) vectors[word * size + i]! += table[rows[part]! * size + i]! / count;
    }
  }
  return new Tensor([words, size], 'float32', vectors);
}
