import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AddedToken,
  bertNormalizer,
  bpe,
  byteLevel,
  lowercase,
  metaspace,
  normalizerSequence,
  prependText,
  preTokenizerSequence,
  readTokenizer,
  replacePattern,
  splitBertWords,
  splitDigits,
  splitLength,
  splitPunctuation,
  splitScripts,
  splitWhitespace,
  splitWords,
  stripAccents,
  stripSpaces,
  Tokenizer,
  unicodeForm,
  unigram,
  wordLevel,
  wordPiece,
} from './index.ts';
import type { Model, Normalizer, PreTokenizer } from './pipeline.ts';

/** Normalizers that keep, shorten, lengthen and reorder text. */
const normalizers: Readonly<Record<string, Normalizer | undefined>> = {
  none: undefined,
  NFC: unicodeForm('NFC'),
  NFD: unicodeForm('NFD'),
  NFKC: unicodeForm('NFKC'),
  NFKD: unicodeForm('NFKD'),
  lowercase: lowercase(),
  stripAccents: normalizerSequence([unicodeForm('NFD'), stripAccents()]),
  stripSpaces: stripSpaces(),
  prepend: prependText('▁'),
  'replace spaces': replacePattern({ regex: '\\s+' }, ' '),
  remove: replacePattern('a', ''),
  lengthen: replacePattern('b', 'xyz'),
  bert: bertNormalizer(),
  sequence: normalizerSequence([
    prependText('ﬁ'),
    unicodeForm('NFKC'),
    lowercase(),
    replacePattern('i', 'ß'),
    stripSpaces(),
  ]),
};

const preTokenizers: Readonly<Record<string, PreTokenizer | undefined>> = {
  none: undefined,
  byteLevel: byteLevel(),
  'byteLevel with a space': byteLevel({ addPrefixSpace: true }),
  'byteLevel without words': byteLevel({ useRegex: false }),
  metaspace: metaspace(),
  'metaspace at the start': metaspace({ prependScheme: 'first', split: false }),
  words: splitWords(),
  bertWords: splitBertWords(),
  whitespace: splitWhitespace(),
  punctuation: splitPunctuation(),
  digits: splitDigits(),
  scripts: splitScripts(),
  length: splitLength(2),
  sequence: preTokenizerSequence([splitWhitespace(), splitDigits({ individualDigits: true }), metaspace()]),
};

const alphabet = [...'ab Aéßﬁ1½\u0301😀猫ｶﾞΣσς\t\n\u00a0\u200d<>s▁', '\ud800', '\udc00', '👨‍👩‍👧', '<s>', ' <s> ', '  '];
const texts = fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 14 });
const vocab = [...new Set(['<unk>', ...alphabet.join(''), ...'xyzif', 'ab', 'xy', '▁a'])];

const models: Readonly<Record<string, Model>> = {
  bpe: bpe({
    vocab,
    merges: [
      ['a', 'b'],
      ['x', 'y'],
      ['▁', 'a'],
    ],
    unkToken: '<unk>',
  }),
  'bpe that joins unknown characters': bpe({
    vocab: ['<unk>', 'a', 'b', 'ab'],
    merges: [['a', 'b']],
    unkToken: '<unk>',
    fuseUnk: true,
  }),
  'bpe that drops unknown characters': bpe({ vocab: ['a'], merges: [] }),
  'bpe with bytes': bpe({
    vocab: [
      '<unk>',
      'a',
      ...Array.from({ length: 256 }, (_, i) => `<0x${i.toString(16).toUpperCase().padStart(2, '0')}>`),
    ],
    merges: [],
    unkToken: '<unk>',
    byteFallback: true,
  }),
  wordPiece: wordPiece({ vocab: ['[UNK]', 'a', '##a', 'ab', '##b', 'x', '##y', '##z'] }),
  unigram: unigram({
    pieces: [
      ['<unk>', 0],
      ['a', -1],
      ['b', -2],
      ['ab', -2.5],
      ['▁', -1],
      ['▁a', -1.5],
    ],
    unkId: 0,
  }),
  wordLevel: wordLevel({ vocab: ['<unk>', 'ab', 'a'] }),
};

/** Added tokens that overlap each other, and tokens that match only after normalization. */
const addedTokens: readonly (readonly (AddedToken | string)[])[] = [
  [],
  ['<s>'],
  [{ content: '<s>', lstrip: true, rstrip: true }, ' <', '> '],
  [{ content: 's', singleWord: true }, '<s>', '<', 's>'],
  [
    { content: 'AB', special: false },
    { content: ' ', special: false, normalized: false },
  ],
];

const tokenizers = fc
  .record({
    normalizer: fc.constantFrom(...Object.keys(normalizers)),
    preTokenizer: fc.constantFrom(...Object.keys(preTokenizers)),
    model: fc.constantFrom(...Object.keys(models)),
    added: fc.constantFrom(...addedTokens),
  })
  .map((names) =>
    Object.assign(
      new Tokenizer({
        normalizer: normalizers[names.normalizer],
        preTokenizer: preTokenizers[names.preTokenizer],
        model: models[names.model]!,
        addedTokens: names.added,
      }),
      { [fc.toStringMethod]: () => JSON.stringify(names) },
    ),
  );

