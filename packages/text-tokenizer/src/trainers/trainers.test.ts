import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  byteAlphabet,
  countWords,
  countWordsAsync,
  splitWhitespace,
  trainBpe,
  trainUnigram,
  trainWordPiece,
  unicodeForm,
} from '../index.ts';
import { PieceTrie } from '../models/pieceTrie.ts';
import { expectedCounts } from './expectedCounts.ts';
import { seedPieces } from './seedPieces.ts';

const steps = { normalizer: unicodeForm('NFC'), preTokenizer: splitWhitespace() };
const vocabOf = (model: { toJSON(): unknown }): string[] =>
  Object.keys((model.toJSON() as { vocab: Record<string, number> }).vocab);

test('countWords counts the words of texts and streams after normalization', async () => {
  const texts = ['be\u0301 b', 'b', '', ' ', '\ud800'];
  const counts = countWords(texts, steps);
  expect([...counts]).toEqual([
    ['bé', 1],
    ['b', 2],
    ['\ufffd', 1],
  ]);
  expect(
    await countWordsAsync(
      (async function* () {
        yield* await Promise.resolve(texts);
      })(),
      steps,
    ),
  ).toEqual(counts);
});

/** The merges, from counting all pairs anew each time. */
function slowMerges(counts: ReadonlyMap<string, number>, alphabet: readonly string[], rounds: number): string[] {
  const order = [...alphabet];
  const words = [...counts].map(([word, count]) => ({ symbols: [...word], count }));
  const merges: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const pairs = new Map<string, number>();
    for (const { symbols, count } of words)
      for (let i = 0; i + 1 < symbols.length; i++)
        pairs.set(`${symbols[i]} ${symbols[i + 1]}`, (pairs.get(`${symbols[i]} ${symbols[i + 1]}`) ?? 0) + count);
    const rank = (pair: string): number[] => pair.split(' ').map((symbol) => order.indexOf(symbol));
    const [best] = [...pairs]
      .filter(([, count]) => count >= 2)
      .sort((a, b) => b[1] - a[1] || rank(a[0])[0]! - rank(b[0])[0]! || rank(a[0])[1]! - rank(b[0])[1]!);
    if (!best) break;
    const [left, right] = best[0].split(' ') as [string, string];
    merges.push(best[0]);
    if (!order.includes(left + right)) order.push(left + right);
    for (const word of words) {
      for (let i = 0; i + 1 < word.symbols.length; i++)
        if (word.symbols[i] === left && word.symbols[i + 1] === right) word.symbols.splice(i, 2, left + right);
    }
  }
  return merges;
}

test('trainBpe agrees with counting all pairs anew for each merge', () => {
  const words = fc.dictionary(
    fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 9 }),
    fc.integer({ min: 1, max: 9 }),
    { maxKeys: 12 },
  );
  fc.assert(
    fc.property(words, (dictionary) => {
      const counts = new Map(Object.entries(dictionary));
      const alphabet = ['a', 'b', 'c'];
      const slow = slowMerges(counts, alphabet, 12);
      const tokens = new Set([...alphabet, ...slow.map((pair) => pair.replace(' ', ''))]);
      const { merges } = trainBpe(counts, { vocabSize: tokens.size, initialAlphabet: alphabet }).toJSON() as {
        merges: string[][];
      };
      expect(merges.map((pair) => pair.join(' '))).toEqual(slow.slice(0, merges.length));
      expect(new Set(merges.map((pair) => pair.join(''))).size).toBe(tokens.size - 3);
    }),
    { numRuns: 300 },
  );
});

