import { RandomSource } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import {
  evaluateAnalogies,
  fastText,
  glove,
  type Sentences,
  type TrainingProgress,
  word2vec,
  type WordVectors,
} from '../index.ts';

const topics = [
  ['sun', 'rain', 'wind', 'snow', 'cloud', 'storm'],
  ['bread', 'milk', 'cheese', 'apple', 'butter', 'honey'],
];

/** Sentences about one topic each. */
function talk(count: number, seed: number): string[][] {
  const random = new RandomSource(seed, 'points', 0);
  return Array.from({ length: count }, (_, i) => Array.from({ length: 8 }, () => topics[i % 2]![random.below(6)]!));
}

/** The least similarity within a topic, and the greatest between topics. */
function gap(vectors: WordVectors): number {
  const [a, b] = topics as [string[], string[]];
  const within = topics.flatMap((topic) =>
    topic.flatMap((x, i) => topic.slice(i + 1).map((y) => vectors.similarity(x, y))),
  );
  return Math.min(...within) - Math.max(...a.flatMap((x) => b.map((y) => vectors.similarity(x, y))));
}

/** A grid of words; each occurs with the names of its row and its column. */
function grid(seed: number): string[][] {
  const random = new RandomSource(seed, 'points', 0);
  return Array.from({ length: 1500 }, () => {
    const [row, column] = [random.below(4), random.below(4)];
    const word = `w${row}${column}`;
    return random.below(2) ? [`row${row}`, word, `row${row}`] : [`column${column}`, word, `column${column}`];
  });
}

const small = { vectorSize: 8, sample: 0, minCount: 1, batchSize: 64, seed: 1 };

describe.each([
  ['skip-gram with negative sampling', (s: Sentences) => word2vec(s, { ...small, epochs: 10, learningRate: 0.05 })],
  ['CBOW with negative sampling', (s: Sentences) => word2vec(s, { ...small, architecture: 'cbow', epochs: 10 })],
  [
    'skip-gram with hierarchical softmax',
    (s: Sentences) => word2vec(s, { ...small, hierarchicalSoftmax: true, epochs: 10, learningRate: 0.05 }),
  ],
  [
    'CBOW with hierarchical softmax',
    (s: Sentences) => word2vec(s, { ...small, architecture: 'cbow', hierarchicalSoftmax: true, epochs: 10 }),
  ],
  ['fastText', (s: Sentences) => fastText(s, { ...small, epochs: 10, learningRate: 0.05 })],
  ['fastText with CBOW', (s: Sentences) => fastText(s, { ...small, architecture: 'cbow', epochs: 10 })],
  [
    'fastText with hierarchical softmax',
    (s: Sentences) => fastText(s, { ...small, hierarchicalSoftmax: true, epochs: 10, learningRate: 0.05 }),
  ],
  ['GloVe', (s: Sentences) => glove(s, { vectorSize: 8, minCount: 1, batchSize: 64, seed: 1, epochs: 30, xMax: 10 })],
] as const)('%s', (_, train) => {
  test('separates the words of two topics', async () => {
    expect(gap(await train(talk(200, 1)))).toBeGreaterThan(0.2);
  });

  test('gives the same bits for the same seed, from an array or from a stream', async () => {
    const sentences = talk(30, 2);
    async function* stream(): AsyncGenerator<string[]> {
      for (const sentence of sentences) yield await Promise.resolve(sentence);
    }
    const [first, second] = [await train(sentences), await train(stream)];
    expect([...second.vectors.data]).toEqual([...first.vectors.data]);
    expect(second.words).toEqual(first.words);
  });
});

test('skip-gram learns analogies', async () => {
  const vectors = await word2vec(grid(3), { ...small, window: 1, epochs: 20, learningRate: 0.05 });
  const questions = [];
  for (let i = 0; i < 4; i++)
    for (let j = 0; j < 4; j++)
      for (let k = 0; k < 4; k++)
        for (let l = 0; l < 4; l++) {
          if (i !== k && j !== l) questions.push([`w${i}${j}`, `w${i}${l}`, `w${k}${j}`, `w${k}${l}`] as const);
        }
  expect(evaluateAnalogies(vectors, [{ name: 'grid', questions }]).accuracy).toBeGreaterThan(0.9);
});

test('fastText gives unseen words vectors close to those of similar spellings', async () => {
  const vectors = await fastText(talk(200, 1), { ...small, epochs: 10, learningRate: 0.05 });
  expect(vectors.has('clouds')).toBe(false);
  expect(vectors.similarity('clouds', 'cloud')).toBeGreaterThan(vectors.similarity('clouds', 'bread') + 0.2);
  expect(vectors.neighbors('buttery', 1)[0]!.word).toBe('butter');
  expect(() => vectors.vector('xyz')).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: FastTextVectors: \`word\` must have a known n-gram of 3 to 6 characters, got "xyz"]`,
  );
  expect(() => vectors.vector('')).toThrow(/must have a known n-gram/);
});

test('fastText without n-grams equals word2vec', async () => {
  const vectors = await fastText(talk(20, 1), { ...small, epochs: 1, maxN: 0 });
  expect(vectors.size).toBe(12);
  expect(() => vectors.vector('clouds')).toThrow(/must have a known n-gram/);
});

