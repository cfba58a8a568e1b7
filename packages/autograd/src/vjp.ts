import { DTypeError, ShapeError, showShape, showValue } from '@chainrule/errors';
import { aFunction } from '@chainrule/errors/check';
import { isTensor, type Tensor } from '@chainrule/tensor';
import { aTensor, sameShape, withTrace } from '@chainrule/tensor/graph';
import { backward } from './backward.ts';
import { type Gradients, watch } from './gradients.ts';
import { zerosOf } from './rules/shapes.ts';

/**
 * The vector–Jacobian product vᵀ·∂f/∂x: returns the value of a function, and the map from a cotangent v of the value to
 * cotangents of the arguments.
 *
 * @param fn - a function of tensors (or trees of them) to a tensor of any shape
 * @returns a function of the same arguments to `[value, pullback]`
 * @throws DTypeError if `fn` does not return a tensor
 * @throws ShapeError if the shapes of the cotangent and the value differ
 * @example
 * const [y, pullback] = vjp((x) => mul(x, x))(tensor([1, 2]));
 * pullback(tensor([1, 10]))[0].toArray(); // => 2,40
 */
export function vjp<Args extends readonly unknown[], Y extends Tensor>(
  fn: (...args: Args) => Y,
): (...args: Args) => [value: Y, pullback: (cotangent: Tensor) => Gradients<Args>] {
  aFunction('vjp', 'fn', fn);
  return (...args) => {
    const { tape, args: watched, targets, collect } = watch('vjp', args);
    const value = withTrace(tape, () => fn(...watched));
    if (!isTensor(value)) throw new DTypeError(`vjp: \`fn\` must return a tensor, got ${showValue(value)}`);
    const pullback = (cotangent: Tensor): Gradients<Args> => {
      aTensor('vjp', 'cotangent', cotangent);
      if (!sameShape(cotangent.shape, value.shape)) {
        throw new ShapeError(
          `vjp: \`cotangent\` must have the shape of the value, ${showShape(value.shape)}, got ${showShape(cotangent.shape)}`,
        );
      }
      const pulled = backward(tape, [value], [cotangent], targets);
      return collect(pulled.map((g, i) => g ?? zerosOf(targets[i]!.shape, targets[i]!.dtype)));
    };
    return [value, pullback];
  };
}
