import { OptionError, showValue, ValueError } from '@chainrule/errors';
import type { Json } from './json.ts';
import { Machine, TooManySteps } from './patterns/machine.ts';
import { parsePattern } from './patterns/parsePattern.ts';
import { compileProgram } from './patterns/program.ts';
import { PatternProblem } from './patterns/reader.ts';

/** Literal text, or a regular expression in Oniguruma's syntax. */
export type Pattern = string | { readonly regex: string };

/** Finds all matches in a text, in order, and returns the start and end of each. */
export type Finder = (text: string) => readonly number[];

/**
 * Compiles a pattern to a function that finds its matches as Oniguruma does, in time linear in the text. Expressions come
 * from files, so this package runs them on a machine of its own; JavaScript's engine can take exponential time.
 *
 * @throws OptionError for an invalid expression or an unsupported construct; the returned function throws ValueError if a
 * match takes too many steps
 */
export function compilePattern(op: string, pattern: Pattern): Finder {
  if (typeof pattern === 'string') return textFinder(op, pattern);
  const source: unknown = (pattern as { readonly regex?: unknown } | null)?.regex;
  if (typeof source !== 'string' || !source)
    throw new OptionError(`${op}: \`pattern\` must be text or \`{ regex }\`, got ${showValue(source ?? pattern)}`);
  const machine = machineOf(op, source);
  return (text) => {
    try {
      return machine.findAll(text);
    } catch (error) {
      if (!(error instanceof TooManySteps)) throw error;
      throw new ValueError(
        `${op}: \`pattern\` must match in linear time, got ${showValue(source)}, which takes too many steps for ${showValue(text)}; avoid repetitions within lookarounds and atomic groups`,
      );
    }
  };
}

function machineOf(op: string, source: string): Machine {
  try {
    return new Machine(compileProgram(parsePattern(source)));
  } catch (error) {
    if (!(error instanceof PatternProblem)) throw error;
    throw new OptionError(
      `${op}: \`pattern\` must be an Oniguruma expression that this package supports, got ${showValue(source)}: ${error.message}`,
    );
  }
}

function textFinder(op: string, content: string): Finder {
  if (!content) throw new OptionError(`${op}: \`pattern\` must not be empty, got ""`);
  return (text) => {
    const places: number[] = [];
    for (let at = text.indexOf(content); at >= 0; at = text.indexOf(content, at + content.length))
      places.push(at, at + content.length);
    return places;
  };
}

/** Finds the matches of a JavaScript expression from this package. Expressions from files must not come here. */
export function finderOf(pattern: RegExp): Finder {
  return (text) => {
    const places: number[] = [];
    for (const { 0: match, index } of text.matchAll(pattern)) places.push(index, index + match.length);
    return places;
  };
}

/** The pattern as in `tokenizer.json`. */
export function patternToJSON(pattern: Pattern): Json {
  return typeof pattern === 'string' ? { String: pattern } : { Regex: pattern.regex };
}
