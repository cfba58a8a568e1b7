import { add, cast, full, map, scalar as e, sum, type Tensor, Variable, zeros } from '@chainrule/tensor';
import { broadcastWeights, withOpName } from '@chainrule/tensor/graph';

/** A metric that accumulates over batches. */
export interface Metric {
  /** The name in logs and errors. */
  readonly name: string;
  /** The kind of predictions, if it matters. `compile` checks that the loss and the model use the same kind. */
  readonly predictions?: 'logits' | 'probabilities';
  /** The float64 variables that hold the sums, initially 0. */
  readonly variables: readonly Variable[];
  /**
   * Adds a batch by assigning the variables, eagerly or inside `compile`.
   *
   * @param predictions - the outputs of the model
   * @param targets - the expected outputs
   * @param weights - one per sample or position. Weight 0, such as that of padding, excludes it
   */
  update(predictions: Tensor, targets: Tensor, weights?: Tensor): void;
  /** The value over all batches since the last reset, computed on the host; NaN without batches. */
  result(): number;
  /** Resets the sums to 0. Call it outside of compiled code. */
  reset(): void;
}

/** A metric in terms of its sums. */
export interface Sums {
  readonly name: string;
  readonly predictions?: Metric['predictions'];
  /** The shape of each sum, by name. */
  readonly sums: Readonly<Record<string, readonly number[]>>;
  /** Computes the new sums from those before a batch, in float64. */
  readonly next: (
    before: readonly Tensor[],
    predictions: Tensor,
    targets: Tensor,
    weights: Tensor | undefined,
  ) => readonly Tensor[];
  readonly result: (...sums: readonly (readonly number[])[]) => number;
}

/** Makes a metric of sums in float64, which holds counts exactly up to 2⁵³. */
export function streaming({ name, predictions: kind, sums, next, result }: Sums): Metric {
  const variables = Object.entries(sums).map(
    ([key, shape]) => new Variable(zeros(shape, 'float64') as Tensor, { name: `${name}/${key}`, trainable: false }),
  );
  return {
    name,
    ...(kind && { predictions: kind }),
    variables,
    update(predictions, targets, weights) {
      const after = withOpName(name, () =>
        next(
          variables.map((v) => v.value),
          predictions,
          targets,
          weights,
        ),
      );
      variables.forEach((v, i) => v.assign(after[i]!));
    },
    result: () => result(...variables.map((v) => [...v.value.data])),
    reset: () => variables.forEach((v) => v.assign(zeros(v.shape, 'float64'))),
  };
}

/** Options of {@link averaging}. */
export interface AveragingOptions extends Pick<Metric, 'predictions'> {
  /** Applied to the mean. Default: the identity. */
  readonly finish?: (mean: number) => number;
}

/** Makes a metric Σ w·value / Σ w over all batches. `values` returns a value for each position. */
export function averaging(
  name: string,
  values: (predictions: Tensor, targets: Tensor) => Tensor,
  { finish = (mean) => mean, predictions: kind }: AveragingOptions = {},
): Metric {
  return streaming({
    name,
    ...(kind && { predictions: kind }),
    sums: { total: [], weight: [] },
    next([total, weight], predictions, targets, weights) {
      const each = values(predictions, targets);
      const w = positionWeights(name, each.shape, weights);
      return [add(total!, sum(weighed(each, w))), add(weight!, sum(w))];
    },
    result: ([total], [weight]) => finish(total! / weight!),
  });
}

/** A float64 weight for each position. Weights of samples repeat along missing axes. Default 1. */
export function positionWeights(name: string, shape: readonly number[], weights: Tensor | undefined): Tensor {
  return weights ? broadcastWeights(name, cast(weights, 'float64'), shape) : full(shape, 1, 'float64');
}

/** w·x in float64, or 0 if the weight is 0, even for NaN. */
export function weighed(x: Tensor, weights: Tensor): Tensor {
  return map((v, w) => e.select(e.eq(w, 0), 0, e.mul(e.cast(v, 'float64'), w)), [x, weights]);
}
