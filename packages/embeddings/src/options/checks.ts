import { type Check, numberThat } from '@chainrule/errors/check';

/** A check for a limit, which may be Infinity. */
export const aLimit: Check = /* @__PURE__ */ numberThat(
  'a positive integer or Infinity',
  (value) => value === Infinity || (Number.isInteger(value) && value > 0),
);
export const aPositiveNumber: Check = /* @__PURE__ */ numberThat(
  'a finite number above 0',
  (value) => value > 0 && value < Infinity,
);
export const aNonNegativeNumber: Check = /* @__PURE__ */ numberThat(
  'a finite number of at least 0',
  (value) => value >= 0 && value < Infinity,
);

/** Drops options that are undefined, so that they do not override defaults. */
export function definedOptions<Options extends object>(
  options: Options,
): { [K in keyof Options]: NonNullable<Options[K]> } {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [K in keyof Options]: NonNullable<Options[K]> };
}
