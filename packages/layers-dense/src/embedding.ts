import { aBoolean, aCount, aString, checkOptions } from '@chainrule/errors/check';
import {
  anInitializer,
  defineLayer,
  type Initializer,
  type InputShape,
  type Layer,
  type ShapeRule,
  uniform,
} from '@chainrule/layers-core';
import { type IsDynamic, notEqual, type Shape, type Variable } from '@chainrule/tensor';
import { gatherNode } from '@chainrule/tensor/graph';

/** Options of {@link embedding}. */
export interface EmbeddingOptions {
  /** Initial values of the vectors. Default `uniform` in ±0.05. */
  readonly embeddingsInitializer?: Initializer;
  /** Treat index 0 as padding: the output has a mask, so that later layers skip these steps. Default false. */
  readonly maskZero?: boolean;
  /** Whether training updates the vectors. Default true. */
  readonly trainable?: boolean;
  readonly name?: string;
}

/** Indices of any shape to the same shape with an axis of `U` features at the end. */
export interface EmbeddingRule<U extends number> extends ShapeRule {
  readonly takes: 'int32';
  readonly output: EmbeddedShape<InputShape<this>, U>;
}
type EmbeddedShape<S extends Shape, U extends number> = IsDynamic<S> extends true ? Shape : [...S, U];

/**
 * Looks up a trainable vector for each index: `[batch, time]`, or any other shape, to `[batch, time, outputDim]`.
 *
 * y[b, t] = embeddings[x[b, t]] with embeddings `[inputDim, outputDim]`
 *
 * @param inputDim - size of the vocabulary; indices are int32 in [0, inputDim)
 * @param outputDim - size of the vectors
 * @throws OptionError for sizes below 1; ValueError for an index outside the vocabulary
 * @example
 * embedding(1000, 64).outputShape([[32, 10]]); // => 32,10,64
 */
export function embedding<const U extends number>(
  inputDim: number,
  outputDim: U,
  options: EmbeddingOptions = {},
): Layer<EmbeddingRule<U>> {
  checkOptions('embedding', options, {
    embeddingsInitializer: anInitializer,
    maskZero: aBoolean,
    trainable: aBoolean,
    name: aString,
  });
  const { embeddingsInitializer = uniform, maskZero = false, trainable = true, name } = options;
  aCount('embedding', 'inputDim', inputDim);
  aCount('embedding', 'outputDim', outputDim);
  let embeddings: Variable;
  return defineLayer<EmbeddingRule<U>>({
    type: 'embedding',
    name,
    args: [inputDim, outputDim, options],
    outputShape: (shape) => [...shape, outputDim],
    build(_input, at) {
      embeddings = at.weight('embeddings', [inputDim, outputDim], embeddingsInitializer, { trainable });
    },
    call: (x) => gatherNode(embeddings.value, x, 0, true),
    ...(maskZero && { mask: (x) => notEqual(x, 0) }),
  });
}
