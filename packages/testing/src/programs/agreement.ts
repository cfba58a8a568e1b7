import { isFloat, type Tensor } from '@chainrule/tensor';
import { unit } from './noise.ts';

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
  /**
   * Many more of them. Where a value lies close to a jump, such as a comparison or a choice between two values that
   * are nearly equal, few runs may all be on one side of it by chance.
   */
  readonly more: () => Promise<readonly (readonly Tensor[])[]>;
  /** What every float may be off by, relative to its value. */
  readonly units: number;
}

/**
 * What a program gives, and what noise makes of it.
 *
 * @param run - runs it with noise, another at each call
 * @param more - how many runs decide about what the few call a difference
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
 * Throws unless results are the expected ones up to rounding.
 *
 * How much rounding may change a result is measured: noise of some units in everything that is rounded moves it by
 * as much or more. Elements may differ by 8 times the largest such move, or the move of 90% of the tensor's elements if
 * that is more, and 64 units. What noise moves from a number to an infinity or NaN, or across a step of integers, says
 * nothing and is not compared. `absolute` is a further difference that every float may have, since sums cancel.
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

/** Where a result is further from the expected one than rounding explains. */
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
