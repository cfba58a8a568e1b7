import type { Json } from '@chainrule/text-tokenizer';
import fc from 'fast-check';

const vocab = {
  '<unk>': 0,
  a: 1,
  b: 2,
  ab: 3,
  '##b': 4,
  é: 5,
  Ġ: 6,
  '▁': 7,
  '▁a': 8,
  '<0xC3>': 9,
  '<0xA9>': 10,
  '</w>': 11,
  'b</w>': 12,
};
const gpt2 = "'s|'t| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

const models: readonly Json[] = [
  {
    type: 'BPE',
    vocab,
    merges: [
      ['a', 'b'],
      ['▁', 'a'],
    ],
    unk_token: '<unk>',
    fuse_unk: true,
    byte_fallback: true,
  },
  { type: 'BPE', vocab, merges: ['a b'], dropout: 0.5, end_of_word_suffix: '</w>' },
  { type: 'WordPiece', vocab, unk_token: '<unk>', continuing_subword_prefix: '##', max_input_chars_per_word: 100 },
  { type: 'WordLevel', vocab, unk_token: '<unk>' },
  {
    type: 'Unigram',
    unk_id: 0,
    vocab: [
      ['<unk>', 0],
      ['a', -1.5],
      ['b', -2],
      ['ab', -2.5],
      ['a', -3],
      ['▁', -4],
    ],
    byte_fallback: false,
  },
];
const patterns = fc.oneof(
  fc.constantFrom<Json>(
    { String: 'a' },
    { String: ' ' },
    { Regex: gpt2 },
    { Regex: '(a+)+$' },
    { Regex: '(?:a|a)*b' },
    { Regex: '(?=(?:a|aa)+$)a' },
    { Regex: 'a*a*a*b' },
    { Regex: '(?i:\\p{L}++)(?<!b)' },
    { Regex: '(?>a|ab){1,9}(?!b)' },
    { Regex: '[[:alpha:]&&[^a]]+?\\b' },
    { Regex: '(((a{99}){99}){99}){99}' },
    { Regex: '\\s*$|^\\R' },
    { Regex: '(?<=.{1,200})a' },
    { Regex: '' },
  ),
  fc
    .array(
      fc.constantFrom(
        'a',
        'b',
        '.',
        '\\w',
        '\\s',
        '[^a]',
        '(',
        '(?:',
        '(?=',
        '(?<!',
        '(?>',
        '(?i)',
        ')',
        '|',
        '*',
        '+',
        '?',
        '{2,}',
        '{1,9}',
        '$',
        '^',
        '\\b',
        '\\p{L}',
        '[[:',
        '&&',
      ),
      { maxLength: 12 },
    )
    .map((parts): Json => ({ Regex: parts.join('') })),
);
const behaviors = fc.constantFrom('Isolated', 'Removed', 'MergedWithNext', 'MergedWithPrevious', 'Contiguous');

