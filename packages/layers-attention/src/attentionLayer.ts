import {
  applyDropout,
  checkSequence,
  type Context,
  defineMultiLayer,
  type Layer,
  type ShapeRule,
  type WeightBuilder,
} from '@chainrule/layers-core';
import { OptionError, ShapeError, showShape } from '@chainrule/errors';
import { aBoolean, aString, belowOne, type Checks } from '@chainrule/errors/check';
import { expandDims, type Shape, type Tensor } from '@chainrule/tensor';
import { andMasks, attend } from './attend.ts';

/** Options of all attention layers. */
export interface AttentionOptions<Scores extends boolean = boolean> {
  /** Query i attends only to keys up to i. Default false. */
  readonly causal?: boolean;
  /** Dropout rate of the attention weights. Default 0. */
  readonly dropout?: number;
  /** Also return the attention weights, as a second output. Default false. */
  readonly returnScores?: Scores;
  readonly name?: string;
}

export const attentionChecks: Checks<AttentionOptions> = {
  causal: aBoolean,
  dropout: belowOne,
  returnScores: aBoolean,
  name: aString,
};

/** Query, key and value `[batch, time, features]`, with the mask of the keys `[batch, keys]`. */
export interface AttentionInputs {
  readonly query: Tensor;
  readonly key: Tensor;
  readonly value: Tensor;
  readonly keyMask: Tensor | undefined;
}

/** The scores of an attention layer, and how a local window changes the weights. */
export interface AttentionScores {
  /** `[batch, …, queries, keys]` */
  readonly scores: Tensor;
  readonly value: Tensor;
  /** Additional mask: the keys in the window of each query. */
  readonly window?: Tensor | undefined;
  /** Function applied to the weights. */
  readonly reweight?: ((weights: Tensor) => Tensor) | undefined;
}

/** The parts that differ between attention layers. */
export interface AttentionSpec {
  readonly type: string;
  readonly args: readonly unknown[];
  readonly options: AttentionOptions;
  build?(features: { readonly query: number; readonly key: number; readonly value: number }, at: WeightBuilder): void;
  score(inputs: AttentionInputs): AttentionScores;
  /** Number of features of the output. */
  outputFeatures(features: { readonly query: number; readonly value: number }): number;
  /** Shape of the attention weights. */
  weightsShape(batch: number, queries: number, keys: number): Shape;
  /** Transforms the output. */
  finish?(output: Tensor): Tensor;
}

/**
 * Common implementation of all attention layers. Inputs are, as in Keras, the query, the value (default the query) and the key
 * (default the value). The mask of the value selects keys; the output has the mask of the query.
 */
export function attentionLayer<R extends ShapeRule>(spec: AttentionSpec): Layer<R> {
  const {
    type,
    options: { name = type, causal = false, dropout = 0, returnScores = false },
  } = spec;
  return defineMultiLayer<R>({
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
      const change = (weights: Tensor): Tensor => dropWeights(scored.reweight?.(weights) ?? weights, dropout, context);
      const mask = andMasks(keyMask && broadcastKeyMask(keyMask, scored.scores.rank), scored.window);
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
  applyDropout(weights, rate, weights.shape, context);

/** Reshapes a mask `[batch, keys]` to broadcast to scores `[batch, …, queries, keys]`. */
function broadcastKeyMask(mask: Tensor, rank: number): Tensor {
  return rank === 2 ? mask : broadcastKeyMask(expandDims(mask, 1), rank - 1);
}

/** Returns the shapes of query, value and key after checking that they match. */
function checkShapes(name: string, inputs: readonly Shape[]): readonly [query: Shape, value: Shape, key: Shape] {
  if (inputs.length < 1 || inputs.length > 3)
    throw new OptionError(
      `${name}: \`inputs\` must hold a query, optionally a value, and optionally a key, got ${inputs.length} inputs`,
    );
  const { query, value, key } = named(inputs);
  for (const shape of inputs) checkSequence(name, shape);
  if (query[0] !== value[0])
    throw new ShapeError(
      `${name}: query and value must have the same batch size, got ${showShape(query)} and ${showShape(value)}`,
    );
  if (key[0] !== value[0] || key[1] !== value[1])
    throw new ShapeError(
      `${name}: key and value must have the same number of steps, got ${showShape(key)} and ${showShape(value)}`,
    );
  return [query, value, key];
}
