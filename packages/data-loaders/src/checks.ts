import { aString, type Check, checkThat, integerFrom, listOf, numberThat, refuse } from '@chainrule/errors/check';

/** Checks for a `Uint8Array`. */
export function checkBytes(op: string, bytes: unknown): void {
  if (!(bytes instanceof Uint8Array))
    refuse(op, 'bytes', 'a Uint8Array', bytes, 'wrap an ArrayBuffer by `new Uint8Array(buffer)`');
}

export const fromZero: Check = /* @__PURE__ */ integerFrom(0);
export const someText: Check = /* @__PURE__ */ checkThat(
  'a non-empty string',
  (value) => typeof value === 'string' && value !== '',
);
export const strings: Check = /* @__PURE__ */ listOf('a list of strings', aString);
/** The number that replaces a missing value; may be NaN. */
export const missingNumber: Check = /* @__PURE__ */ numberThat('a number', () => true);
/** A number of items to take; Infinity means all. */
export const aLimit: Check = /* @__PURE__ */ numberThat(
  'a positive integer',
  (value) => value === Infinity || (Number.isInteger(value) && value >= 1),
);
export const aDeviation: Check = /* @__PURE__ */ numberThat(
  'a finite number of at least 0',
  (value) => value >= 0 && value < Infinity,
);
export const anAbortSignal: Check = /* @__PURE__ */ checkThat(
  'an AbortSignal',
  (value) => value instanceof AbortSignal,
);

/** Whether a value is a list whose items all fit. */
export function isListOf(value: unknown, fits: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(fits);
}
