import { DTypeError, ShapeError, showShape, showValue } from '@chainrule/errors';
import { aFunction, isPromise } from '@chainrule/errors/check';
import { full, isFloat, isTensor, type Tensor } from '@chainrule/tensor';
import { withTrace } from '@chainrule/tensor/graph';
import { backward } from './backward.ts';
import { type Gradients, type OnlyGradient, watch, type WithGradient } from './gradients.ts';
import { zerosOf } from './rules/shapes.ts';

/** The result of a differentiable function: a tensor of one element, or a tuple that begins with one. */
export type Loss = Tensor | readonly [Tensor, ...unknown[]];

/**
 * The value of a function and its gradient by the first argument.
 *
 * The first argument is a tensor, a variable, or a tree of them. The function reads the values of variables itself. It
 * returns a tensor of one element, or a tuple that begins with one; the other entries are returned unchanged.
 *
 * @param fn - the function to differentiate
 * @returns a function of the same arguments to `[result of fn, gradients]`
 * @throws ShapeError if the result has more than one element
 * @throws DTypeError if the result or an argument is not float32 or float64
 * @example
 * const [y, dy] = valueAndGrad((x) => mul(x, x))(tensor(3));
 * dy.item(); // => 6
 * @example
 * const weights = { w: new Variable(tensor([1, 2])), b: new Variable(tensor(0)) };
 * const [, { w, b }] = valueAndGrad(() => add(sum(square(weights.w.value)), weights.b.value))(weights);
 * [w.toArray(), b.toArray()]; // => [[2,4],1]
 */
export function valueAndGrad<First, Rest extends readonly unknown[], R extends Loss>(
  fn: (first: First, ...rest: Rest) => R,
): WithGradient<First, Rest, R> {
  return differentiate('valueAndGrad', fn) as WithGradient<First, Rest, R>;
}

/** {@link valueAndGrad} in the name of `op`. */
function differentiate<First, Rest extends readonly unknown[], R extends Loss>(
  op: string,
  fn: (first: First, ...rest: Rest) => R,
): (first: First, ...rest: Rest) => [value: R, gradient: Gradients<First>] {
  aFunction(op, 'fn', fn);
  return (first, ...rest) => {
    const { tape, args, targets, collect } = watch(op, first);
    const result = withTrace(tape, () => fn(args, ...rest));
    const loss: unknown = Array.isArray(result) ? result[0] : result;
    checkLoss(op, loss);
    const pulled = backward(tape, [loss], [full(loss.shape, 1, loss.dtype)], targets);
    return [result, collect(pulled.map((g, i) => g ?? zerosOf(targets[i]!.shape, targets[i]!.dtype)))];
  };
}

function checkLoss(op: string, loss: unknown): asserts loss is Tensor {
  if (!isTensor(loss)) {
    const remedy =
      typeof loss === 'number'
        ? '; keep tensors, without `item` and `data`'
        : isPromise(loss)
          ? '; it must not be async'
          : '';
    throw new DTypeError(`${op}: \`fn\` must return a tensor, got ${showValue(loss)}${remedy}`);
  }
  if (loss.size !== 1) {
    throw new ShapeError(
      `${op}: \`fn\` must return one element, got shape ${showShape(loss.shape)}; reduce it with \`mean\` or \`sum\``,
    );
  }
  if (!isFloat(loss.dtype)) throw new DTypeError(`${op}: \`fn\` must return float32 or float64, got ${loss.dtype}`);
}

/**
 * The gradient of a function by its first argument; see {@link valueAndGrad}. Gradients of gradients work.
 *
 * @param fn - a function to one element
 * @example
 * const cube = (x: Tensor) => mul(x, mul(x, x));
 * grad(grad(cube))(tensor(2)).item(); // => 12
 */
export function grad<First, Rest extends readonly unknown[]>(
  fn: (first: First, ...rest: Rest) => Loss,
): OnlyGradient<First, Rest> {
  const both = differentiate('grad', fn);
  return ((first: First, ...rest: Rest) => both(first, ...rest)[1]) as OnlyGradient<First, Rest>;
}
