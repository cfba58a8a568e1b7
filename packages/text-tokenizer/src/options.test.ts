import { OptionError } from '@chainrule/errors';
import { expect, test } from 'vitest';
import * as all from './index.ts';

type Call = (...args: unknown[]) => unknown;
const model = all.wordLevel({ vocab: ['<unk>', 'a'] });
const tokenizer = new all.Tokenizer({ model });
const of = (name: string): Call => (all as unknown as Record<string, Call>)[name]!;
const called = (...names: string[]): [string, Call, readonly unknown[]][] => names.map((name) => [name, of(name), []]);
const counts = new Map([['a', 1]]);

/** Arguments before the options. */
const calls: readonly (readonly [string, Call, readonly unknown[]])[] = [
  ...called(
    'bpe',
    'unigram',
    'wordLevel',
    'wordPiece',
    'ctcDecoder',
    'wordPieceDecoder',
    'metaspaceDecoder',
    'bertNormalizer',
    'stripSpaces',
    'byteLevelProcessing',
    'template',
    'byteLevel',
    'metaspace',
    'splitDigits',
  ),
  [
    'robertaProcessing',
    of('robertaProcessing'),
    [
      ['b', 1],
      ['a', 0],
    ],
  ],
  ['splitPattern', of('splitPattern'), [' ']],
  ['padSequences', of('padSequences'), [[[1]]]],
  ['readTokenizer', of('readTokenizer'), ['{}']],
  ['trainBpe', of('trainBpe'), [counts]],
  ['trainWordPiece', of('trainWordPiece'), [counts]],
  ['trainUnigram', of('trainUnigram'), [counts]],
  ['textLines', (...args) => of('textLines')(...args), [[]]],
  ['encode', (text, options) => tokenizer.encode(text as string, options as object), ['a']],
  ['decode', (ids, options) => tokenizer.decode(ids as number[], options as object), [[0]]],
  ['Tokenizer', (options) => new all.Tokenizer(options as all.TokenizerOptions), []],
  ['WordTokenizer', (options) => new all.WordTokenizer(options as object), []],
];

test.each(calls)(
  '%s throws for an unknown option, and for options that are not an object',
  async (name, call, args) => {
    const run = async (options: unknown): Promise<unknown> => {
      const result = call(...args, options);
      return name === 'textLines' ? await (result as AsyncGenerator<string>).next() : result;
    };
    for (const options of [{ batch_size: 1 }, null, 3]) await expect(run(options)).rejects.toThrow(OptionError);
    await expect(run({ batch_size: 1 })).rejects.toThrow(`${name}: unknown option \`batch_size\`; `);
  },
);
