import { OptionError, showValue } from '@chainrule/errors';
import { aString, optional } from '@chainrule/errors/check';
import type { PreTokenizer } from '../pipeline.ts';

/** Cuts a text into words and what lies between them, by the rules and dictionaries of the platform. */
function segmenterOf(op: string, locale: string | undefined): Intl.Segmenter {
  optional(aString)(op, 'locale', locale);
  try {
    return new Intl.Segmenter(locale, { granularity: 'word' });
  } catch {
    throw new OptionError(`${op}: \`locale\` must be a language's tag, such as "ja", got ${showValue(locale)}`);
  }
}

/**
 * The words of a text in a script that may write no spaces between them, such as Thai, Chinese or Japanese, by
 * `Intl.Segmenter`; without punctuation. Words depend on the platform's dictionaries: two versions may differ.
 *
 * @param locale - the language's tag, such as `ja`; by default the platform's
 * @example
 * segmentWords('吾輩は猫である。', 'ja').length > 1; // => true
 */
export function segmentWords(text: string, locale?: string): string[] {
  aString('segmentWords', 'text', text);
  const segments = [...segmenterOf('segmentWords', locale).segment(text)];
  return segments.filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

/**
 * Cuts where `Intl.Segmenter` sees words; punctuation stays, white space goes. `tokenizer.json` has no name for it.
 *
 * @param locale - the language's tag; by default the platform's
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
        'splitSegments: `tokenizer.json` knows no pre-tokenizer that segments; split with another one to write it',
      );
    },
  };
}
