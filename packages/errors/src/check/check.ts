import { OptionError } from '../errors.ts';
import { showValue } from '../show.ts';

/** Throws an error in the name of `op` if `value` does not fit the argument or option `name`. */
export type Check = (op: string, name: string, value: unknown) => void;

/** A check for each option. The compiler reports one that is missing, and one too many. */
export type Checks<Options> = { readonly [K in keyof Options]-?: Check };

/**
 * Throws the error of an argument that does not fit. If it is a promise, the error asks about a missing `await`.
 *
 * @param remedy - what to write instead
 * @example
 * try { refuse('dense', 'units', 'a positive integer', 1.5); } catch (e) { console.log(e.message); } // => dense: `units` must be a positive integer, got 1.5
 */
export function refuse(op: string, name: string, expectation: string, value: unknown, remedy?: string): never {
  const advice = isPromise(value) ? 'did you forget `await`?' : remedy;
  throw new OptionError(
    `${op}: \`${name}\` must be ${expectation}, got ${showValue(value)}${advice ? `; ${advice}` : ''}`,
  );
}

/**
 * Whether `value` is a promise.
 *
 * @example
 * isPromise(Promise.resolve(1)); // => true
 */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function';
}

/**
 * Makes a check of a predicate.
 *
 * @example
 * const even = checkThat('an even number', (value) => Number(value) % 2 === 0);
 */
export function checkThat(expectation: string, fits: (value: unknown) => boolean): Check {
  return (op, name, value) => {
    if (!fits(value)) refuse(op, name, expectation, value);
  };
}

/**
 * Makes a check for numbers, which NaN never passes.
 *
 * @example
 * const percent = numberThat('in [0, 100]', (value) => value >= 0 && value <= 100);
 */
export function numberThat(range: string, fits: (value: number) => boolean): Check {
  return checkThat(range, (value) => typeof value === 'number' && fits(value));
}

/**
 * Makes a check for integers of at least `least`.
 *
 * @example
 * const depth = integerFrom(0);
 */
export function integerFrom(least: number): Check {
  return numberThat(
    least === 1 ? 'a positive integer' : `an integer of at least ${least}`,
    (value) => Number.isInteger(value) && value >= least,
  );
}

/**
 * Makes a check for one of a few values.
 *
 * @example
 * const order = oneOf('pre', 'post');
 */
export function oneOf(...values: readonly unknown[]): Check {
  return checkThat(
    values
      .map(showValue)
      .join(', ')
      .replace(/, ([^,]*)$/, ' or $1'),
    (value) => values.includes(value),
  );
}

/**
 * Makes a check that also accepts `undefined`, for an optional argument.
 *
 * @example
 * const maybe = optional(aBoolean);
 */
export function optional(check: Check): Check {
  return (op, name, value) => {
    if (value !== undefined) check(op, name, value);
  };
}

/**
 * Makes a check for a list whose items all fit.
 *
 * @example
 * const names = listOf('a list of names', aString);
 */
export function listOf(expectation: string, check: Check): Check {
  return (op, name, value) => {
    if (!Array.isArray(value)) refuse(op, name, expectation, value);
    value.forEach((item, i) => check(op, `${name}[${i}]`, item));
  };
}

/** Accepts everything: the function itself checks this argument. */
export const anything: Check = () => {};
export const aBoolean: Check = /* @__PURE__ */ checkThat('true or false', (value) => typeof value === 'boolean');
export const aString: Check = /* @__PURE__ */ checkThat('a string', (value) => typeof value === 'string');
/** A path of a file or a folder, which need not exist. */
export const aPath: Check = /* @__PURE__ */ checkThat(
  'a path of at least one character',
  (value) => typeof value === 'string' && value !== '' && !value.includes('\0'),
);
export const aFunction: Check = /* @__PURE__ */ checkThat('a function', (value) => typeof value === 'function');
/** Not NaN. */
export const aNumber: Check = /* @__PURE__ */ numberThat('a number', (value) => !Number.isNaN(value));
export const aFiniteNumber: Check = /* @__PURE__ */ numberThat('a finite number', (value) => Number.isFinite(value));
export const anInteger: Check = /* @__PURE__ */ numberThat('an integer', (value) => Number.isInteger(value));
export const aCount: Check = /* @__PURE__ */ integerFrom(1);
export const positive: Check = /* @__PURE__ */ numberThat('above 0', (value) => value > 0);
export const nonNegative: Check = /* @__PURE__ */ numberThat('at least 0', (value) => value >= 0);
export const belowOne: Check = /* @__PURE__ */ numberThat('in [0, 1)', (value) => value >= 0 && value < 1);
export const upToOne: Check = /* @__PURE__ */ numberThat('in [0, 1]', (value) => value >= 0 && value <= 1);

/**
 * Makes a check for a value that callers import, but sometimes pass as a string or forget to call.
 *
 * @param module - the package that exports it
 * @param call - `()` if the import must be called to make the value
 * @example
 * const anActivation = importedFrom('@chainrule/tensor', 'a function such as `relu`', (value) => typeof value === 'function');
 */
export function importedFrom(module: string, expectation: string, fits: (value: unknown) => boolean, call = ''): Check {
  return (op, name, value) => {
    if (fits(value)) return;
    const word = typeof value === 'string' ? importOf(value) : '';
    const forgotten = typeof value === 'function' ? `call it: \`${value.name}()\`` : undefined;
    refuse(
      op,
      name,
      expectation,
      value,
      word ? `write \`import { ${word} } from '${module}'\` and pass \`${word}${call}\`` : forgotten,
    );
  };
}

/** Names of Keras that differ from ours. */
const ours: Readonly<Record<string, string>> = {
  mse: 'meanSquaredError',
  mae: 'meanAbsoluteError',
  accuracy: 'sparseCategoricalAccuracy',
};

/** Our spelling of another library's name: `binary_accuracy`, `Adam`, `SGD`, `mse`. */
function importOf(name: string): string {
  const lower = name === name.toUpperCase() ? name.toLowerCase() : name;
  if (Object.hasOwn(ours, lower)) return ours[lower]!;
  return lower
    .replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase())
    .replace(/^[A-Z]/, (c) => c.toLowerCase());
}
