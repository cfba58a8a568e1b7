import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bpe, Tokenizer, unigram, Vocabulary, wordLevel, wordPiece } from '../index.ts';
import type { Model } from '../pipeline.ts';
import { MinHeap } from './minHeap.ts';

const run = (model: Model, word: string): [readonly string[], string[]] => {
  const { tokens, starts, ends } = model.encodeWord(word);
  return [tokens, starts.map((from, i) => word.slice(from, ends[i]))];
};

test('a heap returns numbers in order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (numbers) => {
      const heap = new MinHeap();
      for (const number of numbers) heap.push(number);
      expect(numbers.map(() => heap.pop())).toEqual([...numbers].sort((a, b) => a - b));
      expect(heap.size).toBe(0);
    }),
  );
});

/** Byte-pair encoding by its definition: applies the first merge of the list that matches, leftmost first. */
function slowBpe(word: string, merges: readonly (readonly [string, string])[]): string[] {
  const symbols = [...word];
  for (;;) {
    let [best, place] = [merges.length, -1];
    for (let i = 0; i + 1 < symbols.length; i++) {
      const rank = merges.findIndex(([left, right]) => left === symbols[i] && right === symbols[i + 1]);
      if (rank >= 0 && rank < best) [best, place] = [rank, i];
    }
    if (place < 0) return symbols;
    symbols.splice(place, 2, symbols[place]! + symbols[place + 1]!);
  }
}

test('bpe applies merges in the order of the list, for any list and word', () => {
  const merge = fc.tuple(fc.nat(9), fc.nat(9));
  fc.assert(
    fc.property(
      fc.array(merge, { maxLength: 12 }),
      fc.string({ unit: fc.constantFrom('a', 'b', 'c') }),
      (picks, word) => {
        const vocab = ['a', 'b', 'c'];
        const merges: [string, string][] = [];
        for (const [i, j] of picks) {
          const pair: [string, string] = [vocab[i % vocab.length]!, vocab[j % vocab.length]!];
          if (merges.some(([left, right]) => left === pair[0] && right === pair[1])) continue;
          merges.push(pair);
          if (!vocab.includes(pair.join(''))) vocab.push(pair.join(''));
        }
        expect(bpe({ vocab, merges }).encodeWord(word).tokens).toEqual(slowBpe(word, merges));
      },
    ),
    { numRuns: 500 },
  );
});

test('bpe treats unknown characters according to its options', () => {
  const vocab = ['<unk>', 'a', 'b', 'ab', '<0xC3>', '<0xA9>'];
  const merges: [string, string][] = [['a', 'b']];
  expect(run(bpe({ vocab, merges }), 'abéxé')).toEqual([['ab'], ['ab']]);
  expect(run(bpe({ vocab, merges, unkToken: '<unk>' }), 'éx😀ab')).toEqual([
    ['<unk>', '<unk>', '<unk>', 'ab'],
    ['é', 'x', '😀', 'ab'],
  ]);
  expect(run(bpe({ vocab, merges, unkToken: '<unk>', fuseUnk: true }), 'xyabx')).toEqual([
    ['<unk>', 'ab', '<unk>'],
    ['xy', 'ab', 'x'],
  ]);
  expect(run(bpe({ vocab, merges, unkToken: '<unk>', byteFallback: true }), 'éñ')).toEqual([
    ['<0xC3>', '<0xA9>', '<unk>'],
    ['é', 'é', 'ñ'],
  ]);
  expect(run(bpe({ vocab: ['a', 'b', 'abb'], merges: [], ignoreMerges: true }), 'abb')).toEqual([['abb'], ['abb']]);
  expect(
    run(bpe({ vocab: ['a', 'b</w>', 'ab</w>'], merges: [['a', 'b</w>']], endOfWordSuffix: '</w>' }), 'ab'),
  ).toEqual([['ab</w>'], ['ab']]);
  expect(run(bpe({ vocab, merges }), '')).toEqual([[], []]);
});

