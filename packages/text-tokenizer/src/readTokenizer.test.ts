import { ChainruleError, FormatError } from '@chainrule/errors';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bpe, type Encoding, readTokenizer, Tokenizer } from './index.ts';
import type { Json } from './json.ts';

const added = [
  { id: 0, content: '[UNK]', special: true },
  { id: 9, content: '<mask>', special: true, lstrip: true, rstrip: false, normalized: false, single_word: false },
];
const vocab = { '[UNK]': 0, a: 1, b: 2, ab: 3, '##b': 4, é: 5 };
const pattern = { Regex: "(?i:'s)|\\p{L}+|\\s+" };

/** Files that together use every step. */
const files: readonly { readonly [key: string]: Json }[] = [
  {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added,
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'Nmt' },
        { type: 'Precompiled', precompiled_charsmap: 'BAAAAAAAAAA=' },
        { type: 'NFC' },
        { type: 'NFD' },
        { type: 'NFKC' },
        { type: 'NFKD' },
        { type: 'Lowercase' },
        { type: 'StripAccents' },
        { type: 'Strip', strip_left: true, strip_right: false },
        { type: 'Replace', pattern: { String: '-' }, content: ' ' },
        { type: 'Prepend', prepend: 'a' },
        { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
      ],
    },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'UnicodeScripts' },
        { type: 'FixedLength', length: 9 },
        { type: 'Whitespace' },
        { type: 'WhitespaceSplit' },
        { type: 'BertPreTokenizer' },
        { type: 'Punctuation', behavior: 'Contiguous' },
        { type: 'Digits', individual_digits: true },
        { type: 'Split', pattern, behavior: 'MergedWithNext', invert: false },
        { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: true },
      ],
    },
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ SpecialToken: { id: '[UNK]', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
      pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
      special_tokens: { '[UNK]': { id: '[UNK]', ids: [0], tokens: ['[UNK]'] } },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab,
    },
  },
  {
    added_tokens: added,
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: true, use_regex: true },
    post_processor: {
      type: 'Sequence',
      processors: [
        { type: 'ByteLevel', trim_offsets: true },
        { type: 'RobertaProcessing', sep: ['a', 1], cls: ['b', 2], trim_offsets: true, add_prefix_space: false },
      ],
    },
    decoder: {
      type: 'Sequence',
      decoders: [
        { type: 'ByteLevel' },
        { type: 'BPEDecoder', suffix: '</w>' },
        { type: 'Replace', pattern: { String: 'x' }, content: 'y' },
        { type: 'CTC', pad_token: '<pad>', word_delimiter_token: '|', cleanup: true },
        { type: 'Fuse' },
        { type: 'Strip', content: ' ', start: 1, stop: 0 },
        { type: 'ByteFallback' },
        { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' },
      ],
    },
    model: {
      type: 'BPE',
      vocab,
      merges: [['a', 'b']],
      unk_token: '[UNK]',
      fuse_unk: true,
      byte_fallback: true,
      ignore_merges: true,
      end_of_word_suffix: '',
      dropout: null,
      continuing_subword_prefix: null,
    },
  },
  {
    pre_tokenizer: { type: 'CharDelimiterSplit', delimiter: '-' },
    post_processor: { type: 'BertProcessing', sep: ['a', 1], cls: ['b', 2] },
    model: {
      type: 'Unigram',
      unk_id: 0,
      vocab: [
        ['<unk>', 0],
        ['a', -1.5],
        ['b', -2],
        ['a', -1],
      ],
      byte_fallback: false,
    },
  },
  { normalizer: { type: 'ByteLevel' }, model: { type: 'WordLevel', vocab, unk_token: '[UNK]' } },
];

const texts = ['', 'ab', ' Ab-b <mask> é 1.', 'ｱ\u0301\ud800 \u2581😀'];

test('a tokenizer survives writing and reading', () => {
  for (const file of files) {
    const tokenizer = readTokenizer(file);
    const again = readTokenizer(JSON.stringify(tokenizer));
    expect(again.toJSON()).toEqual(tokenizer.toJSON());
    for (const text of texts) expect(again.encode(text, { pair: 'b' })).toEqual(tokenizer.encode(text, { pair: 'b' }));
  }
});

test('a file survives reading and writing', () => {
  const { added_tokens: tokens, ...first } = readTokenizer(files[0]!).toJSON();
  const { added_tokens: given, ...wanted } = files[0]!;
  expect(first).toEqual(wanted);
  expect((tokens as Json[])[1]).toEqual((given as Json[])[1]);
});

