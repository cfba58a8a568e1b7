import type { Value } from '@chainrule/layers-core';
import type { TrainingLoss } from '@chainrule/losses';
import type { Optimizer, OptimizerState } from '@chainrule/optim';
import {
  abs,
  add,
  cast,
  type DType,
  full,
  isFloat,
  map,
  mul,
  scalar as e,
  sum,
  type Tensor,
  type Variable,
  zeros,
} from '@chainrule/tensor';
import { broadcastWeights } from '@chainrule/tensor/graph';
import type { Model } from '../graph/model.ts';
import { inPlace } from '../graph/place.ts';
import { alike } from './batches.ts';
import type { OutputMetrics } from './metricSet.ts';
import { objectiveOf } from './objective.ts';
import { optimizerVariables } from './optimizerVariables.ts';
import type { TrainedOutput } from './trainedOutputs.ts';

/** The parts of a training that the compiled steps use. */
export interface StepParts {
  readonly model: Model;
  readonly optimizer: Optimizer;
  readonly state: OptimizerState;
  readonly outputs: readonly TrainedOutput[];
  readonly metrics: OutputMetrics;
}

/** A weighted mean of losses over a batch, and the sum of the weights. */
export interface ScoredOutput {
  readonly loss: Tensor;
  readonly weight: Tensor;
}

/** The loss of all outputs with the penalties, and the sum of all weights. */
export interface ScoredBatch extends ScoredOutput {
  /** Those of each output, without penalties; empty for one output. */
  readonly outputs: readonly ScoredOutput[];
}

/** The results of a training step. `check` is 0 if all assigned values are finite, else NaN. */
export interface TrainedBatch extends ScoredBatch {
  readonly check: Tensor;
}

export type Tensors = readonly Tensor[];
export type Weights = readonly (Tensor | undefined)[];

/** The functions of a trainer. Tensors are lists, one for each input, and for each output with a loss. */
export interface StepFunctions {
  readonly train: (x: Tensors, y: Tensors, sampleWeight?: Weights) => TrainedBatch;
  readonly score: (x: Tensors, y: Tensors, sampleWeight: Tensors) => ScoredBatch;
  readonly forward: (x: Tensors) => Tensors;
  /** All variables of the model and the optimizer. */
  readonly variables: readonly Variable[];
}

/** The loss of a batch, and what else comes of its evaluation. */
type Evaluation = readonly [
  loss: Tensor,
  found: { readonly scores: Omit<ScoredBatch, 'loss'>; readonly data: Tensors; readonly weights: Weights },
];

/** Training, evaluation and prediction of one batch, to be compiled. */
export function stepFunctions(parts: StepParts): StepFunctions {
  const { model, state, outputs, metrics } = parts;
  const variables = [...model.variables(), ...optimizerVariables(state)].map(({ value }) => value);
  return {
    train: trainFunction(parts, variables),
    score(x, y, sampleWeight) {
      const values = valuesOf(model, outputs, x, false);
      const weights = values.map(({ data, mask }, i) => weightsOf(data, mask, sampleWeight[i]));
      const predictions = values.map(({ data }) => data);
      metrics.update(predictions, y, weights);
      return scored(parts, predictions, y, weights);
    },
    forward: (x) => run(model, x, false).map(({ data }) => data),
    variables,
  };
}

function trainFunction(parts: StepParts, all: readonly Variable[]): StepFunctions['train'] {
  const { model, optimizer, state, outputs, metrics } = parts;
  const variables = model.trainableVariables();
  const constraints = model.constraints().filter(({ variable }) => variables.includes(variable));
  const watched = all.filter(({ dtype }) => isFloat(dtype));
  const changing = [...model.variables().map(({ value }) => value), model.rng.counter];
  return (x, y, sampleWeight) => {
    const before = watched.map((v) => v.value);
    const evaluate = (): Evaluation => {
      const values = inPlace({ phase: 'forward pass' }, () =>
        valuesOf(model, outputs, finiteWhereLeftOut(x, sampleWeight), true),
      );
      const weights = values.map((each, i) => weightsOf(each.data, each.mask, sampleWeight?.[i]));
      const data = values.map((each) => each.data);
      const { loss, ...scores } = inPlace({ phase: 'loss' }, () => scored(parts, data, y, weights));
      return [loss, { scores, data, weights }];
    };
    const { objective, found } = objectiveOf(evaluate, variables, changing);
    const { scores, data, weights } = found;
    inPlace({ phase: 'update' }, () => {
      const updates = optimizer.update(objective.gradients, state, variables, objective);
      variables.forEach((v, i) => v.assign(add(v.value, updates[i]!)));
      for (const { variable, apply } of constraints) variable.assign(apply(variable.value));
    });
    metrics.update(data, y, weights);
    const changed = watched.map((v) => v.value).filter((after, i) => after !== before[i]);
    return { loss: objective.value, ...scores, check: checkOf(changed, objective.value.dtype) };
  };
}

