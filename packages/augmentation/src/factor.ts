import { refuse } from '@chainrule/errors/check';
import { map, scalar as e, type Tensor } from '@chainrule/tensor';

/** A range of random strengths: `[least, most]`, or one number for what lies that far from no change on either side. */
export type Factor = number | readonly [number, number];

/** A factor as a range. One number f is `[center − f, center + f]`, or what of it is in `[low, high]`. */
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

/** Uniforms in [0, 1) as uniforms in a range. */
export function between(u: Tensor, [from, to]: readonly [number, number]): Tensor {
  return from === 0 && to === 1 ? u : map((v) => e.add(from, e.mul(to - from, v)), [u]);
}
