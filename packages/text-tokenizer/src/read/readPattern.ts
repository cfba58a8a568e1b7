import type { Field } from '../json.ts';
import type { Pattern } from '../pattern.ts';

/** `{ "String": … }` or `{ "Regex": … }`. */
export function readPattern(field: Field): Pattern {
  return field.at('Regex').isNone ? field.at('String').string() : { regex: field.at('Regex').string() };
}

const deepest = 32;

/** One more than `depth`. Rejects deeper nesting than the stack could hold. */
export function nested(field: Field, depth: number): number {
  return depth < deepest ? depth + 1 : field.fail(`at most ${deepest} nested sequences`);
}