test('bpe throws if the vocabulary lacks a token that a merge needs', () => {
  expect(() => bpe({ vocab: ['a', 'b'], merges: [['a', 'b']] })).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: bpe: \`vocab\` must contain both tokens of merge 0 and the merged token, got ["a","b"]]`,
  );
  expect(() => bpe({ vocab: ['a'], merges: [], unkToken: '?' })).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: bpe: \`unkToken\` must be in \`vocab\`, got "?"]`,
  );
});

test('wordPiece takes the longest token each time; if none matches, the whole word is unknown', () => {
  const model = wordPiece({
    vocab: ['[UNK]', 'want', '##want', '##ed', 'wa', 'un', 'runn', '##ing'],
    maxInputCharsPerWord: 10,
  });
  expect(run(model, 'unwanted')).toEqual([
    ['un', '##want', '##ed'],
    ['un', 'want', 'ed'],
  ]);
  expect(run(model, 'unwantedX')).toEqual([['[UNK]'], ['unwantedX']]);
  expect(run(model, 'wantwantwant')).toEqual([['[UNK]'], ['wantwantwant']]);
  expect(run(model, 'run')).toEqual([['[UNK]'], ['run']]);
  expect(() => wordPiece({ vocab: ['a'] })).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: wordPiece: \`unkToken\` must be in \`vocab\`, got "[UNK]"]`,
  );
});

test('unigram finds the most likely of all segmentations', () => {
  const pieces: [string, number][] = [
    ['<unk>', 0],
    ['a', -1.5],
    ['b', -2.3],
    ['ab', -3.1],
    ['ba', -3.3],
    ['aba', -4.9],
    ['bb', -5.2],
  ];
  const scores = new Map(pieces.slice(1));
  const best = (word: string): number => {
    if (!word) return 0;
    return Math.max(
      ...[1, 2, 3]
        .filter((n) => n <= word.length && scores.has(word.slice(0, n)))
        .map((n) => scores.get(word.slice(0, n))! + best(word.slice(n))),
    );
  };
  const model = unigram({ pieces, unkId: 0 });
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 }), (word) => {
      const { tokens } = model.encodeWord(word);
      expect(tokens.join('')).toBe(word);
      expect(tokens.reduce((sum, token) => sum + scores.get(token)!, 0)).toBeCloseTo(best(word), 10);
    }),
  );
});

test('unigram joins unknown characters, falls back to bytes, or drops them', () => {
  const pieces: [string, number][] = [
    ['<unk>', 0],
    ['a', -1],
    ['<0xC3>', -9],
    ['<0xA9>', -9],
  ];
  expect(run(unigram({ pieces, unkId: 0 }), 'xyéa😀')).toEqual([
    ['<unk>', 'a', '<unk>'],
    ['xyé', 'a', '😀'],
  ]);
  expect(run(unigram({ pieces, unkId: 0, byteFallback: true }), 'éa')).toEqual([
    ['<0xC3>', '<0xA9>', 'a'],
    ['é', 'é', 'a'],
  ]);
  expect(run(unigram({ pieces }), 'xay')).toEqual([['a'], ['a']]);
  expect(() => unigram({ pieces: [['a', NaN]] })).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: unigram: scores must be numbers within ±1e100, got NaN for "a"]`,
  );
  expect(() => unigram({ pieces: [['a', 0]], unkId: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: unigram: \`unkId\` must be the id of one of 1 pieces, got 1]`,
  );
});

test('bpe merges symbols with a prefix within words', () => {
  const model = bpe({
    vocab: ['a', '##b', 'ab', '##c', 'abc', '##bc'],
    merges: [
      ['a', '##b'],
      ['##b', '##c'],
      ['ab', '##c'],
    ],
    continuingSubwordPrefix: '##',
  });
  expect(['abc', 'bbc', 'cab', 'abcabc'].map((word) => run(model, word)[0])).toEqual([
    ['abc'],
    ['##bc'],
    ['##b'],
    ['abc', '##bc'],
  ]);
});

