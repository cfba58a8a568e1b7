import { ShapeError, showShape } from '@chainrule/errors';
import { aFunction, aString, checkOptions } from '@chainrule/errors/check';
import type { Tensor } from '@chainrule/tensor';
import { customNode, sameShape } from '@chainrule/tensor/graph';

/** Options of {@link customGradient}. */
export interface CustomGradientOptions {
  /** The name of the function in errors. Default `customGradient`. */
  readonly name?: string;
}

/**
 * Gives a function another gradient, for example a more stable one. Tensors from its closure are constants.
 *
 * @param forward - tensors to a tensor
 * @param pullback - gets the cotangent of the result, the result, and the arguments. It returns a cotangent for each
 *   argument, of its shape, or `null` for one without a gradient. If it uses differentiable operations, it has a gradient,
 *   too.
 * @throws ShapeError if the shapes of a cotangent and its argument differ
 * @example
 * const clipped = customGradient((x) => mul(x, x), (g, y, x) => [minimum(mul(g, mul(x, 2)), 1)]);
 * grad(clipped)(tensor(3)).item(); // => 1
 */
export function customGradient<Args extends readonly Tensor[], Y extends Tensor>(
  forward: (...args: Args) => Y,
  pullback: (cotangent: Tensor, result: Y, ...args: Args) => readonly (Tensor | null)[],
  options: CustomGradientOptions = {},
): (...args: Args) => Y {
  aFunction('customGradient', 'forward', forward);
  aFunction('customGradient', 'pullback', pullback);
  checkOptions('customGradient', options, { name: aString });
  const { name = 'customGradient' } = options;
  return (...args) =>
    customNode({
      name,
      inputs: args,
      body: (inputs) => [forward(...(inputs as unknown as Args))],
      pullback: ([g], inputs, [y]) => {
        if (!g) return inputs.map(() => null);
        const pulled = pullback(g, y as Y, ...(inputs as unknown as Args));
        inputs.forEach((x, i) => checkCotangent(name, pulled[i] ?? null, x, i));
        return [...pulled];
      },
    })[0] as Y;
}

function checkCotangent(name: string, g: Tensor | null, x: Tensor, i: number): void {
  if (g && !sameShape(g.shape, x.shape)) {
    throw new ShapeError(
      `${name}: \`pullback\` must return a cotangent of shape ${showShape(x.shape)} for argument ${i}, got ${showShape(g.shape)}`,
    );
  }
}
