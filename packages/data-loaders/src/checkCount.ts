import { OptionError, showValue } from '@chainrule/errors';

/**
 * Refuses what is no count, in the name of `op`.
 *
 * @throws OptionError when `n` is not an integer of at least `least`
 */
export function checkCount(op: string, parameter: string, n: number, least: number): number {
  if (Number.isSafeInteger(n) && n >= least) return n;
  throw new OptionError(`${op}: \`${parameter}\` must be an integer of at least ${least}, got ${showValue(n)}`);
}
