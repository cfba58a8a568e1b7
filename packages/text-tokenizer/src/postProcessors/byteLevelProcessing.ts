import { aBoolean, checkOptions } from '@chainrule/errors/check';
import { byteLetters } from '../byteLetters.ts';
import type { Encoding } from '../encoding.ts';
import type { PostProcessor } from '../pipeline.ts';

const space = byteLetters[0x20]!;

/** Shrinks the offsets of byte-level tokens so that they exclude leading and trailing spaces. */
export function trimOffsets(encoding: Encoding): Encoding {
  const offsets = encoding.offsets.slice();
  for (const [i, token] of encoding.tokens.entries()) {
    const [from, to] = [offsets[2 * i]!, offsets[2 * i + 1]!];
    let [start, end] = [0, token.length];
    while (start < end && token[start] === space) start += 1;
    while (end > start && token[end - 1] === space) end -= 1;
    offsets[2 * i] = Math.min(to, from + start);
    offsets[2 * i + 1] = Math.max(offsets[2 * i]!, to - (token.length - end));
  }
  return { ...encoding, offsets };
}

/** Options of {@link byteLevelProcessing}. */
export interface ByteLevelProcessingOptions {
  /** Whether offsets exclude the spaces at the start and end of tokens; by default true. */
  readonly trimOffsets?: boolean;
}

/**
 * Excludes spaces from the offsets of byte-level tokens. Adds no tokens.
 *
 * @example
 * const model = bpe({ vocab: ['a', 'Ġ', 'Ġa'], merges: [['Ġ', 'a']] });
 * const tokenizer = new Tokenizer({ preTokenizer: byteLevel(), model, postProcessor: byteLevelProcessing() });
 * [...tokenizer.encode('a a').offsets]; // => [0,1,2,3]
 */
export function byteLevelProcessing(options: ByteLevelProcessingOptions = {}): PostProcessor {
  checkOptions('byteLevelProcessing', options, { trimOffsets: aBoolean });
  const { trimOffsets: trims = true } = options;
  return {
    process: (texts) => (trims ? texts.map(trimOffsets) : [...texts]),
    toJSON: () => ({ type: 'ByteLevel', add_prefix_space: true, trim_offsets: trims, use_regex: true }),
  };
}
