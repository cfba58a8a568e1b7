import { valueAndGrad } from '@chainrule/autograd';
import { type Backend, compile } from '@chainrule/compiler';
import {
  div,
  gather,
  matmul,
  minimum,
  mul,
  neg,
  reshape,
  scatterAdd,
  sign,
  softplus,
  square,
  sub,
  sum,
  type Tensor,
  transpose,
  type Variable,
  zeros,
} from '@chainrule/tensor';

/** The hidden vectors of a batch of B windows: rows of a table, each for itself, or means of them. */
export interface StepInputs {
  /** `[B, C]`, or `[R]` where `owners` say which window each belongs to. */
  readonly rows: Tensor;
  /** `[B, C, 1]`, 0 where a place is not used; or `[R, 1]`, one over the rows of the window. */
  readonly weights: Tensor;
  readonly owners?: Tensor;
}

/** What the hidden vectors are to predict. */
export interface StepOutputs {
  /** `[B, K]` */
  readonly rows: Tensor;
  /** `[B, 1, K]`: 1 or 0, and how much each counts. */
  readonly labels: Tensor;
  readonly weights: Tensor;
}

export type WindowStep = (
  inputs: StepInputs,
  outputs: StepOutputs,
  learningRate: Tensor,
) => readonly [loss: Tensor, weight: Tensor];

/** The tables of a net with one hidden layer. */
export interface Tables {
  readonly inputs: Variable;
  readonly outputs: Variable;
}

/**
 * A step of gradient descent on the logistic loss, the one of word2vec and fastText in all their forms:
 *
 * L = Σ w·(softplus(h·s) − label·h·s), h a hidden vector of the window, s a row of the outputs
 *
 * Only rows that the batch names change. A row of a mean takes the hidden vector's whole gradient, not its share, as in
 * the original programs. A row that occurs very often in the batch moves less far, see {@link rates}. Gives the sum of
 * the losses, and of the weights.
 */
export function windowStep(
  { inputs: table, outputs: choices }: Tables,
  batchSize: number,
  options: { readonly name: string; readonly backend?: Backend },
): WindowStep {
  const step: WindowStep = (inputs, outputs, learningRate) => {
    const used: Tensor = inputs.owners ? outputs.weights : mul(inputs.weights, outputs.weights);
    const hidden = hiddenVectors(table, batchSize, inputs);
    const chosen: Tensor = gather(choices.value, outputs.rows);
    const [loss, [byHidden, byChosen]] = valueAndGrad(([h, s]: readonly [Tensor, Tensor]) => {
      const logits = product(h, transpose(s, [0, 2, 1]));
      return sum(mul(used, sub(softplus(logits), mul(logits, outputs.labels))));
    })([hidden, chosen]);
    const lengths = (x: Tensor): Tensor => sum(square(x), { axis: 2, keepDims: true });
    const ofChosen: Tensor = sum(mul(used, lengths(hidden)), { axis: 1 });
    const ofHidden: Tensor = sum(mul(used, transpose(lengths(chosen), [0, 2, 1])), { axis: 2 });
    moveRows(choices, outputs.rows, byChosen, rates(choices, outputs.rows, ofChosen, learningRate));
    moveRows(
      table,
      inputs.rows,
      byRow(inputs, byHidden),
      rates(table, inputs.rows, curvatureByRow(inputs, ofHidden), learningRate),
    );
    return [loss, sum(used)];
  };
  return compile(step, options);
}

/** `[B, C, D]`: the rows themselves; or `[B, 1, D]`: their means. */
function hiddenVectors(table: Variable, batchSize: number, { rows, weights, owners }: StepInputs): Tensor {
  const found: Tensor = gather(table.value, rows);
  if (!owners) return found;
  const size = table.shape[1]!;
  const shares: Tensor = mul(found, weights);
  return reshape(scatterAdd(zeros([batchSize, size]), owners, shares), [batchSize, 1, size]);
}

/** The gradient of each row that a hidden vector is made of. */
function byRow({ weights, owners }: StepInputs, gradient: Tensor): Tensor {
  if (!owners) return gradient;
  const [batchSize, , size] = gradient.shape as [number, number, number];
  return mul(gather(reshape(gradient, [batchSize, size]), owners), sign(weights));
}

function curvatureByRow({ weights, owners }: StepInputs, curvature: Tensor): Tensor {
  if (!owners) return curvature;
  return mul(gather(reshape(curvature, [curvature.size]), owners), reshape(sign(weights), [weights.size]));
}

/**
 * How far each row moves along its gradient: the learning rate, but no more than the inverse of a bound of the loss'
 * curvature by that row, beyond which a step in its direction overshoots: ∂²L/∂s² ≤ ¼ Σ w·|h|², since a logistic
 * function's slope is ¼ at most. Rows that occur a few times, which is nearly all, are not concerned.
 *
 * @param lengths - Σ w·|h|² at each place of `rows`
 */
function rates(table: Variable, rows: Tensor, lengths: Tensor, learningRate: Tensor): Tensor {
  const total: Tensor = scatterAdd(zeros([table.shape[0]!]), rows, lengths);
  return minimum(learningRate, div(4, gather(total, rows)));
}

function moveRows(table: Variable, rows: Tensor, gradient: Tensor, rate: Tensor): void {
  const updates: Tensor = mul(gradient, neg(reshape(rate, [...rate.shape, 1])));
  table.assign(scatterAdd(table.value, rows, updates));
}

function product(a: Tensor, b: Tensor): Tensor {
  return matmul(a as never, b as never);
}
