import { oneOf } from '@chainrule/errors/check';
import { type Aligned, transform } from '../aligned.ts';
import { undecomposedClass } from '../characters.ts';
import type { Normalizer } from '../pipeline.ts';

/** One of Unicode's four normalization forms. */
export type UnicodeForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

/** Characters that combine with the one before: marks, later letters of a Hangul syllable, and half-width sound marks. */
const segments = /[^][\p{M}\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f]+|[^\0-\x7f]/gu;

/** Runs of characters that Unicode 12 decomposes, and runs of those that it does not. */
const runs = /* @__PURE__ */ new RegExp(`${undecomposedClass}+|[^${undecomposedClass}]+`, 'gv');
const isUndecomposed = /* @__PURE__ */ new RegExp(`^${undecomposedClass}`, 'v');

function normalForm(text: string, form: UnicodeForm): string {
  const normal = text.normalize(form);
  if (normal === text) return text;
  const parts = text.match(runs)!;
  return parts.length === 1 && !isUndecomposed.test(text)
    ? normal
    : parts.map((part) => (isUndecomposed.test(part) ? part : part.normalize(form))).join('');
}

/**
 * Unicode normalization. Uses the characters of Unicode 12, as the Rust library does. Source: Unicode Standard Annex #15.
 *
 * @example
 * unicodeForm('NFKC').normalize(new Aligned('ﬁve')).text; // => five
 */
export function unicodeForm(form: UnicodeForm): Normalizer {
  oneOf('NFC', 'NFD', 'NFKC', 'NFKD')('unicodeForm', 'form', form);
  return {
    normalize: (text: Aligned) => transform(text, segments, (part) => normalForm(part, form)),
    toJSON: () => ({ type: form }),
  };
}
