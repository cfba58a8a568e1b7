import { type Backend, compile, defaultBackend } from '@chainrule/compiler';
import { MemoryError } from '@chainrule/errors';
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
  zeros,
} from '@chainrule/tensor';
import { broadcastWeights } from '@chainrule/tensor/graph';
import { inPlace } from '../graph/place.ts';
import { alike, type FlatBatch } from './batches.ts';
import type { OutputMetrics } from './metricSet.ts';
import { objectiveOf } from './objective.ts';
import type { Model } from '../graph/model.ts';
import type { TrainedOutput } from './trainedOutputs.ts';
import { optimizerVariables } from './optimizerVariables.ts';

/** The parts of a training that the compiled steps use. */
export interface StepParts {
  readonly model: Model;
  readonly optimizer: Optimizer;
  readonly state: OptimizerState;
  readonly outputs: readonly TrainedOutput[];
  readonly metrics: OutputMetrics;
  readonly backend: Backend | undefined;
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

type Tensors = readonly Tensor[];
type Weights = readonly (Tensor | undefined)[];

/** The compiled functions of a trainer. Tensors are lists, one for each input, and for each output with a loss. */
export interface CompiledSteps {
  /** Updates the weights and the metrics, unless all sample weights are 0 or a value is not finite. */
  readonly train: (x: Tensors, y: Tensors, sampleWeight?: Weights) => Promise<TrainedBatch>;
  /** Updates the metrics. */
  readonly score: (x: Tensors, y: Tensors, sampleWeight: Tensors) => Promise<ScoredBatch>;
  /** All outputs. */
  readonly forward: (x: Tensors) => Promise<Tensors>;
  /** Runs a training step in plain JavaScript, inside `around`, and then restores all variables. */
  readonly replay: (batch: FlatBatch, around: (run: () => void) => void) => Promise<void>;
  /** Frees the memory of the programs. */
  readonly dispose: () => void;
}

/** The loss of a batch, and what else comes of its evaluation. */
type Evaluation = readonly [
  loss: Tensor,
  found: { readonly scores: Omit<ScoredBatch, 'loss'>; readonly data: Tensors; readonly weights: Weights },
];

/** Compiles training, evaluation and prediction. */
export function compileSteps({ model, optimizer, state, outputs, metrics, backend }: StepParts): CompiledSteps {
  const on = backend ? { backend } : {};
  const variables = model.trainableVariables();
  const constraints = model.constraints().filter(({ variable }) => variables.includes(variable));
  const all = [...model.variables(), ...optimizerVariables(state)].map(({ value }) => value);
  const watched = all.filter(({ dtype }) => isFloat(dtype));
  const changing = [...model.variables().map(({ value }) => value), model.rng.counter];
  const penalized = (value: Tensor): Tensor =>
    model.penalties().reduce((total, penalty) => add(total, cast(penalty, value.dtype)), value);
  const run = (x: Tensors, isTraining: boolean): Value[] =>
    model['~graph'].run(
      x.map((data) => ({ data })),
      isTraining,
      model.rng,
    );
  const scored = (data: Tensors, y: Tensors, weights: Weights): ScoredBatch => {
    const found = outputs.map(({ loss }, i) => scoredOutput(loss, data[i]!, y[i]!, weights[i]));
    const totals = found.map(({ loss }, i) =>
      outputs[i]!.lossWeight === 1 ? loss : mul(loss, outputs[i]!.lossWeight),
    );
    return {
      loss: penalized(totals.reduce((a, b) => add(a, cast(b, a.dtype)))),
      weight: found.map(({ weight }) => weight).reduce((a, b) => add(a, cast(b, a.dtype))),
      outputs: found.length > 1 ? found : [],
    };
  };

  const train = (x: Tensors, y: Tensors, sampleWeight?: Weights): TrainedBatch => {
    const before = watched.map((v) => v.value);
    const evaluate = (): Evaluation => {
      const made = inPlace({ phase: 'forward pass' }, () => run(finiteWhereLeftOut(x, sampleWeight), true));
      const values = outputs.map(({ index }) => made[index]!);
      const given = values.map((each, i) => weightsOf(each.data, each.mask, sampleWeight?.[i]));
      const predictions = values.map((each) => each.data);
      const { loss, ...scores } = inPlace({ phase: 'loss' }, () => scored(predictions, y, given));
      return [loss, { scores, data: predictions, weights: given }];
    };
    const { objective, found } = objectiveOf(evaluate, variables, changing);
    const { value } = objective;
    const { scores, data, weights } = found;
    inPlace({ phase: 'update' }, () => {
      const updates = optimizer.update(objective.gradients, state, variables, objective);
      variables.forEach((v, i) => v.assign(add(v.value, updates[i]!)));
      for (const { variable, apply } of constraints) variable.assign(apply(variable.value));
    });
    metrics.update(data, y, weights);
    return {
      loss: value,
      ...scores,
      check: checkOf(
        watched.map((v) => v.value).filter((after, i) => after !== before[i]),
        value.dtype,
      ),
    };
  };

  const score = (x: Tensors, y: Tensors, sampleWeight: Tensors): ScoredBatch => {
    const made = run(x, false);
    const values = outputs.map(({ index }) => made[index]!);
    const weights = values.map(({ data, mask }, i) => weightsOf(data, mask, sampleWeight[i]));
    const predictions = values.map(({ data }) => data);
    metrics.update(predictions, y, weights);
    return scored(predictions, y, weights);
  };

  const [training, scoring, predicting] = [
    compile(train, { ...on, name: 'the training step', accept: isSound }),
    compile(score, { ...on, name: 'the evaluation step' }),
    compile((x: Tensors): Tensors => run(x, false).map(({ data }) => data), { ...on, name: 'the prediction step' }),
  ];
  return {
    train: (...args) => withMemory(backend, () => training(...args)),
    score: (...args) => withMemory(backend, () => scoring(...args)),
    replay: async ({ x, y, sampleWeight }, around) => {
      const kept = [...new Set([...all, ...changing])];
      const values = await Promise.all(kept.map((v) => v.read()));
      const restoreMetrics = await metrics.keep();
      try {
        around(() => void train(x, y, sampleWeight));
      } finally {
        kept.forEach((v, i) => v.assign(values[i]!));
        restoreMetrics();
      }
    },
    forward: (x) => withMemory(backend, () => predicting(x)),
    dispose: () => {
      for (const compiled of [training, scoring, predicting]) compiled.dispose();
      (backend ?? defaultBackend()).release?.(all);
    },
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

/** Runs. If memory is short, reclaims what is unused, which needs a turn of the event loop, and runs again. */
async function withMemory<T>(backend: Backend | undefined, run: () => T): Promise<T> {
  try {
    return run();
  } catch (error) {
    const on = backend ?? defaultBackend();
    if (!(error instanceof MemoryError) || !on.reclaim) throw error;
    await on.reclaim();
    return run();
  }
}

/** Whether a step has weight and is finite. */
function isSound({ loss, weight, check }: TrainedBatch): boolean {
  return weight.item() !== 0 && Number.isFinite(loss.item()) && Number.isFinite(check.item());
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
