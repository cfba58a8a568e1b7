import fc from 'fast-check';
import { expect, test } from 'vitest';
import { segmentWords, WordTokenizer } from './index.ts';

const sampleTexts = ['The cat sat on the mat.', 'The dog sat on the log.', 'Dogs and cats living together.'];
const fitted = (options?: ConstructorParameters<typeof WordTokenizer>[0], texts = sampleTexts): WordTokenizer => {
  const tokenizer = new WordTokenizer(options);
  tokenizer.fitOnTexts(texts);
  return tokenizer;
};

test('words get indices by frequency, then by first occurrence', () => {
  const tokenizer = fitted();
  expect([...tokenizer.wordIndex].slice(0, 6)).toEqual([
    ['the', 1],
    ['sat', 2],
    ['on', 3],
    ['cat', 4],
    ['mat', 5],
    ['dog', 6],
  ]);
  expect([
    tokenizer.wordCounts.get('the'),
    tokenizer.wordDocs.get('the'),
    tokenizer.documentCount,
    tokenizer.indexWord.get(2),
  ]).toEqual([4, 2, 3, 'sat']);
  tokenizer.fitOnTexts(['dogs dogs dogs dogs dogs']);
  expect([tokenizer.wordIndex.get('dogs'), tokenizer.documentCount]).toEqual([1, 4]);
});

// Expected values by hand, from the rules of keras.preprocessing.text.
test('sequences drop unknown and rare words, or replace them by the out-of-vocabulary token', () => {
  expect(fitted().textsToSequences(['The bird sat!', ''])).toEqual([[1, 2], []]);
  expect(fitted({ numWords: 3 }).textsToSequences(['The bird sat on'])).toEqual([[1, 2]]);
  const oov = fitted({ numWords: 3, oovToken: '<oov>' });
  expect([oov.wordIndex.get('<oov>'), oov.wordIndex.get('the')]).toEqual([1, 2]);
  expect(oov.textsToSequences(['The bird sat on'])).toEqual([[2, 1, 1, 1]]);
  expect(oov.sequencesToTexts([[2, 3, 0, 99], []])).toEqual(['the <oov> <oov> <oov>', '']);
  expect(fitted({ numWords: 3 }).sequencesToTexts([[1, 2, 3, 0, 99]])).toEqual(['the sat']);
});

test('words that occurred less often than minCount are not used', () => {
  const frequent = fitted({ minCount: 2 });
  expect([frequent.vocabularySize, frequent.wordIndex.size, fitted().vocabularySize]).toEqual([4, 12, 13]);
  expect(frequent.textsToSequences(['The cat sat on'])).toEqual([[1, 2, 3]]);
  expect([frequent.sequencesToTexts([[1, 4]]), frequent.textsToMatrix(['the cat']).shape]).toEqual([['the'], [1, 4]]);
  const oov = fitted({ minCount: 2, oovToken: '<oov>' });
  expect([oov.vocabularySize, oov.textsToSequences(['The cat sat on'])]).toEqual([5, [[2, 1, 3, 4]]]);
  expect([
    fitted({ minCount: 2, numWords: 3 }).vocabularySize,
    fitted({ minCount: 2, numWords: 9 }).vocabularySize,
  ]).toEqual([3, 4]);
  expect([fitted({ minCount: 9, oovToken: '<oov>' }).vocabularySize, fitted({ minCount: 9 }).vocabularySize]).toEqual([
    2, 1,
  ]);
});

test('matrices are binary, counts, frequencies and tf-idf, as in Keras', () => {
  const tokenizer = fitted();
  const row = (mode: 'binary' | 'count' | 'freq' | 'tfidf'): number[] => [
    ...tokenizer.textsToMatrix(['the cat, the bird the'], mode).data.subarray(0, 6),
  ];
  expect(tokenizer.textsToMatrix(['a', 'the']).shape).toEqual([2, 13]);
  expect(row('binary')).toEqual([0, 1, 0, 0, 1, 0]);
  expect(row('count')).toEqual([0, 3, 0, 0, 1, 0]);
  expect(row('freq')).toEqual([0, 3 / 4, 0, 0, 1 / 4, 0]);
  const tfidf = row('tfidf');
  expect(tfidf[1]).toBeCloseTo((1 + Math.log(3)) * Math.log(1 + 3 / (1 + 2)), 12);
  expect(tfidf[4]).toBeCloseTo(Math.log(1 + 3 / (1 + 1)), 12);
  expect(fitted({ numWords: 3 }).sequencesToMatrix([[1, 2, 3, 99]]).data).toEqual(Float64Array.of(0, 1, 1));
  expect(tokenizer.textsToMatrix([]).shape).toEqual([0, 13]);
});

