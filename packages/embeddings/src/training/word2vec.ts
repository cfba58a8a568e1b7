import { checkOptions } from '@chainrule/errors/check';
import type { Sentences } from '../corpus/sentences.ts';
import { trainWindows, windowChecks, type WindowOptions, windowSettings } from './windowTraining.ts';
import { countVocabulary } from '../corpus/vocabulary.ts';
import { separateInput, meanInput } from './windowBatch.ts';
import { WordVectors } from '../vectors/wordVectors.ts';

/**
 * Trains word vectors with word2vec. In skip-gram, a word's vector predicts its context words; in CBOW, the mean of the
 * context predicts the word. The loss is negative sampling or hierarchical softmax (Mikolov et al., "Efficient estimation
 * of word representations in vector space", 2013, and "Distributed representations of words and phrases and their
 * compositionality", 2013).
 *
 * @param sentences - lists of tokens; iterated once to count words, and once for each epoch
 * @throws ValueError if fewer than two words are frequent enough, or if training diverges
 * @throws OptionError for options out of range
 * @example
 * const sentences = ['the cat sat', 'the dog sat', 'the cat ran'].map((text) => text.split(' '));
 * const vectors = await word2vec(sentences, { minCount: 1, vectorSize: 8, epochs: 2, seed: 1 });
 * vectors.words; // => ['the','cat','sat','dog','ran']
 * vectors.vector('cat').length; // => 8
 */
export async function word2vec(sentences: Sentences, options: WindowOptions = {}): Promise<WordVectors> {
  checkOptions('word2vec', options, windowChecks);
  const vocabulary = await countVocabulary('word2vec', sentences, options);
  const settings = windowSettings(options, vocabulary);
  const { words } = vocabulary;
  const { batchSize, window } = settings;
  const starts = Int32Array.from({ length: words.length + 1 }, (_, i) => i);
  const maxContext = 2 * window;
  const inputs =
    settings.architecture === 'skipGram'
      ? separateInput(batchSize, maxContext)
      : meanInput(batchSize, Math.max(maxContext, batchSize * (window + 1)), { starts, rows: starts });
  const table = await trainWindows(
    { op: 'word2vec', vocabulary, rows: words.length, inputs, predicts: 'center' },
    sentences,
    settings,
  );
  return new WordVectors(words, await table.read());
}