test('trainBpe respects its options', () => {
  const counts = new Map([
    ['aab', 3],
    ['zz', 1],
    ['q', 1],
  ]);
  expect(vocabOf(trainBpe(counts, { vocabSize: 99, specialTokens: ['<s>'], unkToken: '?' }))).toEqual([
    '?',
    '<s>',
    'a',
    'b',
    'q',
    'z',
    'aa',
    'aab',
  ]);
  expect(vocabOf(trainBpe(counts, { vocabSize: 99, minFrequency: 4 }))).toEqual(['a', 'b', 'q', 'z']);
  const few = trainBpe(counts, { vocabSize: 99, limitAlphabet: 2, unkToken: '?' });
  expect([vocabOf(few), few.encodeWord('aabz').tokens]).toEqual([
    ['?', 'a', 'b', 'aa', 'aab'],
    ['aab', '?'],
  ]);
  expect(trainBpe(counts, { vocabSize: 300, initialAlphabet: byteAlphabet }).vocabulary.size).toBe(258);
  expect(vocabOf(trainBpe(new Map([['ab', 2]]), { vocabSize: 9, endOfWordSuffix: '</w>' }))).toEqual([
    'a',
    'b</w>',
    'ab</w>',
  ]);
  expect(vocabOf(trainBpe(new Map(), { vocabSize: 9 }))).toEqual([]);
  expect(() => trainBpe(counts, { vocabSize: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: trainBpe: \`vocabSize\` must be an integer from 1 to 2^24, got 0]`,
  );
  expect(() => trainBpe(counts, { vocabSize: 9, specialTokens: ['a', 'a'] })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: trainBpe: \`specialTokens\` must be unique and not empty, got "a"]`,
  );
});

test('trainWordPiece marks tokens within words', () => {
  const model = trainWordPiece(
    new Map([
      ['hug', 10],
      ['pug', 5],
      ['pun', 12],
      ['bun', 4],
      ['hugs', 5],
    ]),
    { vocabSize: 15, specialTokens: ['[CLS]'] },
  );
  expect(vocabOf(model)).toEqual([
    '[UNK]',
    '[CLS]',
    '##g',
    '##n',
    '##s',
    '##u',
    'b',
    'h',
    'p',
    '##ug',
    '##un',
    'hug',
    'pun',
    'pug',
    'hugs',
  ]);
  expect(model.encodeWord('bugs').tokens).toEqual(['b', '##ug', '##s']);
});

test('seedPieces finds substrings that occur twice, sorted by frequency times length', () => {
  const { chars, parts } = seedPieces(
    new Map([
      ['abab', 1],
      ['xab', 2],
    ]),
    16,
    99,
  );
  expect(chars).toEqual([
    ['a', 4],
    ['b', 4],
    ['x', 2],
  ]);
  expect(parts).toEqual([
    ['ab', 4],
    ['xab', 2],
    ['xa', 2],
  ]);
  expect(seedPieces(new Map([['😀😀😀', 2]]), 2, 99).parts).toEqual([['😀😀', 4]]);
});

test('expectedCounts sums over all segmentations of a word', () => {
  const pieces = ['a', 'b', 'ab', 'ba'];
  const p = [0.4, 0.3, 0.2, 0.1];
  const { counts, loss } = expectedCounts(new Map([['aba', 3]]), new PieceTrie(pieces), Float64Array.from(p, Math.log));
  // a·b·a, ab·a, a·ba
  const [all, abA, aBa] = [0.4 * 0.3 * 0.4, 0.2 * 0.4, 0.4 * 0.1];
  const total = all + abA + aBa;
  [2 * all + abA + aBa, all, abA, aBa].forEach((weight, i) => expect(counts[i]).toBeCloseTo((3 * weight) / total, 12));
  expect(loss).toBeCloseTo(-Math.log(total), 12);
});

test('trainUnigram finds the stems that words share and keeps every character', () => {
  const stems = ['walk', 'talk', 'jump', 'play', 'paint', 'cook', 'work', 'call'];
  const counts = new Map(
    stems.flatMap((stem, i) =>
      ['', 's', 'ed', 'ing'].map((ending, j) => [stem + ending, 20 + 3 * i + j] as [string, number]),
    ),
  );
  const model = trainUnigram(counts, { vocabSize: 32, specialTokens: ['<s>'] });
  const { vocab, unk_id: unkId } = model.toJSON() as { vocab: [string, number][]; unk_id: number };
  expect([vocab.length, vocab[0], vocab[1], unkId]).toEqual([32, ['<unk>', 0], ['<s>', 0], 0]);
  for (const char of new Set([...counts.keys()].join(''))) expect(vocab.map(([piece]) => piece)).toContain(char);
  for (const stem of stems) expect(model.encodeWord(`${stem}s`).tokens).toEqual([stem, 's']);
  const likelihood = (size: number): number => {
    const pieces = (trainUnigram(counts, { vocabSize: size }).toJSON() as { vocab: [string, number][] }).vocab.slice(1);
    return -expectedCounts(
      counts,
      new PieceTrie(pieces.map(([piece]) => piece)),
      Float64Array.from(pieces, ([, score]) => score),
    ).loss;
  };
  const sizes = [21, 26, 31, 40];
  expect(sizes.map(likelihood)).toEqual(sizes.map(likelihood).sort((a, b) => a - b));
});

test('trainUnigram throws if the vocabulary is too small', () => {
  expect(() => trainUnigram(new Map([['abc', 1]]), { vocabSize: 3 })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: trainUnigram: \`vocabSize\` must be at least 4, the number of special tokens and characters, got 3]`,
  );
  expect(trainUnigram(new Map(), { vocabSize: 3 }).vocabulary.size).toBe(1);
  expect(() => trainUnigram(new Map(), { vocabSize: 3, shrinkingFactor: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: trainUnigram: \`shrinkingFactor\` must be between 0 and 1, got 1]`,
  );
});

test('trainBpe and trainWordPiece throw if the vocabulary is too small for the alphabet', () => {
  const counts = new Map([
    ['abc', 3],
    ['cd', 1],
  ]);
  expect(() => trainBpe(counts, { vocabSize: 4, specialTokens: ['<s>'] })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: trainBpe: \`vocabSize\` must be at least 5, the number of special tokens and characters, got 4; \`limitAlphabet\` keeps only frequent characters]`,
  );
  expect(() => trainWordPiece(counts, { vocabSize: 5 })).toThrow('trainWordPiece: `vocabSize` must be at least 6, ');
  expect(vocabOf(trainBpe(counts, { vocabSize: 5, specialTokens: ['<s>'] }))).toEqual(['<s>', 'a', 'b', 'c', 'd']);
  expect(vocabOf(trainBpe(counts, { vocabSize: 2, limitAlphabet: 1, specialTokens: ['<s>'] }))).toEqual(['<s>', 'c']);
});

test.each([0, -1, NaN, Infinity, '1', undefined])('trainers reject a count of %s', (count) => {
  const counts = new Map([['a', count as number]]);
  for (const train of [trainBpe, trainWordPiece, trainUnigram])
    expect(() => train(counts, { vocabSize: 9 })).toThrow('`counts` must be a Map of words and their counts');
});

test('trainers accept fractional counts, empty words, single words and unpaired surrogates', () => {
  for (const counts of [
    new Map([['ab', 2.5]]),
    new Map([
      ['', 9],
      ['ab', 3],
    ]),
    new Map([['a', 1]]),
    new Map([['😀😀', 1e15]]),
    new Map([['\ud800', 2]]),
  ]) {
    const char = [...[...counts.keys()].join('')][0]!;
    for (const train of [trainBpe, trainWordPiece, trainUnigram]) {
      const model = train(counts, { vocabSize: 9 });
      expect(model.encodeWord(char).tokens).toEqual([char]);
    }
  }
});

test('trainBpe breaks ties by the ids of the symbols, whatever the order of the words', () => {
  const words = ['ab', 'cd', 'ef'];
  for (const order of [words, [...words].reverse()]) {
    const model = trainBpe(new Map(order.map((word) => [word, 2])), { vocabSize: 8 });
    expect(vocabOf(model)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'ab', 'cd']);
  }
});

test('trainBpe merges overlapping repeats from the left', () => {
  const model = trainBpe(new Map([['aaaa', 4]]), { vocabSize: 3 });
  expect(vocabOf(model)).toEqual(['a', 'aa', 'aaaa']);
  expect(model.encodeWord('aaaaa').tokens).toEqual(['aaaa', 'a']);
});

test('trained models encode every word of their corpus without unknown tokens', () => {
  const words = fc.array(
    fc.string({ unit: fc.constantFrom('a', 'b', 'é', '😀', '\u0301'), minLength: 1, maxLength: 6 }),
    {
      minLength: 1,
      maxLength: 8,
    },
  );
  fc.assert(
    fc.property(words, fc.nat(12), (list, more) => {
      const counts = countWords(list);
      for (const [train, unknown] of [
        [trainBpe, '?'],
        [trainWordPiece, '[UNK]'],
        [trainUnigram, '<unk>'],
      ] as const) {
        const alphabet = new Set(list.join('')).size;
        const model = train(counts, { vocabSize: 2 * alphabet + 1 + more });
        expect(model.vocabulary.size).toBeLessThanOrEqual(2 * alphabet + 1 + more);
        for (const word of counts.keys()) {
          const { tokens } = model.encodeWord(word);
          expect(tokens).not.toContain(unknown);
          expect(tokens.map((token) => token.replace('##', '')).join('')).toBe(word);
        }
      }
    }),
    { numRuns: 200 },
  );
});
