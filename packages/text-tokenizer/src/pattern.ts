import { OptionError, showValue, ValueError } from '@chainrule/errors';
import type { Json } from './json.ts';
import { Machine, TooManySteps } from './patterns/machine.ts';
import { parsePattern } from './patterns/parsePattern.ts';
import { compileProgram } from './patterns/program.ts';
import { PatternProblem } from './patterns/reader.ts';

/** Text that must match as it stands, or a regular expression in Oniguruma's syntax. */
export type Pattern = string | { readonly regex: string };

/** Finds all matches in a text: two places each, the first match first. */
export type Finder = (text: string) => readonly number[];

/**
 * A function that finds the matches of a pattern as Oniguruma finds them, in time linear in the text. Expressions come
 * from files, so a machine of this package runs them, not JavaScript's engine, whose time may double with each letter.
 *
 * @throws OptionError for an expression that is wrong or holds a construct that is not read; the function throws
 * ValueError where an expression takes too many steps
 */
export function compilePattern(op: string, pattern: Pattern): Finder {
  if (typeof pattern === 'string') return textFinder(op, pattern);
  const source: unknown = (pattern as { readonly regex?: unknown } | null)?.regex;
  if (typeof source !== 'string' || !source)
    throw new OptionError(
      `${op}: \`pattern\` must be text or \`{ regex }\` with an expression, got ${showValue(source ?? pattern)}`,
    );
  const machine = machineOf(op, source);
  return (text) => {
    try {
      return machine.findAll(text);
    } catch (error) {
      if (!(error instanceof TooManySteps)) throw error;
      throw new ValueError(
        `${op}: \`pattern\` must match in linear time, got ${showValue(source)}, which takes too many steps for ${showValue(text)}; write it without looks or atomic groups that repeat`,
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
      `${op}: \`pattern\` must be an expression of Oniguruma's that this package reads, got ${showValue(source)}, with ${error.message}`,
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

/** The matches of a JavaScript expression of this package; files may not bring one. */
export function finderOf(pattern: RegExp): Finder {
  return (text) => {
    const places: number[] = [];
    for (const { 0: match, index } of text.matchAll(pattern)) places.push(index, index + match.length);
    return places;
  };
}

/** The pattern as `tokenizer.json` writes it. */
export function patternToJSON(pattern: Pattern): Json {
  return typeof pattern === 'string' ? { String: pattern } : { Regex: pattern.regex };
}
