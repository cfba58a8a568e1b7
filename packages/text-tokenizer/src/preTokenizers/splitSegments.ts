import { OptionError, showValue } from '@chainrule/errors';
import { aString, optional } from '@chainrule/errors/check';
import type { PreTokenizer } from '../pipeline.ts';

/** Splits a text into words and the parts between them, by the rules and dictionaries of the platform. */
function segmenterOf(op: string, locale: string | undefined): Intl.Segmenter {
  optional(aString)(op, 'locale', locale);
  try {
    return new Intl.Segmenter(locale, { granularity: 'word' });
  } catch {
    throw new OptionError(`${op}: \`locale\` must be a language's tag, such as "ja", got ${showValue(locale)}`);
  }
}

/**
 * Finds the words of a text, without punctuation, by `Intl.Segmenter`. Suits scripts that write no spaces between words,
 * such as Thai, Chinese or Japanese. Results depend on the platform's dictionaries, so two versions may differ.
 *
 * @param locale - a language tag, such as `ja`; by default that of the platform
 * @example
 * segmentWords('吾輩は猫である。', 'ja').length > 1; // => true
 */
export function segmentWords(text: string, locale?: string): string[] {
  aString('segmentWords', 'text', text);
  const segments = [...segmenterOf('segmentWords', locale).segment(text)];
  return segments.filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

/**
 * Splits a text at the word boundaries of `Intl.Segmenter`. Keeps punctuation and drops whitespace. `tokenizer.json` has no
 * name for this step.
 *
 * @param locale - a language tag; by default that of the platform
 * @example
 * splitSegments('th').split(new Aligned('สวัสดีครับ'), true).map(({ text }) => text); // => ['สวัสดี','ครับ']
 */
export function splitSegments(locale?: string): PreTokenizer {
  const segmenter = segmenterOf('splitSegments', locale);
  return {
    split: (text) =>
      [...segmenter.segment(text.text)]
        .filter(({ segment }) => segment.trim())
        .map(({ segment, index }) => text.slice(index, index + segment.length)),
    toJSON: () => {
      throw new OptionError(
        'splitSegments: `tokenizer.json` has no pre-tokenizer for segments; use another one to write it',
      );
    },
  };
}
