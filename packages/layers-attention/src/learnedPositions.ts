import {
  anInitializer,
  checkSequence,
  defineLayer,
  type Initializer,
  type Layer,
  type SequenceRule,
  uniform,
} from '@chainrule/layers-core';
import { ShapeError, showShape } from '@chainrule/errors';
import { aCount, aString, checkOptions } from '@chainrule/errors/check';
import { add, type Shape, slice, type Variable } from '@chainrule/tensor';

/** Options of {@link learnedPositions}. */
export interface LearnedPositionsOptions {
  /** Initial values of the vectors. Default `uniform` in ±0.05. */
  readonly embeddingsInitializer?: Initializer;
  readonly name?: string;
}

/**
 * Adds a learned vector for each step to `[batch, time, features]` (Gehring et al. 2017).
 *
 * y[b, t] = x[b, t] + embeddings[t] with embeddings `[maxLength, features]`
 *
 * @param maxLength - maximum number of steps
 * @throws OptionError for `maxLength` below 1; ShapeError for a longer sequence or an input of another rank
 * @example
 * learnedPositions(100).outputShape([[2, 10, 32]]); // => 2,10,32
 */
export function learnedPositions(
  maxLength: number,
  options: LearnedPositionsOptions = {},
): Layer<SequenceRule<'learnedPositions'>> {
  checkOptions('learnedPositions', options, { embeddingsInitializer: anInitializer, name: aString });
  const { name = 'learnedPositions', embeddingsInitializer = uniform } = options;
  aCount(name, 'maxLength', maxLength);
  let embeddings: Variable;
  const check = (shape: Shape): Shape => {
    checkSequence(name, shape);
    if (shape[1]! > maxLength)
      throw new ShapeError(`${name}: takes at most \`maxLength\` = ${maxLength} steps, got ${showShape(shape)}`);
    return shape;
  };
  return defineLayer<SequenceRule<'learnedPositions'>>({
    type: 'learnedPositions',
    name,
    args: [maxLength, options],
    outputShape: check,
    build: (input, at) => void (embeddings = at.weight('embeddings', [maxLength, input[2]!], embeddingsInitializer)),
    call: (x) => add(x, slice(embeddings.value, [0, 0], [check(x.shape)[1]!, -1])),
  });
}
