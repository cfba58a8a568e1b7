import { showValue } from '@chainrule/errors';
import { Tensor } from '@chainrule/tensor';

/** A column of names, as class numbers. */
export interface Classes {
  /** `[rows]`, from 0. */
  readonly labels: Tensor<[number], 'int32'>;
  /** The name of each class, in order of first appearance or as given. */
  readonly names: readonly string[];
}

/**
 * Numbers the names of a column.
 *
 * @param values - names; undefined where they are missing
 * @param names - the classes in their order; by default as they first appear
 * @param fail - throws the error of a row
 */
export function classesOf(
  values: readonly (string | undefined)[],
  names: readonly string[] | undefined,
  fail: (row: number, expectation: string, got: string) => never,
): Classes {
  const numbers = new Map((names ?? []).map((name, i) => [name, i]));
  const labels = values.map((value, row) => {
    if (value === undefined) return fail(row, 'a class', 'none');
    if (!names && !numbers.has(value)) numbers.set(value, numbers.size);
    return numbers.get(value) ?? fail(row, `one of ${showValue(names)}`, showValue(value));
  });
  return { labels: new Tensor([labels.length], 'int32', Int32Array.from(labels)), names: [...numbers.keys()] };
}
