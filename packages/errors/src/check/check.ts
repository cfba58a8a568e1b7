import { OptionError } from '../errors.ts';
import { isPlain, showValue } from '../show.ts';

/** Throws if `value` is not valid for the argument or option `name` of `op`. */
export type Check = (op: string, name: string, value: unknown) => void;

/** A check for each option. Missing or extra checks do not compile. */
export type Checks<Options> = { readonly [K in keyof Options]-?: Check };

/**
 * Throws the error for an invalid argument. If the value is a promise, the message asks about a missing `await`; if it is an
 * object with the argument as a field, the message shows the call without the object.
 *
 * @param remedy - advice to the caller
 * @example
 * try { refuse('dense', 'units', 'a positive integer', 1.5); } catch (e) { console.log(e.message); } // => dense: `units` must be a positive integer, got 1.5
 */
export function refuse(op: string, name: string, expectation: string, value: unknown, remedy?: string): never {
  const advice = isPromise(value) ? 'did you forget `await`?' : (remedy ?? withoutObject(op, name, value));
  throw new OptionError(
    `${op}: \`${name}\` must be ${expectation}, got ${showValue(value)}${advice ? `; ${advice}` : ''}`,
  );
}

/** `dense(10)` for `dense({ units: 10 })`. */
function withoutObject(op: string, name: string, value: unknown): string | undefined {
  if (!isPlain(value) || !Object.hasOwn(value, name)) return undefined;
  return `write \`${op}(${showValue(value[name])}${Object.keys(value).length > 1 ? ', …' : ''})\``;
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
 * Whether `value` can be a part of a path such as `encoder/dense/kernel`.
 *
 * @example
 * ['dense', 'a/b', ''].map(isName); // => true,false,false
 */
export function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes('/');
}

/**
 * Makes a check from a predicate.
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
 * Makes a check for numbers. It rejects NaN if `fits` compares the number.
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
  const shown = values.map(showValue);
  const last = shown.pop()!;
  return checkThat(shown.length ? `${shown.join(', ')} or ${last}` : last, (value) => values.includes(value));
}

/**
 * Makes a check that also accepts `undefined`, for optional arguments.
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
 * Makes a check for lists; `check` applies to each item.
 *
 * @example
 * const names = listOf('a list of names', aString);
 */
export function listOf(expectation: string, check: Check): Check {
  return (op, name, value) => {
    if (!Array.isArray(value)) refuse(op, name, expectation, value);
    for (const [i, item] of value.entries()) check(op, `${name}[${i}]`, item);
  };
}

/** Accepts any value, for arguments that the function checks itself. */
export const anything: Check = () => {};
export const aBoolean: Check = /* @__PURE__ */ checkThat('true or false', (value) => typeof value === 'boolean');
export const aString: Check = /* @__PURE__ */ checkThat('a string', (value) => typeof value === 'string');
/** A path of a file or folder, which need not exist. */
export const aPath: Check = /* @__PURE__ */ checkThat(
  'a path of at least one character',
  (value) => typeof value === 'string' && value !== '' && !value.includes('\0'),
);
/** A name that can be a part of a path such as `encoder/dense/kernel`. */
export const aName: Check = /* @__PURE__ */ checkThat('a name of at least one character, without /', isName);
export const aFunction: Check = /* @__PURE__ */ checkThat('a function', (value) => typeof value === 'function');
/** Any number except NaN. */
export const aNumber: Check = /* @__PURE__ */ numberThat('a number', (value) => !Number.isNaN(value));
export const aFiniteNumber: Check = /* @__PURE__ */ numberThat('a finite number', (value) => Number.isFinite(value));
export const anInteger: Check = /* @__PURE__ */ numberThat('an integer', (value) => Number.isInteger(value));
export const aCount: Check = /* @__PURE__ */ integerFrom(1);
export const positive: Check = /* @__PURE__ */ numberThat('above 0', (value) => value > 0);
export const nonNegative: Check = /* @__PURE__ */ numberThat('at least 0', (value) => value >= 0);
export const belowOne: Check = /* @__PURE__ */ numberThat('in [0, 1)', (value) => value >= 0 && value < 1);
export const upToOne: Check = /* @__PURE__ */ numberThat('in [0, 1]', (value) => value >= 0 && value <= 1);

/**
 * Makes a check for a value to import, such as a loss. The error helps callers that pass a string or forget a call.
 *
 * @param module - the package that exports it
 * @param call - `()` if the import must be called to make the value
 * @example
 * const anActivation = importedFrom('@chainrule/tensor', 'a function such as `relu`', (value) => typeof value === 'function');
 */
export function importedFrom(module: string, expectation: string, fits: (value: unknown) => boolean, call = ''): Check {
  return (op, name, value) => {
    if (fits(value)) return;
    const word = typeof value === 'string' && /^[a-z][\w-]*$/i.test(value) ? importOf(value) : '';
    const forgotten = typeof value === 'function' ? `call it${value.name && `: \`${value.name}()\``}` : undefined;
    refuse(
      op,
      name,
      expectation,
      value,
      word ? `write \`import { ${word} } from '${module}'\` and pass \`${word}${call}\`` : forgotten,
    );
  };
}

/** Names of other libraries, in lower case, that differ from ours. */
const ours: Readonly<Record<string, string>> = {
  mse: 'meanSquaredError',
  mseloss: 'meanSquaredError',
  mae: 'meanAbsoluteError',
  mape: 'meanAbsolutePercentageError',
  msle: 'meanSquaredLogarithmicError',
  kld: 'klDivergence',
  accuracy: 'sparseCategoricalAccuracy',
  adamw: 'adamW',
  rmsprop: 'rmsprop',
  swish: 'silu',
  l1_l2: 'l1l2',
  top_k_categorical_accuracy: 'topKAccuracy',
  l1loss: 'meanAbsoluteError',
  acc: 'sparseCategoricalAccuracy',
  crossentropyloss: 'sparseCategoricalCrossEntropy',
  bce: 'binaryCrossEntropy',
  bcewithlogitsloss: 'binaryCrossEntropy',
};

/** Converts another library's spelling to ours: `binary_accuracy`, `Adam`, `SGD`, `KLDivergence`, `mse`. */
function importOf(name: string): string {
  const lower = name === name.toUpperCase() ? name.toLowerCase() : name;
  const word = name.toLowerCase();
  if (Object.hasOwn(ours, word)) return ours[word]!;
  return lower
    .replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase())
    .replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (capitals) => capitals.toLowerCase())
    .replace('Crossentropy', 'CrossEntropy');
}
