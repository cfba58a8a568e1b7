import { type Backend, compile, defaultBackend } from '@chainrule/compiler';
import { MemoryError } from '@chainrule/errors';
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
import { alike } from './batches.ts';
import type { MetricSet } from './metricSet.ts';
import { objectiveOf } from './objective.ts';
import type { Model } from '../graph/model.ts';
import { optimizerVariables } from './optimizerVariables.ts';

/** The parts of a training that the compiled steps use. */
export interface StepParts {
  readonly model: Model;
  readonly optimizer: Optimizer;
  readonly state: OptimizerState;
  readonly loss: TrainingLoss;
  readonly metrics: MetricSet;
  readonly backend: Backend | undefined;
}

/** The weighted mean of the loss over a batch plus the penalties, and the sum of the weights. */
export interface ScoredBatch {
  readonly loss: Tensor;
  readonly weight: Tensor;
}

/** The results of a training step. `check` is 0 if all assigned values are finite, else NaN. */
export interface TrainedBatch extends ScoredBatch {
  readonly check: Tensor;
}

/** The compiled functions of a trainer. */
export interface CompiledSteps {
  /** Updates the weights and the metrics, unless all sample weights are 0 or a value is not finite. */
  readonly train: (x: Tensor, y: Tensor, sampleWeight?: Tensor) => Promise<TrainedBatch>;
  /** Updates the metrics. */
  readonly score: (x: Tensor, y: Tensor, sampleWeight: Tensor) => Promise<ScoredBatch>;
  readonly forward: (x: Tensor) => Promise<Tensor>;
  /** Frees the memory of the programs. */
  readonly dispose: () => void;
}

/** The loss of a batch, and what else comes of its evaluation. */
type Evaluation = readonly [
  loss: Tensor,
  found: { readonly weight: Tensor; readonly data: Tensor; readonly weights: Tensor | undefined },
];

/** Compiles training, evaluation and prediction. */
export function compileSteps({ model, optimizer, state, loss, metrics, backend }: StepParts): CompiledSteps {
  const on = backend ? { backend } : {};
  const variables = model.trainableVariables();
  const constraints = model.constraints().filter(({ variable }) => variables.includes(variable));
  const all = [...model.variables(), ...optimizerVariables(state)].map(({ value }) => value);
  const watched = all.filter(({ dtype }) => isFloat(dtype));
  const changing = [...model.variables().map(({ value }) => value), model.rng.counter];
  const penalized = (value: Tensor): Tensor =>
    model.penalties().reduce((total, penalty) => add(total, cast(penalty, value.dtype)), value);
  const scored = (data: Tensor, y: Tensor, weights: Tensor | undefined): ScoredBatch => {
    const parts: Tensor[] = [];
    const value = loss(data, y, {
      ...(weights && { sampleWeight: weights }),
      reportWeight: (weight) => void parts.push(weight),
    });
    if (parts.length === 0) parts.push(weights ? sum(weights) : full([], data.shape[0]!, data.dtype));
    return { loss: penalized(value), weight: parts.reduce((a, b) => add(a, b)) };
  };

  const train = (x: Tensor, y: Tensor, sampleWeight?: Tensor): TrainedBatch => {
    const before = watched.map((v) => v.value);
    const evaluate = (): Evaluation => {
      const run = model.run(finiteWhereLeftOut(x, sampleWeight), { training: true });
      const given = weightsOf(run.data, run.mask, sampleWeight);
      const found = scored(run.data, y, given);
      return [found.loss, { weight: found.weight, data: run.data, weights: given }];
    };
    const { objective, found } = objectiveOf(evaluate, variables, changing);
    const { value } = objective;
    const { weight, data, weights } = found;
    const updates = optimizer.update(objective.gradients, state, variables, objective);
    variables.forEach((v, i) => v.assign(add(v.value, updates[i]!)));
    for (const { variable, apply } of constraints) variable.assign(apply(variable.value));
    metrics.update(data, y, weights);
    return {
      loss: value,
      weight,
      check: checkOf(
        watched.map((v) => v.value).filter((after, i) => after !== before[i]),
        value.dtype,
      ),
    };
  };

  const score = (x: Tensor, y: Tensor, sampleWeight: Tensor): ScoredBatch => {
    const { data, mask } = model.run(x);
    const weights = weightsOf(data, mask, sampleWeight);
    metrics.update(data, y, weights);
    return scored(data, y, weights);
  };

  const [training, scoring, predicting] = [
    compile(train, { ...on, name: 'the training step', accept: isSound }),
    compile(score, { ...on, name: 'the evaluation step' }),
    compile((x: Tensor) => model.call(x), { ...on, name: 'the prediction step' }),
  ];
  return {
    train: (...args) => withMemory(backend, () => training(...args)),
    score: (...args) => withMemory(backend, () => scoring(...args)),
    forward: (x) => withMemory(backend, () => predicting(x)),
    dispose: () => {
      for (const compiled of [training, scoring, predicting]) compiled.dispose();
      (backend ?? defaultBackend()).release?.(all);
    },
  };
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
 * Replaces elements that are not finite by 0 in samples of weight 0, because 0 · NaN would make the gradient NaN. Finite
 * elements stay, so that normalization over the batch sees them.
 */
function finiteWhereLeftOut(x: Tensor, sampleWeight: Tensor | undefined): Tensor {
  if (!sampleWeight || !isFloat(x.dtype)) return x;
  const axes = sampleWeight.shape.slice(1).map((_, i) => i + 1);
  const counts = sum(abs(cast(sampleWeight, x.dtype)), { axis: axes });
  return map(
    (v, w) => e.select(e.and(e.eq(w, 0), e.not(e.eq(e.sub(v, v), 0))), 0, v),
    [x, broadcastWeights('fit', counts, x.shape)],
  );
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
