import { aBoolean, checkOptions } from '@chainrule/errors/check';
import { afterSpaces, beforeSpaces } from '../characters.ts';
import type { Normalizer } from '../pipeline.ts';

/** Options of {@link stripSpaces}. */
export interface StripSpacesOptions {
  /** Whether to strip the start; by default true. */
  readonly left?: boolean;
  /** Whether to strip the end; by default true. */
  readonly right?: boolean;
}

/**
 * Removes whitespace at the start and end of a text.
 *
 * @example
 * stripSpaces({ right: false }).normalize(new Aligned('  a ')).text; // => a
 */
export function stripSpaces(options: StripSpacesOptions = {}): Normalizer {
  checkOptions('stripSpaces', options, { left: aBoolean, right: aBoolean });
  const { left = true, right = true } = options;
  return {
    normalize: (aligned) => {
      const { text } = aligned;
      const from = left ? afterSpaces(text, 0) : 0;
      return aligned.slice(from, right ? beforeSpaces(text, text.length, from) : text.length);
    },
    toJSON: () => ({ type: 'Strip', strip_left: left, strip_right: right }),
  };
}