test('words respects filters, case, separators and charLevel', () => {
  expect(new WordTokenizer().words("It's a-b\tC…")).toEqual(["it's", 'a', 'b', 'c…']);
  expect(new WordTokenizer({ filters: '', lower: false, split: ',' }).words('A.,,b')).toEqual(['A.', 'b']);
  expect(new WordTokenizer({ filters: '😀' }).words('a😀b')).toEqual(['a', 'b']);
  expect(new WordTokenizer({ charLevel: true }).words('A b😀')).toEqual(['a', ' ', 'b', '😀']);
  expect(new WordTokenizer({ normalize: 'NFKC' }).words('ﬁ ｶﾞ')).toEqual(['fi', 'ガ']);
  expect(new WordTokenizer({ analyzer: (text) => segmentWords(text, 'th') }).words('สวัสดีครับ')).toEqual(['สวัสดี', 'ครับ']);
});

test('sequences of known words survive the round trip to text', () => {
  const tokenizer = fitted();
  const known = fc.array(fc.constantFrom(...tokenizer.wordIndex.keys()));
  fc.assert(
    fc.property(known, (words) => {
      const [sequence] = tokenizer.textsToSequences([words.join(' ')]);
      expect(tokenizer.sequencesToTexts([sequence!])).toEqual([words.join(' ')]);
    }),
  );
});

test('fitOnStream gives the same result as fitOnTexts', async () => {
  const tokenizer = new WordTokenizer();
  await tokenizer.fitOnStream(
    (async function* () {
      yield* await Promise.resolve(sampleTexts);
    })(),
  );
  expect(tokenizer.toJSON()).toEqual(fitted().toJSON());
});

test('JSON keeps everything except functions', () => {
  const tokenizer = fitted({ numWords: 5, minCount: 2, oovToken: '?', normalize: 'NFC', charLevel: false });
  const again = WordTokenizer.fromJSON(JSON.parse(JSON.stringify(tokenizer)));
  expect(again.toJSON()).toEqual(tokenizer.toJSON());
  expect(again.textsToMatrix(sampleTexts, 'tfidf')).toEqual(tokenizer.textsToMatrix(sampleTexts, 'tfidf'));
  expect(() => new WordTokenizer({ analyzer: () => [] }).toJSON()).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: WordTokenizer: \`analyzer\` must be undefined for JSON, which cannot hold functions]`,
  );
  const { options } = tokenizer.toJSON();
  const problems = [
    null,
    {},
    { options, documentCount: 1, words: [['a', 1]] },
    { options, documentCount: 1, words: [['a', 2, 2]] },
    {
      options,
      documentCount: 1,
      words: [
        ['a', 1, 1],
        ['a', 1, 1],
      ],
    },
    { options: { ...options, split: '' }, documentCount: 0, words: [] },
  ].map((json) => {
    try {
      return JSON.stringify(WordTokenizer.fromJSON(json));
    } catch (error) {
      return String(error);
    }
  });
  expect(problems).toMatchInlineSnapshot(`
    [
      "FormatError: WordTokenizer: expected an object at the top, got null",
      "FormatError: WordTokenizer: expected a number at documentCount, got undefined",
      "FormatError: WordTokenizer: expected [word, count, number of texts] at words[0], got ["a",1]",
      "FormatError: WordTokenizer: expected at most the number of texts and of occurrences at words[0][2], got 2",
      "FormatError: WordTokenizer: expected a word that is not listed twice at words[1][0], got "a"",
      "FormatError: WordTokenizer: expected non-empty text at options.split, got """,
    ]
  `);
});

