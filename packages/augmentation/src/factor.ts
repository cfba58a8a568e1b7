import { refuse } from '@chainrule/errors/check';
import { map, scalar as e, type Tensor } from '@chainrule/tensor';

/** A range of random strengths: `[least, most]`, or one number f for the range from f below to f above no change. */
export type Factor = number | readonly [number, number];

/** Converts a factor to a range. A number f gives `[center − f, center + f]`, cut to `[low, high]`. */
export function rangeOf(
  op: string,
  name: string,
  factor: Factor,
  { center = 0, low = -Infinity, high = Infinity }: { center?: number; low?: number; high?: number } = {},
): readonly [number, number] {
  const range: readonly unknown[] = Array.isArray(factor)
    ? factor
    : typeof factor === 'number' && factor >= 0
      ? [Math.max(low, center - factor), Math.min(high, center + factor)]
      : [];
  const [from, to] = range as readonly [number, number];
  const fits = range.length === 2 && range.every(Number.isFinite) && low <= from && from <= to && to <= high;
  if (!fits) refuse(op, name, `a number of at least 0 or a pair of rising numbers${within(low, high)}`, factor);
  return [from, to];
}

function within(low: number, high: number): string {
  if (low === -Infinity) return high === Infinity ? '' : ` up to ${high}`;
  return high === Infinity ? ` from ${low}` : ` in [${low}, ${high}]`;
}

/** Scales uniforms in [0, 1) to a range. */
export function between(u: Tensor, [from, to]: readonly [number, number]): Tensor {
  return from === 0 && to === 1 ? u : map((v) => e.add(from, e.mul(to - from, v)), [u]);
}
