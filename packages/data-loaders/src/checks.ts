import { OptionError, showValue, ValueError } from '@chainrule/errors';

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
  throw new ValueError(`${op}: \`bytes\` must be a Uint8Array, got ${showValue(bytes)}; wrap an ArrayBuffer by \`new Uint8Array(buffer)\``);
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

/**
 * Checks that a value is one of a few.
 *
 * @throws OptionError if it isn't
 */
export function checkChoice<T>(op: string, parameter: string, value: T, choices: readonly T[]): T {
  if (choices.includes(value)) return value;
  throw new OptionError(`${op}: \`${parameter}\` must be one of ${showValue(choices)}, got ${showValue(value)}`);
}
