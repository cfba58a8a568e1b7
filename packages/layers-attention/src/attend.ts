import { DTypeError, ShapeError, showShape } from '@chainrule/errors';
import { aBoolean, type Checks } from '@chainrule/errors/check';
import { logicalAnd, map, matmul, scalar as e, softmax, type Tensor } from '@chainrule/tensor';
import { aTensor, opName } from '@chainrule/tensor/graph';
import { queryPositions, keyPositions } from './positions.ts';

/** Options for which keys a query attends to. */
export interface AttentionMaskOptions {
  /** bool, broadcast to the scores `[…, queries, keys]`: true if the query attends to the key. */
  readonly mask?: Tensor | undefined;
  /** Query i attends only to keys up to i. Default false. */
  readonly causal?: boolean | undefined;
}

export const maskChecks: Checks<AttentionMaskOptions> = { mask: aTensor, causal: aBoolean };

/** Checks the arguments of attention functions. */
export function checkAttention(op: string, query: Tensor, key: Tensor, value: Tensor): void {
  for (const [name, x] of Object.entries({ query, key, value })) {
    aTensor(op, name, x);
    if (x.rank < 2)
      throw new ShapeError(
        `${op}: \`${name}\` expects rank 2 or more [batch,…,time,features], got ${showShape(x.shape)}`,
      );
  }
}

/** The output, and the weight of each key in it. */
interface Attended {
  readonly output: Tensor;
  readonly weights: Tensor;
}

/** Score of masked keys: far below any other score, but finite, so that a query without unmasked keys gives 0 instead of NaN. */
const maskedScore = -1e9;

/**
 * Σⱼ softmax(scores)ᵢⱼ·valueⱼ over the keys j that query i attends to; 0 if it attends to no key.
 *
 * @param scores - `[…, queries, keys]`
 * @param value - `[…, keys, features]`
 * @param change - function applied to the weights, such as dropout
 */
export function attend(
  scores: Tensor,
  value: Tensor,
  { mask, causal = false }: AttentionMaskOptions,
  change: (weights: Tensor) => Tensor = (w) => w,
): Attended {
  if (mask && mask.dtype !== 'bool')
    throw new DTypeError(
      `${opName('attention')}: \`mask\` must be bool, got ${mask.dtype}; compare it or convert it with \`cast\``,
    );
  const visible = andMasks(mask, causal ? causalMask(scores) : undefined);
  const weights = change(visible ? maskedSoftmax(scores, visible) : softmax(scores));
  return { output: matmul(weights, value), weights };
}

function maskedSoftmax(scores: Tensor, visible: Tensor): Tensor {
  const weights: Tensor = softmax(map((open, s) => e.select(open, s, maskedScore), [visible, scores]));
  return map((open, w) => e.select(open, w, 0), [visible, weights]);
}

/** The conjunction of two optional masks. */
export function andMasks(a: Tensor | undefined, b: Tensor | undefined): Tensor | undefined {
  return a && b ? logicalAnd(a, b) : (a ?? b);
}

/** Mask j ≤ i, `[queries, keys]`. */
function causalMask({ shape }: Tensor): Tensor {
  return map((i, j) => e.le(j, i), [queryPositions(shape.at(-2)!), keyPositions(shape.at(-1)!)]);
}
