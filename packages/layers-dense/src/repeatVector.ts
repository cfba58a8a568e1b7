import { aCount, checkOptions } from '@chainrule/errors/check';
import {
  checkRank,
  defineLayer,
  type ExpectRank,
  type InputShape,
  type Layer,
  nameCheck,
  type NameOption,
  type ShapeRule,
} from '@chainrule/layers-core';
import { broadcastTo, expandDims } from '@chainrule/tensor';

/** `[batch, features]` to `[batch, N, features]`. */
export interface RepeatVectorRule<N extends number> extends ShapeRule {
  readonly output: RepeatedShape<ExpectRank<InputShape<this>, ['batch', 'features'], 'repeatVector'>, N>;
}
type RepeatedShape<S, N extends number> = S extends readonly [infer Batch, infer Features] ? [Batch, N, Features] : S;

/**
 * Repeats a vector at each step of a sequence: `[batch, features]` to `[batch, n, features]`.
 *
 * @param n - number of steps
 * @throws OptionError for `n` below 1; ShapeError for an input of another rank
 * @example
 * repeatVector(3).outputShape([[32, 10]]); // => 32,3,10
 */
export function repeatVector<const N extends number>(n: N, options: NameOption = {}): Layer<RepeatVectorRule<N>> {
  checkOptions('repeatVector', options, nameCheck);
  aCount('repeatVector', 'n', n);
  return defineLayer<RepeatVectorRule<N>>({
    type: 'repeatVector',
    name: options.name,
    args: [n, options],
    outputShape(shape) {
      checkRank('repeatVector', shape, ['batch', 'features']);
      return [shape[0]!, n, shape[1]!];
    },
    call: (x) => broadcastTo(expandDims(x, 1), [x.shape[0], n, x.shape[1]]),
    passesMask: false,
  });
}
