import { valueAndGrad } from '@chainrule/autograd';
import { type Backend, compile } from '@chainrule/compiler';
import { add, cast, mul, repeatWeights, sum, type Tensor, type Variable } from '@chainrule/tensor';
import type { MetricSet } from './metricSet.ts';
import type { Model } from './model.ts';

/** The state that an optimizer keeps; what matters here is that it exists. */
export type State = Readonly<Record<string, Variable | readonly Variable[]>>;

/** What `compile` takes as an optimizer: see `@chainrule/optim`. */
export interface TrainingOptimizer {
  init(variables: readonly Variable[]): State;
  update(gradients: readonly Tensor[], state: never, variables: readonly Variable[]): Tensor[];
  tick(state: never, step: number): void;
}

/** One number from predictions and targets; with weights, Σ w·loss / Σ w. See `@chainrule/losses`. */
export interface TrainingLoss {
  (predictions: Tensor, targets: Tensor, options: { readonly sampleWeight?: Tensor }): Tensor;
  /** Which predictions it takes, if it says so; see `checkPredictions.ts`. */
  readonly predictions?: 'logits' | 'probabilities';
}

/** What the compiled steps are made of. */
export interface StepParts {
  readonly model: Model;
  readonly optimizer: TrainingOptimizer;
  readonly state: State;
  readonly loss: TrainingLoss;
  readonly metrics: MetricSet;
  readonly backend: Backend | undefined;
}

/** Functions that are compiled each by itself. */
export interface Steps {
  /** One update of the weights and the metrics: the loss with the penalties. */
  readonly train: (x: Tensor, y: Tensor, sampleWeight?: Tensor) => Tensor;
  /** One update of the metrics: the weighted average of the loss with the penalties, and the sum of the weights that count. */
  readonly score: (x: Tensor, y: Tensor, sampleWeight: Tensor) => readonly [loss: Tensor, weight: Tensor];
  readonly forward: (x: Tensor) => Tensor;
}

/** Compiles training, evaluation and prediction. */
export function compileSteps({ model, optimizer, state, loss, metrics, backend }: StepParts): Steps {
  const on = backend ? { backend } : {};
  const variables = model.trainableVariables();
  const constraints = model.constraints().filter(({ variable }) => variables.includes(variable));
  const penalized = (value: Tensor): Tensor => model.penalties().reduce((total, penalty) => add(total, cast(penalty, value.dtype)), value);

  const train = (x: Tensor, y: Tensor, sampleWeight?: Tensor): Tensor => {
    const [[value, predicted], gradients] = valueAndGrad((_: readonly Variable[]) => {
      const { data, mask } = model.run(x, { training: true });
      const weights = weightsOf(data, mask, sampleWeight);
      return [penalized(loss(data, y, weights ? { sampleWeight: weights } : {})), { data, weights }] as const;
    })(variables);
    const updates = optimizer.update(gradients, state as never, variables);
    variables.forEach((v, i) => v.assign(add(v.value, updates[i]!)));
    for (const { variable, apply } of constraints) variable.assign(apply(variable.value));
    metrics.update(predicted.data, y, predicted.weights);
    return value;
  };

  const score = (x: Tensor, y: Tensor, sampleWeight: Tensor): readonly [Tensor, Tensor] => {
    const { data, mask } = model.run(x);
    const weights = weightsOf(data, mask, sampleWeight);
    metrics.update(data, y, weights);
    return [penalized(loss(data, y, { sampleWeight: weights })), sum(cast(weights, 'float64'))];
  };

  return {
    train: compile(train, { ...on, name: 'the training step' }),
    score: compile(score, { ...on, name: 'the evaluation step' }),
    forward: compile((x: Tensor) => model.call(x), { ...on, name: 'the prediction step' }),
  };
}

/** How much samples or their steps count: steps that the mask of the predictions leaves out do not, as in Keras. */
function weightsOf<W extends Tensor | undefined>({ dtype }: Tensor, mask: Tensor | undefined, sampleWeight: W): Tensor | W {
  const given = sampleWeight && cast(sampleWeight, dtype);
  const counted = mask && cast(mask, dtype);
  if (!given || !counted) return given ?? counted;
  const { shape } = given.rank > counted.rank ? given : counted;
  const [a, b] = [given, counted].map((weights) => repeatWeights('fit', weights, shape));
  return mul(a!, b!);
}
