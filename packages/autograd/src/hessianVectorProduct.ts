import { aFunction } from '@chainrule/errors/check';
import { map, mul, scalar as e, type Tensor } from '@chainrule/tensor';
import { reduceNode, treeTensors } from '@chainrule/tensor/graph';
import { grad, type Loss } from './grad.ts';
import type { Gradients } from './gradients.ts';

/**
 * Computes the product of the Hessian of a function and a direction v, as the gradient of ⟨∇f(x), v⟩ (Pearlmutter
 * 1994). It does not compute the Hessian.
 *
 * @param fn - a function to one element
 * @returns a function of the point (a tree of tensors or variables), the direction (a tree of tensors of the same
 *   shapes) and the function's other arguments
 * @example
 * const f = (x: Tensor) => sum(mul(x, mul(x, x)));
 * hessianVectorProduct(f)(tensor([1, 2]), tensor([1, 1])).toArray(); // => 6,12
 */
export function hessianVectorProduct<First, Rest extends readonly unknown[]>(
  fn: (first: First, ...rest: Rest) => Loss,
): (point: First, direction: Gradients<First>, ...rest: Rest) => Gradients<First> {
  aFunction('hessianVectorProduct', 'fn', fn);
  return (point, direction, ...rest) => {
    const directions = treeTensors(direction);
    const slope = (at: First): Tensor => {
      const gradients = treeTensors(grad(fn)(at, ...rest));
      return gradients
        .map((g, i) =>
          reduceNode(
            mul(g, directions[i]!),
            'sum',
            g.shape.map((_, axis) => axis),
          ),
        )
        .reduce((a, b) => map(e.add, [a, b]));
    };
    return grad(slope)(point);
  };
}
