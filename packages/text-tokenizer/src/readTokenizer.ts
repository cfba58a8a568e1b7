import { ChainruleError, FormatError } from '@chainrule/errors';
import { aFunction, aString, checkOptions } from '@chainrule/errors/check';
import type { AddedToken } from './addedTokens.ts';
import { Field, type Json, parseJson } from './json.ts';
import { readDecoder } from './read/readDecoder.ts';
import { readModel } from './read/readModel.ts';
import { readNormalizer } from './read/readNormalizer.ts';
import { readPostProcessor } from './read/readPostProcessor.ts';
import { readPreTokenizer } from './read/readPreTokenizer.ts';
import { Tokenizer } from './tokenizer.ts';

/** Options of {@link readTokenizer}. */
export interface ReadTokenizerOptions {
  /** The name of the file in error messages; by default `tokenizer.json`. */
  readonly name?: string;
  /** Draws a number in [0, 1) for a model with dropout; by default `Math.random`. */
  readonly random?: () => number;
}

/**
 * Reads a `tokenizer.json` of Hugging Face, with all kinds of models and steps. Throws if the file has a step or an
 * expression that this package does not support, instead of skipping it. Ignores `truncation` and `padding`; use
 * `maxLength` of `encode`, and `padSequences`.
 *
 * @param json - the text of the file, or the result of parsing it
 * @throws FormatError if the file is wrong or unsupported; the message names the field
 * @example
 * const tokenizer = new Tokenizer({ model: bpe({ vocab: ['a', 'aa'], merges: [['a', 'a']] }) });
 * readTokenizer(JSON.stringify(tokenizer)).encode('aaa').tokens; // => ['aa','a']
 */
export function readTokenizer(
  json: string | { readonly [key: string]: Json },
  options: ReadTokenizerOptions = {},
): Tokenizer {
  checkOptions('readTokenizer', options, { name: aString, random: aFunction });
  const op = `readTokenizer: ${options.name ?? 'tokenizer.json'}`;
  try {
    const file = new Field(op, typeof json === 'string' ? parseJson(op, json) : json);
    return new Tokenizer({
      normalizer: optional(file.at('normalizer'), readNormalizer),
      preTokenizer: optional(file.at('pre_tokenizer'), readPreTokenizer),
      model: readModel(file.at('model'), { random: options.random }),
      postProcessor: optional(file.at('post_processor'), readPostProcessor),
      decoder: optional(file.at('decoder'), readDecoder),
      addedTokens: readAdded(file.at('added_tokens')),
    });
  } catch (error) {
    if (error instanceof FormatError || !(error instanceof ChainruleError)) throw error;
    throw new FormatError(`${op}: ${error.message}`, { cause: error });
  }
}

function optional<T>(field: Field, read: (field: Field) => T): T | undefined {
  return field.isNone ? undefined : read(field);
}

function readAdded(field: Field): AddedToken[] {
  if (field.isNone) return [];
  return field.list().map((token) => {
    const special = token.at('special').boolean(false);
    return {
      id: token.at('id').count(),
      content: token.at('content').string(),
      special,
      normalized: token.at('normalized').boolean(!special),
      lstrip: token.at('lstrip').boolean(false),
      rstrip: token.at('rstrip').boolean(false),
      singleWord: token.at('single_word').boolean(false),
    };
  });
}
