import type { Field } from '../json.ts';
import type { Pattern } from '../pattern.ts';

/** `{ "String": … }` or `{ "Regex": … }`. */
export function readPattern(field: Field): Pattern {
  return field.at('Regex').isNone ? field.at('String').string() : { regex: field.at('Regex').string() };
}

const deepest = 32;

/** The depth below `depth`; steps within steps without end are refused before they fill the stack. */
export function nested(field: Field, depth: number): number {
  return depth < deepest ? depth + 1 : field.fail(`no more than ${deepest} sequences within one another`);
}
