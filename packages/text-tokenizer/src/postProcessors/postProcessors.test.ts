import { expect, test } from 'vitest';
import {
  bertProcessing,
  bpe,
  byteLevel,
  byteLevelProcessing,
  processorSequence,
  robertaProcessing,
  template,
  type TemplateOptions,
  Tokenizer,
} from '../index.ts';
import type { PostProcessor } from '../pipeline.ts';

const model = bpe({ vocab: ['[CLS]', '[SEP]', 'a', 'b', 'Ġ', 'Ġa'], merges: [['Ġ', 'a']] });
const encode = (postProcessor: PostProcessor, text: string, pair?: string, addSpecialTokens = true): unknown[] => {
  const { tokens, typeIds, offsets } = new Tokenizer({ preTokenizer: byteLevel(), model, postProcessor }).encode(text, {
    ...(pair !== undefined && { pair }),
    addSpecialTokens,
  });
  return [tokens.join(' '), [...typeIds].join(''), [...offsets].join('')];
};

test('bertProcessing and robertaProcessing handle empty texts, pairs and missing special tokens', () => {
  const [bert, roberta] = [bertProcessing, robertaProcessing].map((make) => make(['[SEP]', 1], ['[CLS]', 0]));
  expect(encode(bert!, '')).toEqual(['[CLS] [SEP]', '00', '0000']);
  expect(encode(bert!, 'a', '')).toEqual(['[CLS] a [SEP] [SEP]', '0001', '00010000']);
  expect(encode(bert!, '', 'b')).toEqual(['[CLS] [SEP] b [SEP]', '0011', '00000100']);
  expect(encode(bert!, 'a', 'b', false)).toEqual(['a b', '01', '0101']);
  expect(encode(roberta!, 'a', 'b')).toEqual(['[CLS] a [SEP] [SEP] b [SEP]', '000000', '000100000100']);
  expect(encode(roberta!, '', undefined, false)).toEqual(['', '', '']);
});

test('offsets exclude the spaces of byte-level tokens, unless trimOffsets is off', () => {
  expect(encode(byteLevelProcessing(), 'a a')).toEqual(['a Ġa', '00', '0123']);
  expect(encode(byteLevelProcessing({ trimOffsets: false }), 'a a')).toEqual(['a Ġa', '00', '0113']);
  // A token of spaces alone has an empty range.
  expect(encode(byteLevelProcessing(), ' ')).toEqual(['Ġ', '00'.slice(1), '11']);
});

test('a template may repeat texts and tokens, and give them types', () => {
  const post = template({
    single: [{ text: 'A', typeId: 3 }, { token: 'x' }, { text: 'A' }],
    pair: [{ text: 'B' }, { token: 'x', typeId: 2 }, { text: 'A', typeId: 1 }],
    specialTokens: { x: { ids: [1, 0], tokens: ['[SEP]', '[CLS]'] } },
  });
  expect(encode(post, 'a')).toEqual(['a [SEP] [CLS] a', '3000', '01000001']);
  expect(encode(post, 'a', 'b')).toEqual(['b [SEP] [CLS] a', '0221', '01000001']);
  expect(encode(post, 'a', 'b', false)).toEqual(['b a', '01', '0101']);
  expect(encode(template({ single: [], specialTokens: {} }), 'a')).toEqual(['', '', '']);
  expect(encode(template({ single: [{ text: 'A' }], specialTokens: {} }), 'a', 'b')).toEqual(['a b', '01', '0101']);
});

test('a template throws for special tokens with wrong ids or texts', () => {
  const make = (specialTokens: unknown): PostProcessor =>
    template({ single: [{ token: 'x' }], specialTokens } as TemplateOptions);
  for (const [given, message] of [
    [{ x: -1 }, '`specialTokens.x` must be an integer from 0 to 2^31 − 1, got -1'],
    [{ x: 2 ** 31 }, '`specialTokens.x` must be an integer from 0 to 2^31 − 1, got 2147483648'],
    [{ x: '0' }, '`specialTokens.x` must be an integer'],
    [{ x: { ids: [0.5], tokens: ['x'] } }, '`specialTokens.x.ids[0]` must be an integer'],
    [{ x: { ids: [0, 1], tokens: ['x'] } }, '`specialTokens.x.tokens` must be as long as `ids`, 2, got ["x"]'],
    [{ x: { ids: [0] } }, '`specialTokens.x.tokens` must be a list of strings, got undefined'],
    [null, '`specialTokens` must be an object of tokens and their ids, got null'],
    [{}, '`specialTokens` must contain every token of the template, got none for "x"'],
  ] as const)
    expect(() => make(given), JSON.stringify(given)).toThrow(`template: ${message}`);
  for (const id of [-1, 2 ** 31, 0.5, NaN, '1'])
    expect(() => bertProcessing(['[SEP]', id as number], ['[CLS]', 0])).toThrow(
      'bertProcessing: `sep` must be a token and its id, such as ["[SEP]", 102], got ',
    );
});

test('processorSequence applies processors in order, and none leaves texts apart', () => {
  const bos = template({ single: [{ token: '[CLS]' }, { text: 'A' }], specialTokens: { '[CLS]': 0 } });
  expect(encode(processorSequence([bos, bos]), 'a')).toEqual(['[CLS] [CLS] a', '000', '000001']);
  expect(encode(processorSequence([]), 'a', 'b')).toEqual(['a b', '01', '0101']);
});

test('maxLength counts the special tokens of a pair', () => {
  const tokenizer = new Tokenizer({ model, postProcessor: bertProcessing(['[SEP]', 1], ['[CLS]', 0]) });
  const texts = (maxLength: number): string =>
    tokenizer
      .encode('aaaa', { pair: 'bb', maxLength })
      .tokens.map((token) => token.replace(/[[\]]/g, '')[0])
      .join('');
  expect([9, 8, 7, 6, 5, 4, 3].map(texts)).toEqual([
    'CaaaaSbbS',
    'CaaaSbbS',
    'CaaSbbS',
    'CaaSbS',
    'CaSbS',
    'CaSS',
    'CSS',
  ]);
  expect(() => texts(2)).toThrow('encode: `maxLength` must be at least 3, the number of special tokens, got 2');
});
