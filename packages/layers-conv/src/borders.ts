import { OptionError, showValue } from '@chainrule/errors';
import type { Add, SpatialRank } from '@chainrule/tensor';

/**
 * Numbers of positions at the ends of `N` spatial axes: one number for all ends, one for each axis, or a pair for each axis.
 * For one axis, `[before, after]`.
 */
export type Borders<N extends SpatialRank> = {
  1: number | Ends;
  2: number | readonly [number, number] | readonly [Ends, Ends];
  3: number | readonly [number, number, number] | readonly [Ends, Ends, Ends];
}[N];
type Ends = readonly [before: number, after: number];

/** The number of positions at both ends of the axis `I` together. */
export type BorderSize<N extends SpatialRank, B, I> =
  EndsOf<N, B, I> extends readonly [infer Before extends number, infer After extends number]
    ? Add<Before, After>
    : number;
type EndsOf<N extends SpatialRank, B, I> = B extends number
  ? [B, B]
  : N extends 1
    ? B
    : I extends keyof B
      ? B[I] extends number
        ? [B[I], B[I]]
        : B[I]
      : unknown;

/** The borders as `[before, after]` for each axis. */
export function bordersOf<N extends SpatialRank>(
  type: string,
  option: string,
  value: Borders<N>,
  axes: N,
): readonly Ends[] {
  const list: readonly unknown[] =
    typeof value === 'number' ? new Array<number>(axes).fill(value) : axes === 1 ? [value] : value;
  const pairs = Array.isArray(list) ? list.map((v: unknown) => (typeof v === 'number' ? [v, v] : v)) : [];
  const fits =
    pairs.length === axes &&
    !pairs.includes(undefined) &&
    pairs.every((p) => Array.isArray(p) && p.length === 2 && [p[0], p[1]].every((n) => Number.isInteger(n) && n >= 0));
  if (!fits) {
    const choices = axes === 1 ? 'or a pair of them' : `${axes} of them, or ${axes} pairs of them`;
    throw new OptionError(
      `${type}: \`${option}\` must be an integer of at least 0, ${choices}, got ${showValue(value)}`,
    );
  }
  return pairs as Ends[];
}
