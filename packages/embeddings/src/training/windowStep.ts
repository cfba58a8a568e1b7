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

/** The hidden vectors of a batch of B windows: rows of the input table, or means of rows. */
export interface StepInputs {
  /** `[B, C]`; with `owners`, `[R]`. */
  readonly rows: Tensor;
  /** `[B, C, 1]`: 1, or 0 for unused entries; with `owners`, `[R, 1]`: 1 / (rows of the window). */
  readonly weights: Tensor;
  /** `[R]`: the window of each row, if hidden vectors are means. */
  readonly owners?: Tensor;
}

/** What the hidden vectors predict. */
export interface StepOutputs {
  /** `[B, K]`: rows of the output table. */
  readonly rows: Tensor;
  /** `[B, 1, K]`: 1 or 0. */
  readonly labels: Tensor;
  /** `[B, 1, K]`: weight of each label. */
  readonly weights: Tensor;
}

export type WindowStep = (
  inputs: StepInputs,
  outputs: StepOutputs,
  learningRate: Tensor,
) => readonly [loss: Tensor, weight: Tensor];

/** The weights of a network with one hidden layer. */
export interface Tables {
  readonly inputs: Variable;
  readonly outputs: Variable;
}

/**
 * Compiles a step of gradient descent on the logistic loss, which all variants of word2vec and fastText share:
 *
 * L = Σ w·(softplus(h·s) − label·h·s) with a hidden vector h of the window and a row s of the output table
 *
 * The step changes only the rows of the batch. A row of a mean takes the whole gradient of the hidden vector instead of its
 * share, as in the original programs. {@link rates} limits how far frequent rows move. Returns the sum of the losses and
 * the sum of the weights.
 */
export function windowStep(
  { inputs: inputTable, outputs: outputTable }: Tables,
  batchSize: number,
  options: { readonly name: string; readonly backend?: Backend },
): WindowStep {
  const step: WindowStep = (inputs, outputs, learningRate) => {
    const used: Tensor = inputs.owners ? outputs.weights : mul(inputs.weights, outputs.weights);
    const hidden = hiddenVectors(inputTable, batchSize, inputs);
    const chosen: Tensor = gather(outputTable.value, outputs.rows);
    const [loss, [byHidden, byChosen]] = valueAndGrad(([h, s]: readonly [Tensor, Tensor]) => {
      const logits = product(h, transpose(s, [0, 2, 1]));
      return sum(mul(used, sub(softplus(logits), mul(logits, outputs.labels))));
    })([hidden, chosen]);
    const lengths = (x: Tensor): Tensor => sum(square(x), { axis: 2, keepDims: true });
    const ofChosen: Tensor = sum(mul(used, lengths(hidden)), { axis: 1 });
    const ofHidden: Tensor = sum(mul(used, transpose(lengths(chosen), [0, 2, 1])), { axis: 2 });
    moveRows(outputTable, outputs.rows, byChosen, rates(outputTable, outputs.rows, ofChosen, learningRate));
    moveRows(
      inputTable,
      inputs.rows,
      byRow(inputs, byHidden),
      rates(inputTable, inputs.rows, curvatureByRow(inputs, ofHidden), learningRate),
    );
    return [loss, sum(used)];
  };
  return compile(step, options);
}

/** `[B, C, D]` for rows, `[B, 1, D]` for means. */
function hiddenVectors(table: Variable, batchSize: number, { rows, weights, owners }: StepInputs): Tensor {
  const found: Tensor = gather(table.value, rows);
  if (!owners) return found;
  const size = table.shape[1];
  const shares: Tensor = mul(found, weights);
  return reshape(scatterAdd(zeros([batchSize, size]), owners, shares), [batchSize, 1, size]);
}

/** The gradient of each input row. */
function byRow({ weights, owners }: StepInputs, gradient: Tensor): Tensor {
  if (!owners) return gradient;
  const [batchSize, , size] = gradient.shape;
  return mul(gather(reshape(gradient, [batchSize, size]), owners), sign(weights));
}

function curvatureByRow({ weights, owners }: StepInputs, curvature: Tensor): Tensor {
  if (!owners) return curvature;
  return mul(gather(reshape(curvature, [curvature.size]), owners), reshape(sign(weights), [weights.size]));
}

/**
 * The learning rate of each row: the given rate, or less for rows that would overshoot. The limit is the inverse of a bound
 * of the loss' curvature by the row, ∂²L/∂s² ≤ ¼ Σ w·|h|², because the slope of the logistic function is at most ¼. It
 * affects only rows that occur very often in a batch.
 *
 * @param lengths - Σ w·|h|² for each entry of `rows`
 */
function rates(table: Variable, rows: Tensor, lengths: Tensor, learningRate: Tensor): Tensor {
  const total: Tensor = scatterAdd(zeros([table.shape[0]]), rows, lengths);
  return minimum(learningRate, div(4, gather(total, rows)));
}

function moveRows(table: Variable, rows: Tensor, gradient: Tensor, rate: Tensor): void {
  const updates: Tensor = mul(gradient, neg(reshape(rate, [...rate.shape, 1])));
  table.assign(scatterAdd(table.value, rows, updates));
}

function product(a: Tensor, b: Tensor): Tensor {
  return matmul(a as never, b as never);
}