describe('any combination of steps, on any text', () => {
  test('gives tokens with their ids, and offsets in order and within the text', () => {
    fc.assert(
      fc.property(tokenizers, texts, (tokenizer, text) => {
        const { ids, tokens, offsets, typeIds } = tokenizer.encode(text);
        expect([tokens.length, offsets.length, typeIds.length]).toEqual([ids.length, 2 * ids.length, ids.length]);
        let last = 0;
        tokens.forEach((token, i) => {
          expect([tokenizer.token(ids[i]!), tokenizer.id(token)]).toEqual([token, ids[i]]);
          const [from, to] = [offsets[2 * i]!, offsets[2 * i + 1]!];
          expect(last <= from && from <= to && to <= text.length, `${last} ${from} ${to}`).toBe(true);
          last = from;
        });
      }),
      { numRuns: 1500 },
    );
  });

  test('gives the same encoding again, and after writing and reading the tokenizer', () => {
    fc.assert(
      fc.property(tokenizers, texts, (tokenizer, text) => {
        const encoding = tokenizer.encode(text);
        expect(tokenizer.encode(text)).toEqual(encoding);
        const again = readTokenizer(JSON.stringify(tokenizer));
        expect(again.encode(text)).toEqual(encoding);
        expect(again.decode(encoding.ids)).toBe(tokenizer.decode(encoding.ids));
        expect(JSON.stringify(again)).toBe(JSON.stringify(tokenizer));
      }),
      { numRuns: 400 },
    );
  });

  test('gives the beginning of the encoding for each maxLength', () => {
    fc.assert(
      fc.property(tokenizers, texts, fc.nat(20), (tokenizer, text, maxLength) => {
        const whole = tokenizer.encode(text);
        const part = tokenizer.encode(text, { maxLength });
        expect([...part.ids]).toEqual([...whole.ids].slice(0, maxLength));
        expect(part.tokens).toEqual(whole.tokens.slice(0, maxLength));
        expect([...part.offsets]).toEqual([...whole.offsets].slice(0, 2 * maxLength));
      }),
      { numRuns: 400 },
    );
  });
});

test('truncation removes tokens one by one from the longer text, or from the second of equal ones', () => {
  const tokenizer = new Tokenizer({ preTokenizer: splitLength(1), model: wordLevel({ vocab: ['a', 'b'] }) });
  for (let first = 0; first < 8; first++)
    for (let second = 0; second < 8; second++)
      for (let maxLength = 0; maxLength < 17; maxLength++) {
        let [a, b] = [first, second];
        while (a + b > maxLength) {
          if (a > b) a -= 1;
          else b -= 1;
        }
        const { tokens, typeIds } = tokenizer.encode('a'.repeat(first), { pair: 'b'.repeat(second), maxLength });
        expect(tokens.join(''), `${first} and ${second} to ${maxLength}`).toBe('a'.repeat(a) + 'b'.repeat(b));
        expect([...typeIds].join('')).toBe('0'.repeat(a) + '1'.repeat(b));
      }
});

test('long repeats take time linear in their length', () => {
  const merges: [string, string][] = Array.from({ length: 16 }, (_, i) => ['a'.repeat(2 ** i), 'a'.repeat(2 ** i)]);
  const powers = ['a', ...merges.map((pair) => pair.join(''))];
  const text = 'a'.repeat(300_001);
  const fast = new Tokenizer({ model: bpe({ vocab: powers, merges }) }).encode(text);
  expect(fast.tokens.map(({ length }) => length)).toEqual([
    65536, 65536, 65536, 65536, 32768, 4096, 512, 256, 128, 64, 32, 1,
  ]);
  expect([...fast.offsets.subarray(-2)]).toEqual([300_000, 300_001]);
  const likely = new Tokenizer({
    model: unigram({ pieces: powers.slice(0, 5).map((piece, i) => [piece, -1 - i / 8]) }),
  });
  expect(likely.encode(text).ids.length).toBe(Math.ceil(300_001 / 16));
  const words = new Tokenizer({ model: wordPiece({ vocab: ['[UNK]', 'a'] }) });
  expect(words.encode(text).tokens).toEqual(['[UNK]']);
});

test('a text of one character gives one token with its whole range, for each model', () => {
  for (const char of ['a', 'é', '猫', '😀', '\ud83d']) {
    const known = char === '\ud83d' ? '\ufffd' : char;
    for (const model of [
      bpe({ vocab: [known], merges: [] }),
      wordPiece({ vocab: ['[UNK]', known] }),
      unigram({ pieces: [[known, -1]] }),
      wordLevel({ vocab: [known] }),
    ]) {
      const { tokens, offsets } = new Tokenizer({ model }).encode(char);
      expect([tokens, [...offsets]]).toEqual([[known], [0, char.length]]);
    }
  }
});

test('names of object properties are ordinary tokens', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '0', '-0', 'length'];
  const tokenizer = new Tokenizer({
    preTokenizer: splitWhitespace(),
    model: wordLevel({ vocab: ['<unk>', ...names] }),
  });
  const again = readTokenizer(JSON.stringify(tokenizer));
  for (const one of [tokenizer, again]) {
    expect(one.encode(names.join(' ')).tokens).toEqual(names);
    expect([...one.encode('valueOf __proto__').ids]).toEqual([0, 1]);
    expect(one.vocabularySize).toBe(8);
  }
});
