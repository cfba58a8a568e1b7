import { OptionError, showValue } from '@chainrule/errors';

/** Refuses options that are no whole number of at least `least`. */
export function checkCounts(op: string, options: Readonly<Record<string, number>>, least = 1): void {
  for (const [name, value] of Object.entries(options)) {
    if (!Number.isSafeInteger(value) || value < least)
      throw new OptionError(`${op}: \`${name}\` must be a whole number of at least ${least}, got ${showValue(value)}`);
  }
}

/** Refuses options that are no finite number of at least 0, or not above 0 where `positive`. */
export function checkNumbers(op: string, options: Readonly<Record<string, number>>, positive = false): void {
  for (const [name, value] of Object.entries(options)) {
    if (!Number.isFinite(value) || value < 0 || (positive && value === 0)) {
      throw new OptionError(
        `${op}: \`${name}\` must be a number ${positive ? 'above 0' : 'of at least 0'}, got ${showValue(value)}`,
      );
    }
  }
}
