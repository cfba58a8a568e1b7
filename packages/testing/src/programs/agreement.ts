import { isFloat, type Tensor } from '@chainrule/tensor';
import { unit } from './noise.ts';

/** Throws unless results have the same bits. All NaNs are equal. */
export function expectSameBits(what: string, actual: readonly Tensor[], expected: readonly Tensor[]): void {
  expected.forEach((right, i) => {
    const found = actual[i]!;
    const type = ({ dtype, shape }: Tensor): string => `${dtype}[${shape.join()}]`;
    if (type(found) !== type(right)) throw new Error(`${what}: result ${i} is ${type(found)}, expected ${type(right)}`);
    // Reads `data` once, because it may copy.
    const [actualData, data] = [found.data, right.data];
    const at = data.findIndex((value, k) => !Object.is(value, actualData[k]));
    if (at >= 0)
      throw new Error(`${what}: result ${i} ${type(right)}, element ${at} is ${actualData[at]}, expected ${data[at]}`);
  });
}

/** Expected results, and samples of their rounding error. */
export interface Expected {
  readonly values: readonly Tensor[];
  /** The results with different noise. */
  readonly noisy: readonly (readonly Tensor[])[];
  /**
   * Computes many more of them. If a value lies close to a jump, such as a comparison or a choice between two values
   * that are nearly equal, a few runs may all be on one side of it by chance.
   */
  readonly more: () => Promise<readonly (readonly Tensor[])[]>;
  /** The error that every float may have, relative to its value. */
  readonly units: number;
}

/**
 * The results of a program, without noise and with it.
 *
 * @param run - runs it with noise, which differs at each call
 * @param more - the number of runs that must confirm a difference that the few have found
 */
export async function expectationOf(
  values: readonly Tensor[],
  run: () => readonly Tensor[] | Promise<readonly Tensor[]>,
  more: number,
  few = 3,
  units = 64,
): Promise<Expected> {
  const runs = async (count: number): Promise<Expected['noisy']> => {
    const results: (readonly Tensor[])[] = [];
    for (let i = 0; i < count; i++) results.push(await run());
    return results;
  };
  const noisy = await runs(few);
  let all: Expected['noisy'] | undefined;
  return { values, noisy, units, more: async () => (all ??= [...noisy, ...(await runs(more))]) };
}

/**
 * Throws unless results equal the expected ones up to rounding.
 *
 * The effect of rounding is measured: noise of some units in every rounded value moves a result by as much as rounding,
 * or more. Elements may differ by 8 times the largest such move, or the move of 90% of the elements if that is more,
 * and 64 units. Elements that noise moves from a number to an infinity or NaN, or to another integer, are not compared.
 * `absolute` is a further difference that every float may have, because sums cancel.
 */
export async function expectAgreement(
  what: string,
  actual: readonly Tensor[],
  { values, noisy, more, units }: Expected,
  absolute = 0,
): Promise<void> {
  for (const [i, right] of values.entries()) {
    const found = actual[i]!;
    if (found.shape.join() !== right.shape.join())
      throw new Error(`${what}: result ${i} has shape [${found.shape.join()}], expected [${right.shape.join()}]`);
    const wrong = (runs: Expected['noisy']): Difference | undefined =>
      firstDifference(
        found.data,
        right,
        runs.map((run) => run[i]!.data),
        { absolute, units },
      );
    const difference = wrong(noisy) && wrong(await more());
    if (!difference) continue;
    const { at, allowed } = difference;
    throw new Error(
      `${what}: result ${i} [${right.shape.join()}], element ${at} is ${found.data[at]}, expected ${right.data[at]} ± ${allowed.toExponential(1)}`,
    );
  }
}

/** An element whose error is larger than rounding explains. */
interface Difference {
  readonly at: number;
  readonly allowed: number;
}

function firstDifference(
  actual: ArrayLike<number>,
  right: Tensor,
  noisy: readonly ArrayLike<number>[],
  { absolute, units }: { readonly absolute: number; readonly units: number },
): Difference | undefined {
  const typical = isFloat(right.dtype) ? typicalMove(right, noisy) : 0;
  const relative = isFloat(right.dtype) ? units * unit[right.dtype] : 0;
  const { data } = right;
  for (let at = 0; at < data.length; at++) {
    const [value, expected] = [actual[at]!, data[at]!];
    const distance = Math.abs(value - expected);
    if (value === expected || (Number.isFinite(expected) && distance <= relative * Math.abs(expected))) continue;
    const allowed = allowance(
      expected,
      noisy.map((run) => run[at]!),
      typical,
      relative,
    );
    if (allowed === undefined || distance <= allowed + absolute || (allowed === 0 && Object.is(value, expected)))
      continue;
    return { at, allowed };
  }
  return undefined;
}

/** The error that one element may have. Undefined if the element cannot be compared. */
function allowance(expected: number, others: readonly number[], typical: number, relative: number): number | undefined {
  if (!Number.isFinite(expected)) return others.every((v) => Object.is(v, expected)) ? 0 : undefined;
  if (!others.every(Number.isFinite)) return undefined;
  const moved = Math.max(...others.map((v) => Math.abs(v - expected)));
  if (relative === 0) return moved === 0 ? 0 : undefined;
  return 8 * Math.max(moved, typical) + relative * Math.abs(expected) + 2 ** -143;
}

/** The move that nine of ten elements do not exceed. Samples long tensors. */
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
