import { add, cast, full, map, scalar as e, sum, type Tensor, Variable, zeros } from '@chainrule/tensor';
import { broadcastWeights, withOpName } from '@chainrule/tensor/graph';

/** A measure that is summed up over batches. */
export interface Metric {
  /** What it is: for errors, and the name under which it is reported. */
  readonly name: string;
  /** Whether it takes logits or probabilities, where that matters: `compile` compares it with the loss and the model. */
  readonly predictions?: 'logits' | 'probabilities';
  /** The float64 variables that hold the sums; zero at first. */
  readonly variables: readonly Variable[];
  /**
   * Adds a batch, eagerly or inside `compile`: it assigns the variables.
   *
   * @param predictions - what the model returns
   * @param targets - what it should have returned
   * @param weights - one a sample, or one a position; what has weight 0, such as padding, does not count
   */
  update(predictions: Tensor, targets: Tensor, weights?: Tensor): void;
  /** The measure of everything since the last reset, computed on the host; NaN when nothing was added. */
  result(): number;
  /** Sets the sums back to zero; outside of compiled code. */
  reset(): void;
}

/** What makes a metric out of sums. */
export interface Sums {
  readonly name: string;
  readonly predictions?: Metric['predictions'];
  /** The shape of each sum, by name. */
  readonly sums: Readonly<Record<string, readonly number[]>>;
  /** The sums after a batch, from those before; float64. */
  readonly next: (
    before: readonly Tensor[],
    predictions: Tensor,
    targets: Tensor,
    weights: Tensor | undefined,
  ) => readonly Tensor[];
  readonly result: (...sums: readonly (readonly number[])[]) => number;
}

/** A metric that keeps sums in float64, in which counts are exact up to 2⁵³. */
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
  /** What becomes of the mean. Default: nothing. */
  readonly finish?: (mean: number) => number;
}

/** Σ w·value / Σ w over all batches; `values` gives one value a position. */
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

/** A weight for each position, float64: those of the samples repeated along the axes that they lack; 1 by default. */
export function positionWeights(name: string, shape: readonly number[], weights: Tensor | undefined): Tensor {
  return weights ? broadcastWeights(name, cast(weights, 'float64'), shape) : full(shape, 1, 'float64');
}

/** w·x in float64; what has weight 0 adds nothing, whatever it is. */
export function weighed(x: Tensor, weights: Tensor): Tensor {
  return map((v, w) => e.select(e.eq(w, 0), 0, e.mul(e.cast(v, 'float64'), w)), [x, weights]);
}
