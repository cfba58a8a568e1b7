import { showValue, ValueError } from '@chainrule/errors';
import { aString, checkOptions, integerFrom } from '@chainrule/errors/check';
import { aVocabulary } from '../checks.ts';
import type { Model } from '../pipeline.ts';
import { Vocabulary } from './vocabulary.ts';
import { WordBuilder } from './wordBuilder.ts';

/** Options of {@link wordPiece}. */
export interface WordPieceOptions {
  /** Tokens in the order of their ids, or each with its id. */
  readonly vocab: readonly string[] | ReadonlyMap<string, number>;
  /** The token for words that the vocabulary cannot spell; by default `[UNK]`. */
  readonly unkToken?: string;
  /** Prefix of tokens within a word; by default `##`. */
  readonly continuingSubwordPrefix?: string;
  /** The greatest length of a word in characters; longer words are unknown. By default 100. */
  readonly maxInputCharsPerWord?: number;
}

/**
 * WordPiece: takes the longest token that starts the word, then the longest that starts the rest, and so on. If that fails
 * before the end of the word, the whole word is unknown.
 *
 * Source: Schuster and Nakajima, "Japanese and Korean Voice Search", 2012; Devlin et al., "BERT", 2018.
 *
 * @throws ValueError if the vocabulary lacks `unkToken`
 * @example
 * const model = wordPiece({ vocab: ['[UNK]', 'un', '##aff', '##able'] });
 * model.encodeWord('unaffable').tokens; // => ['un','##aff','##able']
 */
export function wordPiece(options: WordPieceOptions): Model {
  checkOptions(
    'wordPiece',
    options,
    { vocab: aVocabulary, unkToken: aString, continuingSubwordPrefix: aString, maxInputCharsPerWord: integerFrom(0) },
    'vocab',
  );
  const { unkToken = '[UNK]', continuingSubwordPrefix: prefix = '##', maxInputCharsPerWord = 100 } = options;
  const vocabulary = new Vocabulary(options.vocab);
  const unkId = vocabulary.id(unkToken);
  if (unkId === undefined)
    throw new ValueError(`wordPiece: \`unkToken\` must be in \`vocab\`, got ${showValue(unkToken)}`);
  let longest = 1;
  for (const [token] of vocabulary.entries()) longest = Math.max(longest, token.length);
  const isTooLong = (word: string): boolean =>
    word.length > maxInputCharsPerWord && [...word].length > maxInputCharsPerWord;
  return {
    vocabulary,
    encodeWord: (word) => {
      aString('encodeWord', 'word', word);
      const tokens = new WordBuilder();
      let from = isTooLong(word) ? -1 : 0;
      while (from >= 0 && from < word.length) {
        let to = Math.min(word.length, from + longest);
        let id: number | undefined;
        for (; to > from; to--) {
          const part = word.slice(from, to);
          const token = from ? prefix + part : part;
          id = vocabulary.id(token);
          if (id === undefined) continue;
          tokens.push(id, token, from, to);
          break;
        }
        from = id === undefined ? -1 : to;
      }
      return from >= 0 ? tokens : { ids: [unkId], tokens: [unkToken], starts: [0], ends: [word.length] };
    },
    toJSON: () => ({
      type: 'WordPiece',
      unk_token: unkToken,
      continuing_subword_prefix: prefix,
      max_input_chars_per_word: maxInputCharsPerWord,
      vocab: vocabulary.toJSON(),
    }),
  };
}
