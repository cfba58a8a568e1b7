import {
  type Context,
  defineMultiLayer,
  drop,
  expectSequence,
  type Layer,
  type SequenceRule,
  type WeightBuilder,
} from '@chainrule/layers-core';
import { OptionError, ShapeError, showShape } from '@chainrule/errors';
import { aBoolean, aString, belowOne, type Checks } from '@chainrule/errors/check';
import { expandDims, type Shape, type Tensor } from '@chainrule/tensor';
import { attend, bothOf } from './attend.ts';

/** Options of all attention layers. */
export interface AttentionOptions {
  /** Query i sees the keys up to i only. Default false. */
  readonly causal?: boolean;
  /** Part of the weights that is dropped while training. Default 0. */
  readonly dropout?: number;
  /** Return the weights as well, as a second output. Default false. */
  readonly returnScores?: boolean;
  readonly name?: string;
}

/** Queries, keys and values, `[batch, …, features]`, with the keys that count, `[batch, keys]`. */
export const attentionChecks: Checks<AttentionOptions> = {
  causal: aBoolean,
  dropout: belowOne,
  returnScores: aBoolean,
  name: aString,
};

export interface Attending {
  readonly query: Tensor;
  readonly key: Tensor;
  readonly value: Tensor;
  readonly keyMask: Tensor | undefined;
}

/** Scores, and what they leave of keys and weights. */
export interface Scored {
  /** `[batch, …, queries, keys]` */
  readonly scores: Tensor;
  readonly value: Tensor;
  /** Keys that each query may see besides what masks say. */
  readonly window?: Tensor | undefined;
  readonly reweigh?: ((weights: Tensor) => Tensor) | undefined;
}

/** What one attention layer is made of. */
export interface AttentionSpec {
  readonly type: string;
  readonly args: readonly unknown[];
  readonly options: AttentionOptions;
  build?(features: { readonly query: number; readonly key: number; readonly value: number }, at: WeightBuilder): void;
  score(inputs: Attending): Scored;
  /** The features of the output. */
  outputFeatures(features: { readonly query: number; readonly value: number }): number;
  /** The shape of the weights, from batch, queries and keys. */
  weightsShape(batch: number, queries: number, keys: number): Shape;
  /** Applied to the output. */
  finish?(output: Tensor): Tensor;
}

/**
 * The one driver of all attention layers. Inputs are those of Keras: query, value, and key where it is not the value; a query
 * alone attends to itself. The value's mask says which keys count, the query's goes on with the output.
 */
export function attentionLayer<Name extends string>(
  spec: AttentionSpec & { readonly type: Name },
): Layer<SequenceRule<Name>> {
  const {
    type,
    options: { name = type, causal = false, dropout = 0, returnScores = false },
  } = spec;
  return defineMultiLayer<SequenceRule<Name>>({
    type,
    name,
    args: spec.args,
    outputShape(inputs) {
      const [query, value] = checkShapes(name, inputs);
      const output = [query[0]!, query[1]!, spec.outputFeatures({ query: query[2]!, value: value[2]! })];
      return [output, ...(returnScores ? [spec.weightsShape(query[0]!, query[1]!, value[1]!)] : [])];
    },
    ...(spec.build && {
      build(inputs, at) {
        const [query, value, key] = checkShapes(name, inputs);
        spec.build!({ query: query[2]!, value: value[2]!, key: key[2]! }, at);
      },
    }),
    call(inputs, context) {
      checkShapes(
        name,
        inputs.map(({ data }) => data.shape),
      );
      const { query, value, key } = named(inputs);
      const keyMask = value.mask ?? key.mask;
      const scored = spec.score({ query: query.data, value: value.data, key: key.data, keyMask });
      const change = (weights: Tensor): Tensor => dropWeights(scored.reweigh?.(weights) ?? weights, dropout, context);
      const mask = bothOf(keyMask && overQueries(keyMask, scored.scores.rank), scored.window);
      const { output, weights } = attend(scored.scores, scored.value, { mask, causal }, change);
      return [{ ...query, data: spec.finish?.(output) ?? output }, ...(returnScores ? [{ data: weights }] : [])];
    },
  });
}

function named<T>([query, value = query, key = value]: readonly T[]): {
  readonly query: T;
  readonly value: T;
  readonly key: T;
} {
  return { query: query!, value: value!, key: key! };
}

const dropWeights = (weights: Tensor, rate: number, context: Context): Tensor =>
  drop(weights, rate, weights.shape, context);

/** `[batch, keys]` beside scores `[batch, …, queries, keys]`. */
function overQueries(mask: Tensor, rank: number): Tensor {
  return rank === 2 ? mask : overQueries(expandDims(mask, 1), rank - 1);
}

/** The shapes of query, value and key, once they fit together. */
function checkShapes(name: string, inputs: readonly Shape[]): readonly [query: Shape, value: Shape, key: Shape] {
  if (inputs.length < 1 || inputs.length > 3)
    throw new OptionError(
      `${name}: takes a query alone, or with a value, or with a value and a key, got ${inputs.length} inputs`,
    );
  const { query, value, key } = named(inputs);
  for (const shape of inputs) expectSequence(name, shape);
  if (query[0] !== value[0])
    throw new ShapeError(
      `${name}: query and value must have the same batch, got ${showShape(query)} and ${showShape(value)}`,
    );
  if (key[0] !== value[0] || key[1] !== value[1])
    throw new ShapeError(
      `${name}: key and value must have the same steps, got ${showShape(key)} and ${showShape(value)}`,
    );
  return [query, value, key];
}
