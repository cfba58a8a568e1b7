import { showValue, ValueError } from '@chainrule/errors';
import { aString, checkOptions } from '@chainrule/errors/check';
import { aVocabulary } from '../checks.ts';
import type { Model } from '../pipeline.ts';
import { Vocabulary } from './vocabulary.ts';

/** Options of {@link wordLevel}. */
export interface WordLevelOptions {
  /** Tokens in the order of their ids, or each with its id. */
  readonly vocab: readonly string[] | ReadonlyMap<string, number>;
  /** The token for unknown words; by default `<unk>`. */
  readonly unkToken?: string;
}

/**
 * Makes each piece one token: itself, or the unknown token if the vocabulary lacks it.
 *
 * @throws ValueError, in `encodeWord`, for an unknown word if the vocabulary lacks `unkToken` too
 * @example
 * const model = wordLevel({ vocab: ['<unk>', 'so', 'what'] });
 * [model.encodeWord('what').ids, model.encodeWord('why').tokens]; // => [[2],['<unk>']]
 */
export function wordLevel(options: WordLevelOptions): Model {
  checkOptions('wordLevel', options, { vocab: aVocabulary, unkToken: aString }, 'vocab');
  const { unkToken = '<unk>' } = options;
  const vocabulary = new Vocabulary(options.vocab);
  return {
    vocabulary,
    encodeWord: (word) => {
      aString('encodeWord', 'word', word);
      const known = vocabulary.id(word);
      const id = known ?? vocabulary.id(unkToken);
      if (id === undefined)
        throw new ValueError(
          `wordLevel: \`vocab\` must contain each word or ${showValue(unkToken)}, got ${showValue(word)}`,
        );
      return { ids: [id], tokens: [known === undefined ? unkToken : word], starts: [0], ends: [word.length] };
    },
    toJSON: () => ({ type: 'WordLevel', vocab: vocabulary.toJSON(), unk_token: unkToken }),
  };
}
