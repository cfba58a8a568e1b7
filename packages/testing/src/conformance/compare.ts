import { isFloat, type Tensor } from '@chainrule/tensor';
import { sameShape } from '@chainrule/tensor/graph';
import { showShape } from '@chainrule/errors';
import type { GoldenTensor } from './goldenCase.ts';

/** The difference between a result and the expected one. */
export interface Comparison {
  /** The largest error, as a multiple of the tolerance. */
  readonly relative: number;
  /** The largest difference. */
  readonly absolute: number;
  /** The reason why the results differ. Undefined if they agree. */
  readonly message?: string;
}

/**
 * Compares shape, kind of dtype and values: |a − b| ≤ tolerance · max(1, |b|), NaN with NaN, infinities exactly. bool
 * counts as int32.
 *
 * @param what - the name of the tensor in the message
 */
export async function compare(
  what: string,
  got: Tensor,
  expected: GoldenTensor,
  tolerance: number,
): Promise<Comparison> {
  const wrong = (message: string): Comparison => ({
    relative: Infinity,
    absolute: Infinity,
    message: `${what}: ${message}`,
  });
  if (!sameShape(got.shape, expected.shape))
    return wrong(`got shape ${showShape(got.shape)}, expected ${showShape(expected.shape)}`);
  if (isFloat(got.dtype) !== isFloat(expected.dtype))
    return wrong(`got dtype ${got.dtype}, expected ${expected.dtype}`);
  const values = await got.read();
  let [worst, relative, absolute] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const [a, b] = [values[i]!, expected.data[i]!];
    const difference = distance(a, b, expected.dtype);
    // 0 / 0 and ∞ / ∞ are NaN.
    const error =
      difference === 0 || difference === Infinity ? difference : difference / (tolerance * Math.max(1, Math.abs(b)));
    absolute = Math.max(absolute, difference);
    if (error > relative) [worst, relative] = [i, error];
  }
  if (relative <= 1) return { relative, absolute };
  const bad = `got ${values[worst]}, expected ${expected.data[worst]}`;
  const off = relative < Infinity ? ` (${showNumber(relative)} times the tolerance ${tolerance})` : '';
  return { relative, absolute, message: `${what}${showShape(position(worst, expected.shape))}: ${bad}${off}` };
}

/** 0 for two values that count as equal, and infinite if only one of them is finite. */
function distance(a: number, b: number, dtype: GoldenTensor['dtype']): number {
  if (Object.is(a, b) || a === b) return 0;
  // The expected value is a float64, which may be too large for float32.
  if (dtype === 'float32' && !Number.isFinite(Math.fround(b)) && a === Math.fround(b)) return 0;
  return Number.isFinite(a) && Number.isFinite(b) ? Math.abs(a - b) : Infinity;
}

function position(index: number, shape: readonly number[]): number[] {
  const place: number[] = [];
  let rest = index;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    place.unshift(rest % shape[axis]!);
    rest = Math.floor(rest / shape[axis]!);
  }
  return place;
}

/** Three digits. */
export function showNumber(value: number): string {
  return value === 0
    ? '0'
    : value >= 0.001 && value < 10000
      ? String(Number(value.toPrecision(3)))
      : value.toExponential(1).replace('Infinity', '∞');
}