const normalizers: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    { type: 'NFC' },
    { type: 'NFKD' },
    { type: 'Lowercase' },
    { type: 'StripAccents' },
    { type: 'Nmt' },
    { type: 'ByteLevel' },
    { type: 'BertNormalizer' },
    { type: 'Strip', strip_left: true, strip_right: true },
    { type: 'Prepend', prepend: '▁' },
    { type: 'Precompiled', precompiled_charsmap: 'BAAAAAAAAAA=' },
  ),
  fc.uint8Array({ maxLength: 64 }).map((bytes): Json => ({
    type: 'Precompiled',
    precompiled_charsmap: btoa(String.fromCharCode(4 * (bytes.length >> 3), 0, 0, 0, ...bytes)),
  })),
  fc
    .tuple(patterns, fc.constantFrom('', 'b', 'aa', 'aaaaaaaaaaaaaaaa', 'é'.repeat(1000)))
    .map(([pattern, content]): Json => ({ type: 'Replace', pattern, content })),
);
const preTokenizers: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    { type: 'ByteLevel', add_prefix_space: true },
    { type: 'ByteLevel', use_regex: false },
    { type: 'Whitespace' },
    { type: 'WhitespaceSplit' },
    { type: 'BertPreTokenizer' },
    { type: 'Punctuation' },
    { type: 'Digits' },
    { type: 'Metaspace', prepend_scheme: 'first' },
    { type: 'UnicodeScripts' },
    { type: 'FixedLength', length: 2 },
    { type: 'CharDelimiterSplit', delimiter: 'b' },
  ),
  fc
    .tuple(patterns, behaviors, fc.boolean())
    .map(([pattern, behavior, invert]): Json => ({ type: 'Split', pattern, behavior, invert })),
);
const decoders: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    { type: 'ByteLevel' },
    { type: 'WordPiece' },
    { type: 'Metaspace' },
    { type: 'BPEDecoder' },
    { type: 'CTC' },
    { type: 'Fuse' },
    { type: 'ByteFallback' },
    { type: 'Strip', content: 'a', start: 1, stop: 1 },
  ),
  fc
    .tuple(patterns, fc.constantFrom('', 'aaaaaaaaaaaaaaaa'))
    .map(([pattern, content]): Json => ({ type: 'Replace', pattern, content })),
);
const processors = fc.constantFrom<Json>(
  { type: 'ByteLevel', trim_offsets: true },
  { type: 'BertProcessing', sep: ['a', 1], cls: ['b', 2] },
  { type: 'RobertaProcessing', sep: ['a', 1], cls: ['b', 2] },
  {
    type: 'TemplateProcessing',
    single: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'A', type_id: 1 } }],
    pair: [],
    special_tokens: {},
  },
);
const added = fc.record({
  id: fc.nat(40),
  content: fc.constantFrom('<mask>', 'ab', ' ', 'é', 'aaaaaaab', '<unk>'),
  special: fc.boolean(),
  normalized: fc.boolean(),
  lstrip: fc.boolean(),
  rstrip: fc.boolean(),
  single_word: fc.boolean(),
});

/** A step, several steps, or many copies of one step, which may make a long text of a short one. */
const sequence = (step: fc.Arbitrary<Json>, key: string): fc.Arbitrary<Json> =>
  fc.oneof(
    fc.constant(null),
    step,
    fc.array(step, { maxLength: 4 }).map((steps): Json => ({ type: 'Sequence', [key]: steps })),
    fc
      .tuple(step, fc.nat(40))
      .map(([one, times]): Json => ({ type: 'Sequence', [key]: Array.from({ length: times }, () => one) })),
  );

const whole: fc.Arbitrary<Json> = fc.record({
  added_tokens: fc.array(added, { maxLength: 3 }),
  normalizer: sequence(normalizers, 'normalizers'),
  pre_tokenizer: sequence(preTokenizers, 'pretokenizers'),
  post_processor: sequence(processors, 'processors'),
  decoder: sequence(decoders, 'decoders'),
  model: fc.constantFrom(...models),
});

const junk: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    '',
    'a',
    '▁',
    '__proto__',
    'constructor',
    -1,
    0.5,
    0,
    1,
    2 ** 31,
    2 ** 53,
    [],
    {},
    [['a', 1]],
    { a: 1 },
    { type: 'Sequence' },
    { Regex: '(' },
    '\ud800',
  ),
  fc.string({ maxLength: 4 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** A copy of the value with a replacement at the place that the numbers select. */
function damaged(value: Json, way: readonly number[], other: Json): Json {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const [next, ...rest] = way;
  if (next === undefined || !entries.length) return other;
  const chosen = next % entries.length;
  const changed = entries.map(([key, inner], i): [string, Json] => [
    key,
    i === chosen ? damaged(inner, rest, other) : inner,
  ]);
  return Array.isArray(value) ? changed.map(([, inner]) => inner) : Object.fromEntries(changed);
}

/** Files of tokenizers: whole ones of random steps, and damaged ones. */
export const tokenizerFiles: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: whole },
  {
    weight: 2,
    arbitrary: fc
      .tuple(whole, fc.array(fc.nat(20), { minLength: 1, maxLength: 6 }), junk)
      .map(([file, way, other]) => damaged(file, way, other)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(whole, fc.nat(), fc.string({ maxLength: 4 }))
      .map(([file, at, text]): Json => `${JSON.stringify(file).slice(0, at)}${text}`),
  },
);