test('bpe puts bytes before the unknown character that they follow, as the Rust library does', () => {
  const vocab = ['<unk>', 'a', '<0xC3>', '<0xA9>'];
  expect(run(bpe({ vocab, merges: [], unkToken: '<unk>', byteFallback: true }), 'ñéa')[0]).toEqual([
    '<0xC3>',
    '<0xA9>',
    '<unk>',
    'a',
  ]);
  expect(run(bpe({ vocab, merges: [], unkToken: '<unk>', byteFallback: true, fuseUnk: true }), 'ñéñ')).toEqual([
    ['<0xC3>', '<0xA9>', '<unk>'],
    ['é', 'é', 'ñéñ'],
  ]);
});

test('bpe with dropout skips merges at random, or all of them', () => {
  const options = {
    vocab: ['a', 'b', 'ab', 'abab'],
    merges: [
      ['a', 'b'],
      ['ab', 'ab'],
    ] as [string, string][],
  };
  expect(run(bpe({ ...options, dropout: 1 }), 'abab')[0]).toEqual(['a', 'b', 'a', 'b']);
  expect(run(bpe({ ...options, dropout: 0.5, random: () => 0.7 }), 'abab')[0]).toEqual(['abab']);
  const numbers = [0.1, 0.9, 0.1, 0.1, 0.1];
  expect(run(bpe({ ...options, dropout: 0.5, random: () => numbers.shift()! }), 'abab')[0]).toEqual(['a', 'b', 'ab']);
  let draws = 0;
  const tokenizer = new Tokenizer({ model: bpe({ ...options, dropout: 0.5, random: () => (draws++ % 7) / 7 }) });
  expect(new Set(Array.from({ length: 20 }, () => tokenizer.encode('abab').tokens.join(' '))).size).toBeGreaterThan(1);
  for (const dropout of [-0.1, 1.1, NaN, '1'])
    expect(() => bpe({ ...options, dropout: dropout as number })).toThrow('bpe: `dropout` must be in [0, 1]');
});

test('wordLevel looks up whole words', () => {
  expect(run(wordLevel({ vocab: ['<unk>', 'so'] }), 'what')).toEqual([['<unk>'], ['what']]);
  expect(() => wordLevel({ vocab: ['so'] }).encodeWord('what')).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: wordLevel: \`vocab\` must contain each word or "<unk>", got "what"]`,
  );
});

test('unigram uses the last of equal pieces', () => {
  const model = unigram({
    pieces: [
      ['<unk>', 0],
      ['a', -2],
      ['b', -3],
      ['a', -9],
      ['ab', -6],
    ],
    unkId: 0,
  });
  expect(['ab', 'a', 'ba'].map((word) => model.encodeWord(word).ids)).toEqual([[4], [3], [2, 3]]);
  expect([model.vocabulary.token(1), model.vocabulary.id('a'), model.vocabulary.size]).toEqual(['a', 3, 5]);
});

test('a vocabulary throws for invalid ids and duplicates', () => {
  expect(() => new Vocabulary(new Map([['a', -1]]))).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: Vocabulary: ids must be integers from 0 to 67108863, got -1 for "a"]`,
  );
  expect(
    () =>
      new Vocabulary(
        new Map([
          ['a', 1],
          ['b', 1],
        ]),
      ),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: Vocabulary: \`tokens\` must have unique texts and ids, got 1 twice]`,
  );
  expect(() => new Vocabulary(['a', 'a'])).toThrow('got 1 twice');
  expect(
    new Vocabulary(
      new Map([
        ['b', 7],
        ['__proto__', 2],
      ]),
    ).toJSON(),
  ).toEqual(JSON.parse('{"__proto__": 2, "b": 7}'));
});

