import { type Aligned, transform } from '../aligned.ts';
import type { Normalizer } from '../steps.ts';

/** One of Unicode's four normalisation forms. */
export type UnicodeForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

/** What combines with the character before it: marks, the later letters of a Hangul syllable, half-width sound marks. */
const segments = /[^][\p{M}\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f]+|[^\0-\x7f]/gu;

/**
 * Unicode normalisation. Source: Unicode Standard Annex #15.
 *
 * @example
 * unicodeForm('NFKC').normalize(new Aligned('ﬁve')).text; // => five
 */
export function unicodeForm(form: UnicodeForm): Normalizer {
  return {
    normalize: (text: Aligned) => transform(text, segments, (part) => part.normalize(form)),
    toJSON: () => ({ type: form }),
  };
}
