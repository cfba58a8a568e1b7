import { aBoolean, type Check, checkOptions, checkThat, oneOf } from '@chainrule/errors/check';
import { type Aligned, insertBefore, rewrite } from '../aligned.ts';
import type { PreTokenizer } from '../pipeline.ts';

/** Options of {@link metaspace}. */
export interface MetaspaceOptions {
  /** The character that replaces a space; by default `▁`, U+2581. */
  readonly replacement?: string;
  /** When to put a space before a text that does not start with one: always, never, or only at the start of the input; by default always. */
  readonly prependScheme?: 'always' | 'never' | 'first';
  /** Whether to split before each space; by default true. */
  readonly split?: boolean;
}

export const aReplacement: Check = /* @__PURE__ */ checkThat(
  'one character',
  (value) => typeof value === 'string' && value.length === 1,
);

/**
 * Makes spaces visible and splits before them, so that a word looks the same at the start of a text and within it. Source:
 * Kudo and Richardson, "SentencePiece", 2018.
 *
 * @throws OptionError if `replacement` is not one UTF-16 unit
 * @example
 * metaspace().split(new Aligned('so what'), true).map(({ text }) => text); // => ['▁so','▁what']
 */
export function metaspace(options: MetaspaceOptions = {}): PreTokenizer {
  checkOptions('metaspace', options, {
    replacement: aReplacement,
    prependScheme: oneOf('always', 'first', 'never'),
    split: aBoolean,
  });
  const { replacement = '▁', prependScheme = 'always', split = true } = options;
  const splitAtSpaces = (text: Aligned): Aligned[] => {
    const pieces: Aligned[] = [];
    for (let from = 0; from < text.text.length;) {
      const next = text.text.indexOf(replacement, from + 1);
      const to = next < 0 ? text.text.length : next;
      pieces.push(text.slice(from, to));
      from = to;
    }
    return pieces;
  };
  return {
    split: (text, isFirst) => {
      const visible = rewrite(text, / /g, () => replacement);
      const pieces = split ? splitAtSpaces(visible) : [visible];
      const prepends = prependScheme === 'always' || (prependScheme === 'first' && isFirst && text.from(0) === 0);
      const [first] = pieces;
      if (first && prepends && !first.text.startsWith(replacement)) pieces[0] = insertBefore(first, replacement);
      return pieces;
    },
    toJSON: () => ({ type: 'Metaspace', replacement, prepend_scheme: prependScheme, split }),
  };
}
