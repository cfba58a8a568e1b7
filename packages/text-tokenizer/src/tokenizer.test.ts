import { Tokenizer as Reference } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  Aligned,
  bertNormalizer,
  bertProcessing,
  bpe,
  byteAlphabet,
  byteLevel,
  byteLevelDecoder,
  byteLevelProcessing,
  countWords,
  lowercase,
  metaspace,
  metaspaceDecoder,
  normalizerSequence,
  readTokenizer,
  replacePattern,
  robertaProcessing,
  splitBertWords,
  splitWhitespace,
  stripSpaces,
  Tokenizer,
  trainBpe,
  trainUnigram,
  trainWordPiece,
  unicodeForm,
  wordPiece,
  wordPieceDecoder,
} from './index.ts';

const lines = [
  'The quick brown fox jumps over the lazy dog; the dog doesn’t mind.',
  "It's 2024, and they'll've   said: “naïve café” – don't!",
  'Zwei junge weiße Männer sind im Freien in der Nähe vieler Büsche.',
  'Une fille avec un haut à fleurs colorées ; l’été arrive…',
  '東京は日本の首都です。 привет, мир! 😀👍🏽 ﬁn',
  ' = Robert <unk> = \n\n Robert <unk> is an English film , television and theatre actor .',
];

const bytes = (): Tokenizer => {
  const steps = { preTokenizer: byteLevel() };
  const model = trainBpe(countWords(lines, steps), {
    vocabSize: 400,
    initialAlphabet: byteAlphabet,
    specialTokens: ['<s>', '</s>'],
  });
  return new Tokenizer({
    ...steps,
    model,
    postProcessor: byteLevelProcessing(),
    decoder: byteLevelDecoder(),
    addedTokens: ['<s>', '</s>'],
  });
};
const bert = (): Tokenizer => {
  const steps = { normalizer: bertNormalizer(), preTokenizer: splitBertWords() };
  const model = trainWordPiece(countWords(lines, steps), {
    vocabSize: 250,
    specialTokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]'],
  });
  return new Tokenizer({
    ...steps,
    model,
    postProcessor: bertProcessing(['[SEP]', 3], ['[CLS]', 2]),
    decoder: wordPieceDecoder(),
    addedTokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]'],
  });
};
const pieces = (): Tokenizer => {
  const steps = {
    normalizer: normalizerSequence([unicodeForm('NFKC'), replacePattern({ regex: '\\s+' }, ' '), stripSpaces()]),
    preTokenizer: metaspace(),
  };
  const model = trainUnigram(countWords(lines, steps), { vocabSize: 200, specialTokens: ['<s>'] });
  return new Tokenizer({ ...steps, model, decoder: metaspaceDecoder(), addedTokens: ['<s>'] });
};
const all = { bytes: bytes(), bert: bert(), pieces: pieces() };

const char = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...new Set(lines.join(''))) },
  fc.integer({ min: 0, max: 0xd7ff }).map((point) => String.fromCodePoint(point)),
  fc.integer({ min: 0xe000, max: 0x10ffff }).map((point) => String.fromCodePoint(point)),
);
const wellFormed = fc.array(char, { maxLength: 40 }).map((chars) => chars.join(''));
const known = fc.array(fc.constantFrom(...new Set(lines.join(' '))), { maxLength: 40 }).map((chars) => chars.join(''));

// Golden files hold results of the Rust library for more texts, including the text `<unk>`.
describe('against @huggingface/tokenizers', () => {
  const referenceOf = (tokenizer: Tokenizer): Reference =>
    new Reference(JSON.parse(JSON.stringify(tokenizer)) as object, {});

  test.each(Object.entries(all))('%s encodes and decodes alike', (_, tokenizer) => {
    const reference = referenceOf(tokenizer);
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...lines.map((line) => line.replaceAll('<unk>', 'unk'))), known), (text) => {
        const { ids, tokens } = tokenizer.encode(text);
        const wanted = reference.encode(text);
        // Its unigram model gives the text of an unknown token instead of `<unk>`.
        const shown = wanted.tokens.map((token) => (reference.token_to_id(token) === undefined ? '<unk>' : token));
        expect({ ids: [...ids], tokens }).toEqual({ ids: wanted.ids, tokens: shown });
        if (ids.length)
          expect(tokenizer.decode(ids, { skipSpecialTokens: false })).toBe(
            reference.decode([...ids], { clean_up_tokenization_spaces: false }),
          );
      }),
      { numRuns: 300 },
    );
  });

  test('added tokens are found alike', () => {
    const model = bpe({ vocab: ['a', 'b', 'ab'], merges: [['a', 'b']] });
    const addedTokens = [
      { content: '<x>', lstrip: true, rstrip: true },
      { content: '<x>y' },
      { content: 'AB', special: false, normalized: true },
    ];
    const tokenizer = new Tokenizer({ normalizer: lowercase(), model, addedTokens });
    const reference = referenceOf(tokenizer);
    for (const text of ['a<x>b', 'ab <x>y<x>  ab', 'bab', 'aABab', '<x>', 'ab  <x>  ', 'b<x><x>yb']) {
      expect([...tokenizer.encode(text).ids], text).toEqual(reference.encode(text).ids);
    }
  });

  test('pairs get the same special tokens and types', () => {
    const [sep, cls] = [
      ['</s>', 1],
      ['<s>', 0],
    ] as const;
    for (const [postProcessor, hasTypes] of [
      [bertProcessing(sep, cls), true],
      [robertaProcessing(sep, cls), false],
    ] as const) {
      const tokenizer = new Tokenizer({ ...all.bytes, postProcessor, addedTokens: ['<s>', '</s>'] });
      for (const addSpecialTokens of [true, false]) {
        const { ids, typeIds } = tokenizer.encode('the dog', { pair: 'a fox', addSpecialTokens });
        const wanted = referenceOf(tokenizer).encode('the dog', {
          text_pair: 'a fox',
          add_special_tokens: addSpecialTokens,
          return_token_type_ids: true,
        });
        expect([...ids]).toEqual(wanted.ids);
        // RoBERTa has one type only; the JavaScript library gives it two.
        expect([...typeIds]).toEqual(hasTypes ? wanted.token_type_ids : wanted.ids.map(() => 0));
      }
    }
  });
});

