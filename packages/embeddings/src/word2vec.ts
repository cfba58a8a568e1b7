import { checkOptions } from '@chainrule/errors/check';
import type { Sentences } from './sentences.ts';
import { trainWindows, windowOptions, type WindowOptions, windowSettings } from './trainWindows.ts';
import { countVocabulary } from './vocabulary.ts';
import { eachInput, meanInput } from './windowBatch.ts';
import { WordVectors } from './wordVectors.ts';

/**
 * Word vectors by word2vec: a word's vector is trained to predict its neighbours (`skipGram`), or the neighbours' mean to
 * predict the word (`cbow`), against words that are drawn at random or down a Huffman tree (Mikolov and others,
 * "Efficient estimation of word representations in vector space", 2013, and "Distributed representations of words and
 * phrases and their compositionality", 2013).
 *
 * @param sentences - lists of tokens, gone through once to count and once for each epoch
 * @throws ValueError where fewer than two words are frequent enough, or training diverges
 * @throws OptionError for options out of range
 * @example
 * const sentences = ['the cat sat', 'the dog sat', 'the cat ran'].map((text) => text.split(' '));
 * const vectors = await word2vec(sentences, { minCount: 1, vectorSize: 8, epochs: 2, seed: 1 });
 * vectors.words; // => ['the','cat','sat','dog','ran']
 * vectors.vector('cat').length; // => 8
 */
export async function word2vec(sentences: Sentences, options: WindowOptions = {}): Promise<WordVectors> {
  checkOptions('word2vec', options, windowOptions);
  const vocabulary = await countVocabulary('word2vec', sentences, options);
  const settings = windowSettings('word2vec', options, vocabulary);
  const { words } = vocabulary;
  const { batchSize, window } = settings;
  const starts = Int32Array.from({ length: words.length + 1 }, (_, i) => i);
  const most = 2 * window;
  const inputs =
    settings.architecture === 'skipGram'
      ? eachInput(batchSize, most)
      : meanInput(batchSize, Math.max(most, batchSize * (window + 1)), { starts, rows: starts });
  const table = await trainWindows(
    { op: 'word2vec', vocabulary, rows: words.length, inputs, predicts: 'word' },
    sentences,
    settings,
  );
  return new WordVectors(words, await table.read());
}
