import { ChainruleError } from '@chainrule/errors';
import { type Json, readTokenizer, type Tokenizer } from '@chainrule/text-tokenizer';
import fc from 'fast-check';
import { defineFuzzer, type Fuzzer } from './fuzzer.ts';
import { tokenizerFiles } from './tokenizerFiles.ts';

/** Any code point, lone surrogates too. fast-check's own takes seconds to set up. */
const characters = fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point));

const units = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'a',
      'b',
      'ab',
      ' ',
      '  ',
      "'s",
      '1',
      '²',
      'é',
      'e\u0301',
      '東',
      '한',
      '.',
      '\n',
      '\r\n',
      '\u0085',
      '\ufeff',
      '\u200d',
      '\u2581',
      '<mask>',
      '<unk>',
      '😀',
      'ﬁ',
      'Σ',
      '\ud800',
      '\ud83d',
      '\ude00',
      '\udfff',
    ),
  },
  { weight: 1, arbitrary: fc.array(characters, { maxLength: 3 }).map((all) => all.join('')) },
);
const texts = fc.oneof(
  { weight: 4, arbitrary: fc.array(units, { maxLength: 30 }).map((parts) => parts.join('')) },
  // Repetitions make regular expressions backtrack.
  {
    weight: 1,
    arbitrary: fc.tuple(units, units, fc.nat(1000)).map(([unit, last, times]) => unit.repeat(times) + last),
  },
);

/** The result, or undefined after an error of the library. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof ChainruleError) return undefined;
    throw error;
  }
}

function checkText(tokenizer: Tokenizer, again: Tokenizer, text: string, isRandom: boolean): void {
  const encoding = attempt(() => tokenizer.encode(text));
  if (!encoding) return;
  const { ids, tokens, offsets, typeIds } = encoding;
  if (tokens.length !== ids.length || typeIds.length !== ids.length || offsets.length !== 2 * ids.length)
    throw new Error('the parts of an encoding differ in length');
  for (let i = 0; i < offsets.length; i += 2) {
    if (!(offsets[i]! >= 0 && offsets[i]! <= offsets[i + 1]! && offsets[i + 1]! <= text.length))
      throw new Error(`token ${i / 2} stands for ${offsets[i]} to ${offsets[i + 1]} of ${text.length} units`);
  }
  if (!isRandom && again.encode(text).ids.join() !== ids.join())
    throw new Error('the tokenizer that was written and read again gives other ids');
  attempt(() => tokenizer.decode(ids));
}

const fuzzer: Fuzzer = defineFuzzer({
  name: 'tokenizers',
  summary: 'damaged and hostile tokenizer.json files: refused, or within limits of time and memory',
  inputs: fc.record({ file: tokenizerFiles, texts: fc.array(texts, { minLength: 1, maxLength: 3 }) }),
  limits: { seconds: 10, megabytes: 500 },
  check: ({ file, texts: given }) => {
    const tokenizer = attempt(() => readTokenizer(file as string | { readonly [key: string]: Json }));
    if (!tokenizer) return;
    const json = JSON.stringify(tokenizer);
    const isRandom = tokenizer.model.isRandom === true;
    for (const text of given) checkText(tokenizer, readTokenizer(json), text, isRandom);
  },
  show: ({ file, texts: given }) => `${JSON.stringify(file)}\nwith ${JSON.stringify(given)}`,
});
export default fuzzer;