test('lists with holes are rejected', () => {
  const hole = (...items: unknown[]): never => Object.assign(new Array(items.length + 1), items) as never;
  expect(() => bpe({ vocab: hole('a'), merges: [] })).toThrow(
    'bpe: `vocab` must be a list of tokens, or a Map of their ids',
  );
  expect(() => bpe({ vocab: ['a'], merges: hole() })).toThrow('bpe: `merges` must be a list of pairs of tokens, got ');
  expect(() => bpe({ vocab: ['a'], merges: [hole('a')] as never })).toThrow('bpe: `merges` must be a list of pairs');
  expect(() => unigram({ pieces: hole(['a', 0]) })).toThrow(
    'unigram: `pieces` must be a list of pieces, each with its',
  );
  expect(() => new Vocabulary(hole('a'))).toThrow('Vocabulary: `tokens` must be a list of tokens');
});

test('conflicting merges: the first of the list wins, whatever the order in the word', () => {
  const vocab = ['a', 'b', 'c', 'ab', 'bc', 'abc'];
  const left: [string, string][] = [
    ['a', 'b'],
    ['b', 'c'],
    ['ab', 'c'],
  ];
  const right: [string, string][] = [
    ['b', 'c'],
    ['a', 'b'],
    ['a', 'bc'],
  ];
  expect(bpe({ vocab, merges: left.slice(0, 2) }).encodeWord('abc').tokens).toEqual(['ab', 'c']);
  expect(bpe({ vocab, merges: right.slice(0, 2) }).encodeWord('abc').tokens).toEqual(['a', 'bc']);
  for (const merges of [left, right]) expect(bpe({ vocab, merges }).encodeWord('abc').tokens).toEqual(['abc']);
  expect(bpe({ vocab, merges: left }).encodeWord('aabcbc').tokens).toEqual(['a', 'abc', 'bc']);
});

test('two merges may give the same token, and a repeated merge counts as the last one', () => {
  const vocab = ['a', 'aa', 'aaa', 'b', 'ab'];
  const merges: [string, string][] = [
    ['a', 'a'],
    ['aa', 'a'],
    ['a', 'aa'],
  ];
  const model = bpe({ vocab, merges });
  expect(['a', 'aa', 'aaa', 'aaaa', 'aaaaa'].map((word) => model.encodeWord(word).tokens)).toEqual([
    ['a'],
    ['aa'],
    ['aaa'],
    ['aa', 'aa'],
    ['aa', 'aaa'],
  ]);
  const twice = bpe({
    vocab,
    merges: [
      ['a', 'b'],
      ['a', 'a'],
      ['a', 'b'],
    ],
  });
  expect(twice.encodeWord('aab').tokens).toEqual(['aa', 'b']);
});

test('unknown characters of every model keep the offsets of known ones', () => {
  const shown = (model: Model, word: string): unknown => {
    const { tokens, starts, ends } = model.encodeWord(word);
    return tokens.map((token, i) => [token, word.slice(starts[i], ends[i])]);
  };
  const word = '😀a\ufffdé';
  expect(shown(bpe({ vocab: ['a', '?'], merges: [], unkToken: '?' }), word)).toEqual([
    ['?', '😀'],
    ['a', 'a'],
    ['?', '\ufffd'],
    ['?', 'é'],
  ]);
  expect(shown(bpe({ vocab: ['a', '?'], merges: [], unkToken: '?', fuseUnk: true }), word)).toEqual([
    ['?', '😀'],
    ['a', 'a'],
    ['?', '\ufffdé'],
  ]);
  expect(
    shown(
      unigram({
        pieces: [
          ['?', 0],
          ['a', -1],
        ],
        unkId: 0,
      }),
      word,
    ),
  ).toEqual([
    ['?', '😀'],
    ['a', 'a'],
    ['?', '\ufffdé'],
  ]);
  expect(shown(wordPiece({ vocab: ['?', 'a'], unkToken: '?' }), word)).toEqual([['?', word]]);
  expect(shown(bpe({ vocab: ['a'], merges: [] }), word)).toEqual([['a', 'a']]);
});
