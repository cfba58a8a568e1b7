import { aSpecialToken } from '../checks.ts';
import { type Encoding, joinEncodings, withType } from '../encoding.ts';
import type { PostProcessor } from '../pipeline.ts';
import { specialEncoding } from './template.ts';

/** A special token and its id. */
export type SpecialToken = readonly [token: string, id: number];

/**
 * `[CLS] A [SEP]`, or `[CLS] A [SEP] B [SEP]` with the second text of type 1. Source: Devlin et al., "BERT", 2018.
 *
 * @example
 * const model = wordPiece({ vocab: ['[UNK]', '[CLS]', '[SEP]', 'a'] });
 * const tokenizer = new Tokenizer({ model, postProcessor: bertProcessing(['[SEP]', 2], ['[CLS]', 1]) });
 * [...tokenizer.encode('a', { pair: 'a' }).typeIds]; // => [0,0,0,1,1]
 */
export function bertProcessing(sep: SpecialToken, cls: SpecialToken): PostProcessor {
  aSpecialToken('bertProcessing', 'sep', sep);
  aSpecialToken('bertProcessing', 'cls', cls);
  const special = ([token, id]: SpecialToken, typeId: number): Encoding => specialEncoding([id], [token], typeId);
  return {
    process: (texts, addSpecialTokens) => {
      const [first, second] = texts as [Encoding, Encoding?];
      const parts = addSpecialTokens ? [special(cls, 0), withType(first, 0), special(sep, 0)] : [withType(first, 0)];
      if (second) parts.push(withType(second, 1));
      if (second && addSpecialTokens) parts.push(special(sep, 1));
      return [joinEncodings(parts)];
    },
    toJSON: () => ({ type: 'BertProcessing', sep: [...sep], cls: [...cls] }),
  };
}