describe('round trips', () => {
  test('byte-level BPE restores any well-formed text', () => {
    fc.assert(
      fc.property(wellFormed, (text) => {
        const { ids } = all.bytes.encode(text.replaceAll('<s>', ''));
        expect(all.bytes.decode(ids)).toBe(text.replaceAll('<s>', ''));
      }),
      { numRuns: 500 },
    );
  });

  test('unigram restores the normalized text if every character is known', () => {
    fc.assert(
      fc.property(known, (text) => {
        const normal = text.normalize('NFKC').replace(/\s+/g, ' ').trim();
        const { ids } = all.pieces.encode(text);
        fc.pre(!ids.includes(all.pieces.id('<unk>')!) && !normal.includes('<s>'));
        expect(all.pieces.decode(ids)).toBe(normal);
      }),
      { numRuns: 500 },
    );
  });

  test('WordPiece restores the words of the normalized text if every character is known', () => {
    const tokenizer = new Tokenizer({
      ...all.bert,
      decoder: wordPieceDecoder({ cleanup: false }),
      addedTokens: ['[UNK]', '[CLS]', '[SEP]'],
    });
    fc.assert(
      fc.property(known, (text) => {
        const { ids } = tokenizer.encode(text);
        fc.pre(!ids.includes(tokenizer.id('[UNK]')!));
        const words = tokenizer.normalizer!.normalize(new Aligned(text));
        expect(tokenizer.decode(ids)).toBe(
          tokenizer
            .preTokenizer!.split(words, true)
            .map((piece) => piece.text)
            .join(' '),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('metaspace BPE with byte fallback restores any text, except for spaces around it', () => {
    const vocab = [
      '▁',
      'a',
      '▁a',
      ...Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`),
    ];
    const json = {
      normalizer: {
        type: 'Sequence',
        normalizers: [
          { type: 'Prepend', prepend: '▁' },
          { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
        ],
      },
      model: {
        type: 'BPE',
        vocab: Object.fromEntries(vocab.map((token, id) => [token, id])),
        merges: ['▁ a'],
        byte_fallback: true,
      },
      decoder: {
        type: 'Sequence',
        decoders: [
          { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
          { type: 'ByteFallback' },
          { type: 'Fuse' },
          { type: 'Strip', content: ' ', start: 1, stop: 0 },
        ],
      },
    };
    const tokenizer = readTokenizer(json);
    expect(tokenizer.encode('a é').tokens).toEqual(['▁a', '▁', '<0xC3>', '<0xA9>']);
    fc.assert(
      fc.property(wellFormed, (text) => {
        const plain = text.replaceAll('▁', '');
        expect(tokenizer.decode(tokenizer.encode(plain).ids)).toBe(plain);
      }),
    );
  });

  test('offsets give the origin of each token', () => {
    const text = 'Der weiße FUCHS: naïve ﬁn 😀!';
    for (const tokenizer of Object.values(all)) {
      const { tokens, offsets } = tokenizer.encode(text, { addSpecialTokens: false });
      const covered = new Set(
        tokens.flatMap((_, i) =>
          Array.from({ length: offsets[2 * i + 1]! - offsets[2 * i]! }, (_, k) => offsets[2 * i]! + k),
        ),
      );
      expect(
        [...text].filter((unit, i) => unit.length === 1 && unit.trim() && i < text.indexOf('😀') && !covered.has(i)),
      ).toEqual([]);
    }
    const { tokens, offsets } = all.bert.encode('The DOG', { addSpecialTokens: false });
    expect(
      tokens
        .map((_, i) => 'The DOG'.slice(offsets[2 * i], offsets[2 * i + 1]))
        .join('|')
        .replaceAll('|', ''),
    ).toBe('TheDOG');
  });
});

describe('bad input', () => {
  test('lone surrogates count as U+FFFD everywhere', () => {
    for (const tokenizer of Object.values(all))
      expect(tokenizer.encode('a\ud800b\udc00')).toEqual(tokenizer.encode('a\ufffdb\ufffd'));
    expect(all.bytes.decode(all.bytes.encode('\ud83d').ids)).toBe('\ufffd');
  });

  test('empty texts and batches give empty encodings', () => {
    for (const tokenizer of Object.values(all)) {
      const { ids, tokens, offsets, typeIds } = tokenizer.encode('', { addSpecialTokens: false });
      expect([ids.length, tokens.length, offsets.length, typeIds.length]).toEqual([0, 0, 0, 0]);
      expect(tokenizer.encodeBatch([])).toEqual([]);
      expect(tokenizer.decode([])).toBe('');
    }
    expect(all.bert.encode('').tokens).toEqual(['[CLS]', '[SEP]']);
  });

  test('decode throws for unknown ids', () => {
    expect(() => all.bytes.decode([0, 400])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: decode: \`ids\` must be ids of the 304 tokens, got 400 at 1]`,
    );
    for (const id of [-1, 1.5, NaN]) expect(() => all.bert.decode([id])).toThrow('decode: `ids` must be ids');
  });

  test('maxLength keeps the special tokens and cuts the longer text', () => {
    const texts = (first: string, pair: string, maxLength: number): string =>
      all.bert.encode(first, { pair, maxLength }).tokens.join(' ');
    expect(all.bert.encode('the dog the dog', { maxLength: 4 }).tokens).toEqual(['[CLS]', 'the', 'dog', '[SEP]']);
    expect(texts('the dog the dog', 'dog', 6)).toBe('[CLS] the dog [SEP] dog [SEP]');
    expect(texts('dog', 'the dog the dog', 6)).toBe('[CLS] dog [SEP] the dog [SEP]');
    expect(texts('the dog the dog', 'the dog the dog', 6)).toBe('[CLS] the dog [SEP] the [SEP]');
    expect(texts('dog', 'the', 3)).toBe('[CLS] [SEP] [SEP]');
    fc.assert(
      fc.property(fc.nat(12), fc.nat(12), fc.integer({ min: 3, max: 30 }), (a, b, maxLength) => {
        const { ids } = all.bert.encode('dog '.repeat(a), { pair: 'the '.repeat(b), maxLength });
        expect(ids.length).toBe(Math.min(maxLength, a + b + 3));
      }),
    );
    expect(() => all.bert.encode('dog', { maxLength: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: encode: \`maxLength\` must be at least 2, the number of special tokens, got 1]`,
    );
    expect(() => all.bert.encode('dog', { maxLength: NaN })).toThrow(
      'encode: `maxLength` must be an integer of at least 0',
    );
  });

  test('added tokens that contradict each other throw', () => {
    const model = wordPiece({ vocab: ['[UNK]', 'a'] });
    expect(() => new Tokenizer({ model, addedTokens: [{ content: 'x', id: 1 }] })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: Tokenizer: \`addedTokens\` must have unique texts and ids, and no empty text, got "x" with id 1]`,
    );
    for (const addedTokens of [
      ['x', 'x'],
      [''],
      [
        { content: 'x', id: 5 },
        { content: 'y', id: 5 },
      ],
      [{ content: 'a', id: 7 }],
      [{ content: 'x', id: 0.5 }],
    ]) {
      expect(() => new Tokenizer({ model, addedTokens })).toThrow(
        'Tokenizer: `addedTokens` must have unique texts and ids',
      );
    }
  });
});

test('added tokens get ids, are counted, and with `singleWord` match whole words only', () => {
  const model = wordPiece({ vocab: ['[UNK]', 'cat', '##s'] });
  const tokenizer = new Tokenizer({
    preTokenizer: splitWhitespace(),
    model,
    addedTokens: [{ content: 'cat!', singleWord: true, special: false }, '<s>'],
  });
  expect([
    tokenizer.vocabularySize,
    tokenizer.id('cat!'),
    tokenizer.id('<s>'),
    tokenizer.token(4),
    tokenizer.id('none'),
    tokenizer.token(9),
  ]).toEqual([5, 3, 4, '<s>', undefined, undefined]);
  expect(tokenizer.encode('cats cat! cat!s<s>').tokens).toEqual(['cat', '##s', 'cat!', '[UNK]', '<s>']);
  expect([tokenizer.decode([4, 3, 1]), tokenizer.decode([4, 3, 1], { skipSpecialTokens: false })]).toEqual([
    'cat! cat',
    '<s> cat! cat',
  ]);
});
