import { aBoolean, checkOptions } from '@chainrule/errors/check';
import { aSpecialToken } from '../checks.ts';
import { type Encoding, joinEncodings, withType } from '../encoding.ts';
import type { PostProcessor } from '../pipeline.ts';
import type { SpecialToken } from './bertProcessing.ts';
import { trimOffsets } from './byteLevelProcessing.ts';
import { specialEncoding } from './template.ts';

/** Options of {@link robertaProcessing}. */
export interface RobertaProcessingOptions {
  /** Whether offsets exclude the spaces at the start and end of tokens; by default true. */
  readonly trimOffsets?: boolean;
  /** Kept for the file; this package ignores it. By default true. */
  readonly addPrefixSpace?: boolean;
}

/**
 * `<s> A </s>`, or `<s> A </s> </s> B </s>`, all of type 0. Source: Liu et al., "RoBERTa", 2019.
 *
 * @example
 * const model = bpe({ vocab: ['<s>', '</s>', 'a'], merges: [] });
 * const tokenizer = new Tokenizer({ model, postProcessor: robertaProcessing(['</s>', 1], ['<s>', 0]) });
 * tokenizer.encode('a', { pair: 'a' }).tokens; // => ['<s>','a','</s>','</s>','a','</s>']
 */
export function robertaProcessing(
  sep: SpecialToken,
  cls: SpecialToken,
  options: RobertaProcessingOptions = {},
): PostProcessor {
  aSpecialToken('robertaProcessing', 'sep', sep);
  aSpecialToken('robertaProcessing', 'cls', cls);
  checkOptions('robertaProcessing', options, { trimOffsets: aBoolean, addPrefixSpace: aBoolean });
  const { trimOffsets: trims = true, addPrefixSpace = true } = options;
  const special = ([token, id]: SpecialToken): Encoding => specialEncoding([id], [token], 0);
  return {
    process: (texts, addSpecialTokens) => {
      const plain = texts.map((text) => withType(trims ? trimOffsets(text) : text, 0));
      if (!addSpecialTokens) return plain;
      return [joinEncodings(plain.flatMap((text, i) => [special(i ? sep : cls), text, special(sep)]))];
    },
    toJSON: () => ({
      type: 'RobertaProcessing',
      sep: [...sep],
      cls: [...cls],
      trim_offsets: trims,
      add_prefix_space: addPrefixSpace,
    }),
  };
}
