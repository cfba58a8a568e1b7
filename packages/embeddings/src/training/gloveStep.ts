import { valueAndGrad } from '@chainrule/autograd';
import { type Backend, compile } from '@chainrule/compiler';
import {
  gather,
  mul,
  neg,
  rsqrt,
  scatterAdd,
  slice,
  square,
  sub,
  sum,
  add,
  type Tensor,
  type Variable,
} from '@chainrule/tensor';

/** A batch of B pairs of words. */
export interface PairBatch {
  /** `[2, B]`: rows of the words, then rows of their contexts. */
  readonly rows: Tensor;
  /** `[B]`: log X of each count X. */
  readonly logs: Tensor;
  /** `[B]`: f(X), or 0 for unused entries. */
  readonly weights: Tensor;
}

export type GloveStep = (batch: PairBatch, learningRate: Tensor) => readonly [loss: Tensor, weight: Tensor];

/**
 * Compiles an AdaGrad step on the loss of GloVe:
 *
 * J = ½ Σ f(X)·(w·w̃ + b + b̃ − log X)²
 *
 * Each row of the table holds a vector followed by its bias. The step changes only the rows of the batch. A row that occurs
 * several times moves by the sum of its gradients, divided by the root of all squares so far (Duchi, Hazan, Singer
 * 2011).
 *
 * @param squares - sums of squared gradients, of the shape of `table`
 * @param isVector - `[size + 1]`: 1 for the vector, 0 for the bias
 */
export function gloveStep(
  table: Variable,
  squares: Variable,
  isVector: Tensor,
  backend: Backend | undefined,
): GloveStep {
  const step: GloveStep = ({ rows, logs, weights }, learningRate) => {
    const found: Tensor = gather(table.value, rows);
    const isBias: Tensor = sub(1, isVector);
    const [loss, gradient] = valueAndGrad((pairs: Tensor) => {
      const [w, c] = [half(pairs, 0), half(pairs, 1)];
      const logit = sum(add(mul(mul(w, c), isVector), mul(add(w, c), isBias)), { axis: 2 });
      return mul(0.5, sum(mul(weights, square(sub(logit, logs)))));
    })(found);
    const more: Tensor = square(gradient);
    const total: Tensor = scatterAdd(squares.value, rows, more);
    squares.assign(total);
    const updates: Tensor = mul(mul(gradient, rsqrt(gather(total, rows))), neg(learningRate));
    table.assign(scatterAdd(table.value, rows, updates));
    return [loss, sum(weights)];
  };
  return compile(step, { name: 'glove', ...(backend && { backend }) });
}

function half(pairs: Tensor, which: 0 | 1): Tensor {
  const [, batch, size] = pairs.shape;
  return slice(pairs, [which, 0, 0], [1, batch, size]);
}