test('readTokenizer reads older files: merges as texts, models without a type, a boolean scheme', () => {
  expect(readTokenizer({ model: { vocab: { a: 0, b: 1, ab: 2 }, merges: ['a b'] } }).encode('ab').tokens).toEqual([
    'ab',
  ]);
  expect(readTokenizer({ model: { vocab: { '[UNK]': 0, a: 1 } } }).encode('a').tokens).toEqual(['a']);
  expect(readTokenizer({ model: { vocab: [['a', -1]] } }).encode('a').tokens).toEqual(['a']);
  const metaspace = { type: 'Metaspace', replacement: '▁', add_prefix_space: false };
  expect(
    readTokenizer({ pre_tokenizer: metaspace, model: { vocab: { a: 0, '▁': 1 }, merges: [] } }).encode('a').tokens,
  ).toEqual(['a']);
});

test('the error for an invalid file names the field', () => {
  const problem = (json: unknown): string => {
    try {
      readTokenizer(json as string, { name: 'x.json' });
      return 'none';
    } catch (error) {
      return String(error);
    }
  };
  const model = { type: 'BPE', vocab: { a: 0 }, merges: [] as unknown[] };
  expect(
    [
      '{',
      '[]',
      '{}',
      { model: { type: 'Wordy', vocab: {} } },
      { model: { ...model, vocab: { a: 0.5 } } },
      { model: { ...model, vocab: { a: 0, b: 0 } } },
      { model: { ...model, merges: ['a'] } },
      { model: { ...model, merges: [['a', 'b']] } },
      { model: { ...model, dropout: 2 } },
      { model: { ...model, continuing_subword_prefix: 1 } },
      { model: { ...model, unk_token: '?' } },
      { model, normalizer: { type: 'Precompiled', precompiled_charsmap: 'AQAAAA==' } },
      { model, normalizer: { type: 'Precompiled', precompiled_charsmap: '?' } },
      { model, normalizer: { type: 'constructor' } },
      { model, normalizer: { type: 'Replace', pattern: { Regex: '(a)\\1' }, content: '' } },
      { model, pre_tokenizer: { type: 'Split', pattern: {}, behavior: 'Isolated' } },
      { model, post_processor: { type: 'BertProcessing', sep: ['a'], cls: ['a', 1] } },
      { model, added_tokens: [{ id: -1, content: 'x' }] },
      { model, added_tokens: [{ id: 0, content: 'x' }] },
      {
        model,
        post_processor: {
          type: 'TemplateProcessing',
          single: [{ SpecialToken: { id: 'x', type_id: 0 } }],
          pair: [],
          special_tokens: {},
        },
      },
      { model: { type: 'Unigram', vocab: [['a', 1e300]] } },
    ].map(problem),
  ).toMatchInlineSnapshot(`
    [
      "FormatError: readTokenizer: x.json: expected JSON, got something else: Expected property name or '}' in JSON at position 1",
      "FormatError: readTokenizer: x.json: expected an object at the top, got []",
      "FormatError: readTokenizer: x.json: expected an object at model, got undefined",
      "FormatError: readTokenizer: x.json: expected one of BPE, WordPiece, WordLevel, Unigram at model.type, got "Wordy"",
      "FormatError: readTokenizer: x.json: expected an integer of at least 0 at model.vocab.a, got 0.5",
      "FormatError: readTokenizer: x.json: Vocabulary: \`tokens\` must have unique texts and ids, got 1 twice",
      "FormatError: readTokenizer: x.json: expected two tokens at model.merges[0], got "a"",
      "FormatError: readTokenizer: x.json: bpe: \`vocab\` must contain both tokens of merge 0 and the merged token, got ["a","b"]",
      "FormatError: readTokenizer: x.json: bpe: \`dropout\` must be in [0, 1], got 2",
      "FormatError: readTokenizer: x.json: expected text at model.continuing_subword_prefix, got 1",
      "FormatError: readTokenizer: x.json: bpe: \`unkToken\` must be in \`vocab\`, got "?"",
      "FormatError: readTokenizer: x.json: precompiled: \`charsMap\` must contain a trie after its size, got 4 bytes that do not",
      "FormatError: readTokenizer: x.json: precompiled: \`charsMap\` must be text in Base64, got "?"",
      "FormatError: readTokenizer: x.json: expected one of NFC, NFD, NFKC, NFKD, Lowercase, StripAccents, Nmt, Precompiled, ByteLevel, Strip, Replace, Prepend, BertNormalizer, Sequence at normalizer.type, got "constructor"",
      "FormatError: readTokenizer: x.json: replacePattern: \`pattern\` must be an Oniguruma expression that this package supports, got "(a)\\\\1": unsupported escape \\1 at 4",
      "FormatError: readTokenizer: x.json: expected text at pre_tokenizer.pattern.String, got undefined",
      "FormatError: readTokenizer: x.json: expected a token and its id at post_processor.sep, got ["a"]",
      "FormatError: readTokenizer: x.json: expected an integer of at least 0 at added_tokens[0].id, got -1",
      "FormatError: readTokenizer: x.json: Tokenizer: \`addedTokens\` must have unique texts and ids, and no empty text, got "x" with id 0",
      "FormatError: readTokenizer: x.json: template: \`specialTokens\` must contain every token of the template, got none for "x"",
      "FormatError: readTokenizer: x.json: unigram: scores must be numbers within ±1e100, got 1e+300 for "a"",
    ]
  `);
});

