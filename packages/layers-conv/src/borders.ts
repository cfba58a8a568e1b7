import { OptionError, showValue } from '@chainrule/errors';
import type { Borders, SpatialAxes } from '@chainrule/layers-core';

type Pair = readonly [before: number, after: number];

/**
 * `[before, after]` for each axis: from one number for all ends, one number an axis, or one pair an axis; of a single
 * axis from its pair.
 */
export function bordersOf<N extends SpatialAxes>(
  type: string,
  option: string,
  value: Borders<N>,
  axes: N,
): readonly Pair[] {
  const list: readonly unknown[] =
    typeof value === 'number' ? new Array<number>(axes).fill(value) : axes === 1 ? [value] : value;
  const pairs = Array.isArray(list) ? list.map((v: unknown) => (typeof v === 'number' ? [v, v] : v)) : [];
  const fits =
    pairs.length === axes &&
    pairs.every((p) => Array.isArray(p) && p.length === 2 && p.every((n) => Number.isInteger(n) && n >= 0));
  if (!fits) {
    const choices = axes === 1 ? 'or a pair of them' : `${axes} of them, or ${axes} pairs of them`;
    throw new OptionError(
      `${type}: \`${option}\` must be an integer of at least 0, ${choices}, got ${showValue(value)}`,
    );
  }
  return pairs as Pair[];
}
