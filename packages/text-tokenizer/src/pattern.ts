import { OptionError, showValue } from '@chainrule/errors';
import type { Json } from './json.ts';

/** Text that must match as it stands, or a regular expression. */
export type Pattern = string | { readonly regex: string };

/**
 * The pattern as a JavaScript expression. Files of Hugging Face hold Oniguruma's expressions; of what differs, `\d`,
 * `\w`, `\b`, `\h` mean all of Unicode and `(?i:…)` ignores case, as there. Classes within classes, possessive
 * quantifiers and what else JavaScript does not know are refused.
 *
 * @throws OptionError for an expression that does not compile
 */
export function compilePattern(op: string, pattern: Pattern): RegExp {
  const given = typeof pattern === 'string' ? pattern : pattern.regex;
  const source = typeof pattern === 'string' ? given.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&') : fromOniguruma(given);
  try {
    if (source) return new RegExp(source, 'gmu');
  } catch {
    // Said below.
  }
  throw new OptionError(`${op}: \`pattern\` must be text or an expression that JavaScript compiles too, got ${showValue(given)}`);
}

/** The pattern as `tokenizer.json` writes it. */
export function patternToJSON(pattern: Pattern): Json {
  return typeof pattern === 'string' ? { String: pattern } : { Regex: pattern.regex };
}

const word = '\\p{L}\\p{M}\\p{N}\\p{Pc}';
/** Escapes that mean more than JavaScript's, outside and within a class; without the latter, they are refused there. */
const escapes: Readonly<Record<string, readonly [string, string?]>> = {
  '\\d': ['\\p{Nd}', '\\p{Nd}'],
  '\\D': ['\\P{Nd}', '\\P{Nd}'],
  '\\w': [`[${word}]`, word],
  '\\W': [`[^${word}]`],
  '\\h': ['[0-9A-Fa-f]', '0-9A-Fa-f'],
  '\\H': ['[^0-9A-Fa-f]'],
  '\\b': [`(?:(?<=[${word}])(?![${word}])|(?<![${word}])(?=[${word}]))`, '\\b'],
  '\\B': [`(?:(?<=[${word}])(?=[${word}])|(?<![${word}])(?![${word}]))`],
};
const parts = /\\[pPx]\{[^}]*\}|\\x[^]{2}|\\u[^]{4}|\\[^]|\(\?[a-z-]+[:)]|[a-z]-[a-z]|[A-Z]-[A-Z]|[^]/gu;

/** Goes through the expression once; nothing where it holds what is refused. */
function fromOniguruma(regex: string): string | undefined {
  let [inClass, depth, foldFrom] = [false, 0, 0];
  let source = '';
  for (const [part] of regex.matchAll(parts)) {
    const isOption = part.length > 1 && part[0] === '(';
    if ((inClass && part === '[') || (isOption && (inClass || part !== '(?i:'))) return undefined;
    if (part === '[') inClass = true;
    if (part === ']') inClass = false;
    if (part[0] === '(' && !inClass) depth += 1;
    if (isOption) foldFrom ||= depth;
    if (part === ')' && !inClass) {
      if (foldFrom === depth) foldFrom = 0;
      depth -= 1;
    }
    const written = part[0] === '\\' ? escaped(part, inClass) : isOption ? '(?:' : foldFrom ? folded(part, inClass) : part;
    if (written === undefined) return undefined;
    source += written;
  }
  return source;
}

function escaped(part: string, inClass: boolean): string | undefined {
  const known = escapes[part];
  if (known) return known[inClass ? 1 : 0];
  // JavaScript refuses to escape what needs no escape.
  return /^\\[^\w^$\\.*+?()[\]{}|/-]$/u.test(part) ? part[1] : part;
}

function folded(part: string, inClass: boolean): string {
  if (!/^[a-z]/i.test(part)) return part;
  if (part.length > 1 && !inClass) return [...part].map((letter) => folded(letter, false)).join('');
  const both = part.toLowerCase() + part.toUpperCase();
  return inClass ? both : `[${both}]`;
}
