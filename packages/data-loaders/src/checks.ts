import { OptionError, showValue, ValueError } from '@chainrule/errors';
import { aString, type Check, listOf, numberThat } from '@chainrule/errors/check';
import { checkSeed } from '@chainrule/tensor';

/**
 * Checks a count.
 *
 * @throws OptionError if `n` is not an integer of at least `least`
 */
export function checkCount(op: string, parameter: string, n: unknown, least: number): number {
  if (Number.isSafeInteger(n) && (n as number) >= least) return n as number;
  throw new OptionError(`${op}: \`${parameter}\` must be an integer of at least ${least}, got ${showValue(n)}`);
}

/**
 * Checks the content of a file.
 *
 * @throws ValueError if `bytes` is not a `Uint8Array`
 */
export function checkBytes(op: string, bytes: unknown): void {
  if (bytes instanceof Uint8Array) return;
  throw new ValueError(
    `${op}: \`bytes\` must be a Uint8Array, got ${showValue(bytes)}; wrap an ArrayBuffer by \`new Uint8Array(buffer)\``,
  );
}

/**
 * Checks a text.
 *
 * @throws OptionError if `value` is not a string of at least one character
 */
export function checkText(op: string, parameter: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new OptionError(`${op}: \`${parameter}\` must be a text of at least one character, got ${showValue(value)}`);
}

/** A check of {@link checkCount}. */
export function countFrom(least: number): Check {
  return (op, name, value) => void checkCount(op, name, value, least);
}

/** A check of {@link checkSeed}. */
export const aSeed: Check = (op, _, value) => checkSeed(op, value);
export const strings: Check = /* @__PURE__ */ listOf('a list of strings', aString);
/** NaN may stand for a missing value. */
export const missingNumber: Check = /* @__PURE__ */ numberThat('a number', () => true);