test('training reports progress', async () => {
  const heard: TrainingProgress[] = [];
  await word2vec(talk(100, 1), {
    ...small,
    epochs: 3,
    learningRate: 0.05,
    onProgress: (progress) => void heard.push(progress),
  });
  const ends = heard.filter(({ words }) => words === 800);
  expect(ends.map(({ epoch, epochs, totalWords }) => [epoch, epochs, totalWords])).toEqual([
    [0, 3, 800],
    [1, 3, 800],
    [2, 3, 800],
  ]);
  expect(ends.every(({ wordsPerSecond, loss }) => wordsPerSecond > 0 && loss > 0)).toBe(true);
  expect(ends[0]!.learningRate).toBeCloseTo(0.05 - 0.0499 / 3, 6);
  expect(ends[2]!.learningRate).toBeCloseTo(0.0001, 6);
  const pairs: number[] = [];
  await glove(talk(10, 1), {
    vectorSize: 4,
    minCount: 1,
    epochs: 1,
    onProgress: (progress) => void pairs.push(progress.pairs - progress.totalPairs),
  });
  expect(pairs.at(-1)).toBe(0);
});

test('an error in onProgress ends training', async () => {
  await expect(
    word2vec(talk(10, 1), { ...small, onProgress: () => Promise.reject(new Error('stop')) }),
  ).rejects.toThrow('stop');
});

test('rare words, and words beyond maxVocab, have no vector', async () => {
  const sentences = [
    ['a', 'b', 'a', 'b', 'c'],
    ['a', 'b', 'd', 'd', ''],
  ];
  expect((await word2vec(sentences, { ...small, minCount: 2 })).words).toEqual(['a', 'b', 'd']);
  expect((await word2vec(sentences, { ...small, maxVocab: 2 })).words).toEqual(['a', 'b']);
});

test('training accepts sentences of one word and epochs that subsampling leaves empty', async () => {
  const vectors = await word2vec([['a'], ['b'], []], { ...small, epochs: 2 });
  expect(vectors.size).toBe(2);
  expect((await glove([['a'], ['b']], { minCount: 1, vectorSize: 4 })).size).toBe(2);
});

test('diverging training throws', async () => {
  await expect(glove(talk(100, 1), { minCount: 1, vectorSize: 4, learningRate: 1e38 })).rejects.toThrow(
    /^glove: the loss must stay finite, got .*lower `learningRate`/,
  );
});

test('rejects invalid sentences and options', async () => {
  const message = async (training: Promise<unknown>): Promise<string> =>
    training.then(
      () => 'none',
      (error: unknown) => String(error),
    );
  const sentences = talk(4, 1);
  const all = await Promise.all([
    message(word2vec([], small)),
    message(word2vec([['a', 'b']])),
    message(word2vec(['a b'] as unknown as Sentences)),
    message(word2vec([[1]] as unknown as Sentences)),
    message(word2vec(5 as unknown as Sentences)),
    message(word2vec('a b' as unknown as Sentences)),
    message(word2vec(sentences.values())),
    message(word2vec(sentences, { ...small, architecture: 'cbov' as 'cbow' })),
    message(word2vec(sentences, { ...small, window: 0 })),
    message(word2vec(sentences, { ...small, sample: -1 })),
    message(word2vec(sentences, { ...small, learningRate: 0 })),
    message(word2vec(sentences, { ...small, negativeExponent: NaN })),
    message(word2vec(sentences, { ...small, seed: 0.5 })),
    message(word2vec(sentences, { ...small, minCount: 0 })),
    message(fastText(sentences, { ...small, minN: 4, maxN: 3 })),
    message(fastText(sentences, { ...small, bucket: 0 })),
    message(glove(sentences, { minCount: 1, xMax: 0 })),
  ]);
  expect(all).toMatchInlineSnapshot(`
    [
      "ValueError: word2vec: \`sentences\` must have at least two different words that occur \`minCount\` = 1 times, got 0 of 0 words; lower \`minCount\`, or pass more text",
      "ValueError: word2vec: \`sentences\` must have at least two different words that occur \`minCount\` = 5 times, got 0 of 2 words; lower \`minCount\`, or pass more text",
      "OptionError: word2vec: \`sentences\` must be lists of tokens, got "a b"; split texts into words first",
      "OptionError: word2vec: \`sentences\` must be lists of strings, got 1",
      "OptionError: word2vec: \`sentences\` must be an iterable of lists of tokens, got 5",
      "OptionError: word2vec: \`sentences\` must be an iterable of lists of tokens, got "a b"",
      "OptionError: word2vec: \`sentences\` must be iterable once for each epoch, got an iterator; pass an array, or a function that returns the iterator",
      "OptionError: word2vec: \`architecture\` must be "skipGram" or "cbow", got "cbov"",
      "OptionError: word2vec: \`window\` must be a positive integer, got 0",
      "OptionError: word2vec: \`sample\` must be a finite number of at least 0, got -1",
      "OptionError: word2vec: \`learningRate\` must be a finite number above 0, got 0",
      "OptionError: word2vec: \`negativeExponent\` must be a finite number, got NaN",
      "OptionError: word2vec: \`seed\` must be an integer, got 0.5",
      "OptionError: word2vec: \`minCount\` must be a positive integer, got 0",
      "OptionError: fastText: \`maxN\` must be 0 or at least \`minN\`, got 3 and 4",
      "OptionError: fastText: \`bucket\` must be a positive integer, got 0",
      "OptionError: glove: \`xMax\` must be a finite number above 0, got 0",
    ]
  `);
});
