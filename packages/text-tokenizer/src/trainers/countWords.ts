import { aString, checkOptions } from '@chainrule/errors/check';
import { wellFormed } from '../addedTokens.ts';
import { Aligned } from '../aligned.ts';
import { aNormalizer, aPreTokenizer, aStream, listOfTexts } from '../checks.ts';
import type { Normalizer, PreTokenizer } from '../pipeline.ts';

/** The steps of a tokenizer before its model. */
export interface WordSteps {
  readonly normalizer?: Normalizer | undefined;
  readonly preTokenizer?: PreTokenizer | undefined;
}

function counter(
  op: string,
  steps: WordSteps,
): {
  counts: Map<string, number>;
  add: (text: string) => void;
} {
  checkOptions(op, steps, { normalizer: aNormalizer, preTokenizer: aPreTokenizer });
  const { normalizer, preTokenizer } = steps;
  const counts = new Map<string, number>();
  return {
    counts,
    add: (text) => {
      aString(op, 'texts', text);
      const whole = new Aligned(wellFormed(text));
      const normalized = normalizer?.normalize(whole) ?? whole;
      if (!normalized.text) return;
      for (const { text: word } of preTokenizer?.split(normalized, true) ?? [normalized])
        counts.set(word, (counts.get(word) ?? 0) + 1);
    },
  };
}

/**
 * Counts the words of texts. Trainers need only these counts.
 *
 * @example
 * [...countWords(['to be', 'or to'], { preTokenizer: splitWhitespace() })]; // => [['to',2],['be',1],['or',1]]
 */
export function countWords(texts: Iterable<string>, steps: WordSteps = {}): Map<string, number> {
  listOfTexts('countWords', 'texts', texts);
  const { counts, add } = counter('countWords', steps);
  for (const text of texts) add(text);
  return counts;
}

/**
 * Counts the words of a stream of texts, such as the lines of a file that is larger than the memory.
 *
 * @example
 * const lines = textLines([new TextEncoder().encode('to be\nor to')]);
 * (await countWordsAsync(lines, { preTokenizer: splitWhitespace() })).get('to'); // => 2
 */
export async function countWordsAsync(
  texts: AsyncIterable<string>,
  steps: WordSteps = {},
): Promise<Map<string, number>> {
  aStream('countWordsAsync', 'texts', texts);
  const { counts, add } = counter('countWordsAsync', steps);
  for await (const text of texts) add(text);
  return counts;
}
