import { DTypeError, ShapeError, showShape } from '@chainrule/errors';
import { aBoolean, type Checks } from '@chainrule/errors/check';
import { aTensor, logicalAnd, map, matmul, scalar as e, softmax, type Tensor } from '@chainrule/tensor';
import { opName } from '@chainrule/tensor/graph';
import { columnOf, rowOf } from './steps.ts';

/** Which keys a query may see. */
export interface SightOptions {
  /** bool, a shape that broadcasts to that of the scores, `[…, queries, keys]`: true where the query may see the key. */
  readonly mask?: Tensor | undefined;
  /** Query i sees the keys up to i only. Default false. */
  readonly causal?: boolean | undefined;
}

/** The output, and what share each key has in it. */
export const sightChecks: Checks<SightOptions> = { mask: aTensor, causal: aBoolean };

/** Checks the tensors that attention without a layer takes. */
export function checkAttention(op: string, query: Tensor, key: Tensor, value: Tensor): void {
  for (const [name, x] of Object.entries({ query, key, value })) {
    aTensor(op, name, x);
    if (x.rank < 2)
      throw new ShapeError(
        `${op}: \`${name}\` expects rank 2 or more [batch,…,time,features], got ${showShape(x.shape)}`,
      );
  }
}

interface Attended {
  readonly output: Tensor;
  readonly weights: Tensor;
}

/** Far below any score, and finite, so that a query that sees nothing gives 0 and not NaN. */
const nothing = -1e9;

/**
 * Σⱼ softmax(scores)ᵢⱼ·valueⱼ over the keys j that query i may see; 0 where there is none.
 *
 * @param scores - `[…, queries, keys]`
 * @param value - `[…, keys, features]`
 * @param change - applied to the weights, such as dropout
 */
export function attend(
  scores: Tensor,
  value: Tensor,
  { mask, causal = false }: SightOptions,
  change: (weights: Tensor) => Tensor = (w) => w,
): Attended {
  if (mask && mask.dtype !== 'bool')
    throw new DTypeError(
      `${opName('attention')}: \`mask\` must be bool, got ${mask.dtype}; compare it or convert it with \`cast\``,
    );
  const seen = bothOf(mask, causal ? causalMask(scores) : undefined);
  const weights = change(seen ? maskedSoftmax(scores, seen) : softmax(scores));
  return { output: matmul(weights, value), weights };
}

function maskedSoftmax(scores: Tensor, seen: Tensor): Tensor {
  const weights: Tensor = softmax(map((open, s) => e.select(open, s, nothing), [seen, scores]));
  return map((open, w) => e.select(open, w, 0), [seen, weights]);
}

/** bool: where both hold; one alone counts, none is none. */
export function bothOf(a: Tensor | undefined, b: Tensor | undefined): Tensor | undefined {
  return a && b ? logicalAnd(a, b) : (a ?? b);
}

/** j ≤ i, `[queries, keys]` */
function causalMask({ shape }: Tensor): Tensor {
  return map((i, j) => e.le(j, i), [columnOf(shape.at(-2)!), rowOf(shape.at(-1)!)]);
}
