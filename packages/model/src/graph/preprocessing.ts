import { refuse } from '@chainrule/errors/check';

/** Objects that belong to a model but are not layers, by name, such as a fitted scaler or a tokenizer. Files keep its JSON. */
export interface Preprocessing {
  readonly [name: string]: { toJSON(): unknown };
}

/** Checks the preprocessing that a model is given. */
export function checkPreprocessing(op: string, given: unknown): asserts given is Preprocessing {
  const expectation = 'an object of values with `toJSON()`, such as `{ scaler }`';
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    refuse(op, 'preprocessing', expectation, given);
  for (const [key, value] of Object.entries(given))
    if (typeof (value as Preprocessing[string] | undefined)?.toJSON !== 'function')
      refuse(op, `preprocessing.${key}`, 'a value with `toJSON()`, such as a fitted scaler', value);
}