test('sequences that are nested too deep throw', () => {
  const nest = (depth: number): Json =>
    depth ? { type: 'Sequence', normalizers: [nest(depth - 1)] } : { type: 'NFC' };
  const model = { type: 'BPE', vocab: { a: 0 }, merges: [] };
  expect(readTokenizer({ model, normalizer: nest(30) }).encode('a').ids.length).toBe(1);
  expect(() => readTokenizer({ model, normalizer: nest(1000) })).toThrow('expected at most 32 nested sequences');
});

/** The encoding of a text, or undefined if the tokenizer throws. */
function encoded(tokenizer: Tokenizer, text: string): Encoding | undefined {
  try {
    return tokenizer.encode(text);
  } catch (error) {
    expect(error).toBeInstanceOf(ChainruleError);
    return undefined;
  }
}

/** Every value within a value, as a function that replaces it. */
function places(value: Json): ((other: Json) => Json)[] {
  if (typeof value !== 'object' || value === null) return [(other) => other];
  const entries = Object.entries(value);
  const rebuilt = (key: string, other: Json | undefined): Json => {
    const changed = entries.map(([k, v]) => [k, k === key ? other : v] as const).filter(([, v]) => v !== undefined) as [
      string,
      Json,
    ][];
    return Array.isArray(value) ? changed.map(([, v]) => v) : Object.fromEntries(changed);
  };
  return [
    (other) => other,
    ...entries.flatMap(([key, inner]) => [
      () => rebuilt(key, undefined),
      ...places(inner).map((put) => (other: Json) => rebuilt(key, put(other))),
    ]),
  ];
}

test('any change of a file either throws a FormatError or gives a working tokenizer', () => {
  const junk: fc.Arbitrary<Json> = fc.oneof(
    fc.constantFrom<Json>(
      null,
      true,
      '',
      'a',
      '▁',
      '__proto__',
      -1,
      0.5,
      0,
      1,
      2 ** 40,
      [],
      {},
      [['a', 1]],
      { a: 1 },
      { type: 'Sequence' },
      { String: 'a' },
      { Regex: '(' },
      '\ud800',
    ),
    fc.string({ maxLength: 4 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  const all = files.flatMap((file) => places(file));
  fc.assert(
    fc.property(fc.nat(all.length - 1), junk, (i, other) => {
      let tokenizer: Tokenizer;
      try {
        tokenizer = readTokenizer(JSON.stringify(all[i]!(other)));
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        return;
      }
      for (const text of texts) {
        const encoding = encoded(tokenizer, text);
        if (!encoding) continue;
        const { ids, tokens, offsets } = encoding;
        expect(offsets.length).toBe(2 * ids.length);
        expect(tokens.length).toBe(ids.length);
        for (const offset of offsets) expect(offset >= 0 && offset <= text.length).toBe(true);
        // Special tokens of a template may have ids outside the vocabulary.
        expect(typeof tokenizer.decode([...ids].filter((id) => tokenizer.token(id) !== undefined))).toBe('string');
      }
    }),
    { numRuns: 500 },
  );
});

test('any text either throws a FormatError or is a valid file', () => {
  const json = JSON.stringify(new Tokenizer({ model: bpe({ vocab: ['a'], merges: [] }) }));
  fc.assert(
    fc.property(fc.nat(json.length), fc.nat(20), fc.string({ maxLength: 5 }), (at, length, text) => {
      try {
        readTokenizer(json.slice(0, at) + text + json.slice(at + length));
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }),
    { numRuns: 1000 },
  );
});