function run(model: Model, x: Tensors, isTraining: boolean): Value[] {
  return model['~graph'].run(
    x.map((data) => ({ data })),
    isTraining,
    model.rng,
  );
}

/** The values of the outputs that have a loss. */
function valuesOf(model: Model, outputs: StepParts['outputs'], x: Tensors, isTraining: boolean): Value[] {
  const made = run(model, x, isTraining);
  return outputs.map(({ index }) => made[index]!);
}

function scored({ model, outputs }: StepParts, data: Tensors, y: Tensors, weights: Weights): ScoredBatch {
  const found = outputs.map(({ loss }, i) => scoredOutput(loss, data[i]!, y[i]!, weights[i]));
  const total = found
    .map(({ loss }, i) => (outputs[i]!.lossWeight === 1 ? loss : mul(loss, outputs[i]!.lossWeight)))
    .reduce((a, b) => add(a, cast(b, a.dtype)));
  return {
    loss: model.penalties().reduce((sum, penalty) => add(sum, cast(penalty, sum.dtype)), total),
    weight: found.map(({ weight }) => weight).reduce((a, b) => add(a, cast(b, a.dtype))),
    outputs: found.length > 1 ? found : [],
  };
}

function scoredOutput(loss: TrainingLoss, data: Tensor, y: Tensor, weights: Tensor | undefined): ScoredOutput {
  const parts: Tensor[] = [];
  const value = loss(data, y, {
    ...(weights && { sampleWeight: weights }),
    reportWeight: (weight) => void parts.push(weight),
  });
  if (parts.length === 0) parts.push(weights ? sum(weights) : full([], data.shape[0], data.dtype));
  return { loss: value, weight: parts.reduce((a, b) => add(a, b)) };
}

/** 0 if all elements are finite, else NaN: 0·x is. The sums run in the loops that compute the new values. */
function checkOf(values: readonly Tensor[], dtype: DType): Tensor {
  return values
    .map((x) => cast(sum(map((v) => e.mul(v, 0), [x])), dtype))
    .reduce((a, b) => add(a, b), zeros([], dtype));
}

/**
 * Replaces elements that are not finite by 0 in samples whose weights are all 0, because 0 · NaN would make the gradient NaN.
 * Finite elements stay, so that normalization over the batch sees them.
 */
function finiteWhereLeftOut(x: Tensors, sampleWeight: Weights | undefined): Tensors {
  if (!sampleWeight || sampleWeight.includes(undefined)) return x;
  return x.map((each) => {
    if (!isFloat(each.dtype)) return each;
    const counts = (sampleWeight as Tensors)
      .map((weights) => sum(abs(cast(weights, each.dtype)), { axis: weights.shape.slice(1).map((_, i) => i + 1) }))
      .reduce((a, b) => add(a, b));
    return map(
      (v, w) => e.select(e.and(e.eq(w, 0), e.not(e.eq(e.sub(v, v), 0))), 0, v),
      [each, broadcastWeights('fit', counts, each.shape)],
    );
  });
}

/** Weights of samples or their steps: 0 for steps that the mask of the predictions excludes, as in Keras. */
function weightsOf<W extends Tensor | undefined>(
  { dtype }: Tensor,
  mask: Tensor | undefined,
  sampleWeight: W,
): Tensor | W {
  const given = sampleWeight && cast(sampleWeight, dtype);
  const counted = mask && cast(mask, dtype);
  if (!given || !counted) return given ?? counted;
  return mul(...alike(given, counted));
}
