import { aString } from '@chainrule/errors/check';
import { insertBefore } from '../aligned.ts';
import type { Normalizer } from '../pipeline.ts';

/**
 * Puts text before a text that is not empty.
 *
 * @example
 * prependText('▁').normalize(new Aligned('a')).text; // => ▁a
 */
export function prependText(content: string): Normalizer {
  aString('prependText', 'content', content);
  return {
    normalize: (text) => (text.text ? insertBefore(text, content) : text),
    toJSON: () => ({ type: 'Prepend', prepend: content }),
  };
}