test('mistakes throw', () => {
  expect(() => new WordTokenizer({ numWords: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: WordTokenizer: \`numWords\` must be a positive integer, got 0]`,
  );
  expect(() => new WordTokenizer({ minCount: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: WordTokenizer: \`minCount\` must be a positive integer, got 0]`,
  );
  expect(() => new WordTokenizer({ minCount: 2, numWords: 5 }).vocabularySize).toThrowErrorMatchingInlineSnapshot(
    `[StateError: WordTokenizer: call \`fitOnTexts\` first]`,
  );
  expect(() => new WordTokenizer({ split: '' })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: WordTokenizer: \`split\` must not be empty, got ""; set \`charLevel\` for characters]`,
  );
  expect(() => fitted().sequencesToTexts([[-1]])).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: WordTokenizer: \`sequences\` must be integers of at least 0, got -1]`,
  );
  expect(() => fitted().sequencesToMatrix([[1.5]])).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: WordTokenizer: \`sequences\` must be integers of at least 0, got 1.5]`,
  );
  expect(() => new WordTokenizer().textsToMatrix(['a'])).toThrowErrorMatchingInlineSnapshot(
    `[StateError: WordTokenizer: call \`fitOnTexts\` first, or set \`numWords\`]`,
  );
  expect(() => new WordTokenizer({ numWords: 9 }).textsToMatrix(['a'], 'tfidf')).toThrowErrorMatchingInlineSnapshot(
    `[StateError: WordTokenizer: call \`fitOnTexts\` before you make a matrix of mode "tfidf"]`,
  );
  expect(() => fitted().textsToMatrix(['a'], 'sum' as never)).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: sequencesToMatrix: \`mode\` must be "binary", "count", "freq" or "tfidf", got "sum"]`,
  );
});

test('fromJSON reads a file of Keras with its indices', () => {
  const config = {
    num_words: 4,
    filters: '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n',
    lower: true,
    split: ' ',
    char_level: false,
    oov_token: '<oov>',
    document_count: 2,
    word_counts: '{"the": 2, "cat": 1, "2024": 1, "dog": 1}',
    word_docs: '{"the": 2, "2024": 1, "cat": 1, "dog": 1}',
    index_docs: '{"2": 2, "3": 1, "4": 1, "5": 1}',
    index_word: '{"1": "<oov>", "2": "the", "3": "cat", "4": "2024", "5": "dog"}',
    word_index: '{"<oov>": 1, "the": 2, "cat": 3, "2024": 4, "dog": 5}',
  };
  const json = JSON.stringify({ class_name: 'Tokenizer', config });
  const tokenizer = WordTokenizer.fromJSON(json);
  expect([...tokenizer.wordIndex]).toEqual([
    ['<oov>', 1],
    ['the', 2],
    ['cat', 3],
    ['2024', 4],
    ['dog', 5],
  ]);
  expect(tokenizer.textsToSequences(['The cat, the dog 2024'])).toEqual([[2, 3, 2, 1, 1]]);
  expect(WordTokenizer.fromJSON(JSON.stringify(tokenizer)).toJSON()).toEqual(tokenizer.toJSON());
  const problem = (changes: object): string => {
    try {
      WordTokenizer.fromJSON({ class_name: 'Tokenizer', config: { ...config, ...changes } });
      return 'none';
    } catch (error) {
      return String(error);
    }
  };
  expect([
    problem({ word_counts: '{' }),
    problem({ word_counts: '{"the": 1}' }),
    problem({ word_index: '{"cat": 1, "the": 2}' }),
    problem({ num_words: 0 }),
  ]).toMatchInlineSnapshot(`
    [
      "FormatError: WordTokenizer: expected JSON of numbers by word at config.word_counts, got "{"",
      "FormatError: WordTokenizer: expected words with counts, sorted by count at config.word_index, got "{\\"<oov>\\": 1, \\"the\\": 2, \\"cat\\": 3, \\"2024\\":…"",
      "FormatError: WordTokenizer: expected words with counts, sorted by count at config.word_index, got "{\\"cat\\": 1, \\"the\\": 2}"",
      "FormatError: WordTokenizer: expected a positive integer at config.num_words, got 0",
    ]
  `);
});
