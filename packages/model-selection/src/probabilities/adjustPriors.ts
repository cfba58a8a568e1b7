import { ShapeError, showShape } from '@chainrule/errors';
import { type Check, checkOptions, refuse } from '@chainrule/errors/check';
import { isFloat, type Shape, Tensor } from '@chainrule/tensor';
import { aTensor } from '@chainrule/tensor/graph';

/** The probability of a yes, or of each class; they add up to 1. */
export type Priors = number | readonly number[];

/** Options of {@link adjustPriors}. */
export interface AdjustPriorsOptions {
  /** The priors in the training data. */
  readonly from: Priors;
  /** The priors where the model is used. */
  readonly to: Priors;
}

const isInside = (value: unknown): boolean => typeof value === 'number' && value > 0 && value < 1;
const priors: Check = (op, name, value) => {
  if (isInside(value)) return;
  const sum = Array.isArray(value) && value.every(isInside) ? (value as number[]).reduce((a, b) => a + b, 0) : NaN;
  if (!(Math.abs(sum - 1) < 1e-6))
    refuse(op, name, 'a probability in (0, 1), or one for each class that add up to 1', value);
};

/**
 * Probabilities for other class frequencies than those in the training data, by Bayes' theorem: p′ₖ ∝ pₖ · toₖ / fromₖ (Saerens,
 * Latinne, Decaestecker 2002). Use it after training on balanced classes, for example.
 *
 * @param probabilities - `[…, classes]` with a prior for each class; `[…]`, of a yes, with one number
 * @param options - `from` and `to`, the class frequencies
 * @returns the shape of `probabilities`, float64 for float64 and float32 otherwise
 * @throws OptionError for priors outside (0, 1), or that do not add up to 1; ShapeError for another number of classes
 * @example
 * adjustPriors(tensor([0.5, 0.75]), { from: 0.5, to: 0.25 }).toArray(); // => [0.25,0.5]
 * adjustPriors(tensor([[0.5, 0.5]]), { from: [0.5, 0.5], to: [0.125, 0.875] }).toArray(); // => [[0.125,0.875]]
 */
export function adjustPriors<S extends Shape>(probabilities: Tensor<S>, options: AdjustPriorsOptions): Tensor<S> {
  const name = 'adjustPriors';
  aTensor(name, 'probabilities', probabilities);
  if (!isFloat(probabilities.dtype)) refuse(name, 'probabilities', 'a tensor of floats', probabilities.dtype);
  checkOptions(name, options, { from: priors, to: priors }, 'from', 'to');
  const [from, to] = [options.from, options.to].map((given) =>
    typeof given === 'number' ? [1 - given, given] : given,
  ) as [readonly number[], readonly number[]];
  const isBinary = typeof options.from === 'number';
  const classes = from.length;
  if (isBinary !== (typeof options.to === 'number') || to.length !== classes)
    refuse(name, 'to', isBinary ? 'a number as `from` is' : `a list of ${classes} numbers as \`from\` is`, options.to);
  if (!isBinary && probabilities.shape.at(-1) !== classes)
    throw new ShapeError(
      `${name}: \`probabilities\` must have ${classes} classes on the last axis, got ${showShape(probabilities.shape)}`,
    );
  const ratios = to.map((prior, k) => prior / from[k]!);
  const values = probabilities.data;
  const result = values.slice();
  if (isBinary) values.forEach((p, i) => (result[i] = scaled([1 - p, p], ratios)[1]!));
  else
    for (let i = 0; i < values.length; i += classes)
      result.set(scaled(Array.from(values.subarray(i, i + classes)), ratios), i);
  return new Tensor(probabilities.shape, probabilities.dtype, result);
}

/** Probabilities times ratios, that add up to 1. */
function scaled(probabilities: readonly number[], ratios: readonly number[]): number[] {
  const products = probabilities.map((p, k) => p * ratios[k]!);
  const all = products.reduce((a, b) => a + b, 0);
  return products.map((product) => product / all);
}
