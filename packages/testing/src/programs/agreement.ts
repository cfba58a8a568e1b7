import { isFloat, sizeOf, Tensor } from '@chainrule/tensor';
import { mulberry } from '../sampler.ts';
import type { Noise } from './program.ts';

/** Half the distance of 1 to the next number. */
const unit = { float32: 2 ** -24, float64: 2 ** -53 };
/** How far noise moves a value, in units: more than rounding does in one instruction. */
const noiseUnits = 16;

/** Factors near 1, for the values of a program. */
export function noise(seed: number): Noise {
  const random = mulberry(seed);
  return (shape, dtype) => {
    const amplitude = 2 * noiseUnits * unit[dtype as keyof typeof unit];
    const data = dtype === 'float64' ? new Float64Array(sizeOf(shape)) : new Float32Array(sizeOf(shape));
    for (let i = 0; i < data.length; i++) data[i] = 1 + amplitude * (random() - 0.5) * 2;
    return new Tensor([...shape], dtype, data);
  };
}

/** Throws unless results have the same bits; all NaNs are alike. */
export function expectSameBits(what: string, actual: readonly Tensor[], expected: readonly Tensor[]): void {
  expected.forEach((right, i) => {
    const found = actual[i]!;
    const type = ({ dtype, shape }: Tensor): string => `${dtype}[${shape.join()}]`;
    if (type(found) !== type(right)) throw new Error(`${what}: result ${i} is ${type(found)}, expected ${type(right)}`);
    // `data` may copy: it is read once.
    const [actualData, data] = [found.data, right.data];
    const at = data.findIndex((value, k) => !Object.is(value, actualData[k]));
    if (at >= 0)
      throw new Error(`${what}: result ${i} ${type(right)}, element ${at} is ${actualData[at]}, expected ${data[at]}`);
  });
}

/** Results and how much of them is certain. */
export interface Expected {
  readonly values: readonly Tensor[];
  /** The same, computed with different noise. */
  readonly noisy: readonly (readonly Tensor[])[];
}

/**
 * Throws unless results are the expected ones up to rounding.
 *
 * How much rounding may change a result is measured: noise of some units in every value of the program moves it by as
 * much or more. Elements may differ by 8 times the largest such move, or the move of 90% of the tensor's elements if
 * that is more, and 64 units. What noise moves from a number to an infinity or NaN, or across a step of integers, says
 * nothing and is not compared. `absolute` is what every float may differ by besides, where sums cancel.
 */
export function expectAgreement(
  what: string,
  actual: readonly Tensor[],
  { values, noisy }: Expected,
  absolute = 0,
): void {
  values.forEach((right, i) => {
    const found = actual[i]!;
    if (found.shape.join() !== right.shape.join())
      throw new Error(`${what}: result ${i} has shape [${found.shape.join()}], expected [${right.shape.join()}]`);
    const others = noisy.map((run) => run[i]!.data);
    const typical = isFloat(right.dtype) ? typicalMove(right, others) : 0;
    const relative = isFloat(right.dtype) ? 64 * unit[right.dtype] : 0;
    const { data } = found;
    right.data.forEach((expected, at) => {
      const value = data[at]!;
      if (
        value === expected ||
        (Number.isFinite(expected) && Math.abs(value - expected) <= relative * Math.abs(expected))
      )
        return;
      const allowed = allowance(
        expected,
        others.map((run) => run[at]!),
        typical,
        relative,
      );
      if (
        allowed === undefined ||
        Math.abs(value - expected) <= allowed + absolute ||
        (allowed === 0 && Object.is(value, expected))
      )
        return;
      throw new Error(
        `${what}: result ${i} [${right.shape.join()}], element ${at} is ${value}, expected ${expected} ± ${allowed.toExponential(1)}`,
      );
    });
  });
}

/** By how much one element may differ; undefined where it is uncertain altogether. */
function allowance(expected: number, others: readonly number[], typical: number, relative: number): number | undefined {
  if (!Number.isFinite(expected)) return others.every((v) => Object.is(v, expected)) ? 0 : undefined;
  if (!others.every(Number.isFinite)) return undefined;
  const moved = Math.max(...others.map((v) => Math.abs(v - expected)));
  if (relative === 0) return moved === 0 ? 0 : undefined;
  return 8 * Math.max(moved, typical) + relative * Math.abs(expected) + 2 ** -143;
}

/** What nine of ten elements move by at most. Of long tensors, some are enough. */
function typicalMove(right: Tensor, others: readonly ArrayLike<number>[]): number {
  const step = Math.ceil(right.size / 1000);
  const moves: number[] = [];
  const { data: values } = right;
  for (let at = 0; at < values.length; at += step) {
    const moved = Math.max(...others.map((data) => Math.abs(data[at]! - values[at]!)));
    if (Number.isFinite(moved)) moves.push(moved);
  }
  return moves.sort((a, b) => a - b)[Math.floor(0.9 * (moves.length - 1))] ?? 0;
}
