import { OptionError } from '@chainrule/errors';
import { map, scalar as e, sum, type Tensor } from '@chainrule/tensor';
import { type Optimizer, transformation } from './optimizer.ts';

function clipping(name: string, limit: number, clip: (updates: readonly Tensor[]) => Tensor[]): Optimizer {
  if (!(limit > 0)) throw new OptionError(`${name}: the limit must be above 0, got ${limit}`);
  return transformation({ name, update: clip });
}

/**
 * Cuts every element off at ±limit.
 *
 * @throws OptionError for a limit of 0 or less
 * @example
 * clipByValue(1).update([tensor([-3, 0.5])], {}, [])[0].toArray(); // => -1,0.5
 */
export function clipByValue(limit: number): Optimizer {
  return clipping('clipByValue', limit, (updates) => updates.map((u) => map((x) => e.max(e.min(x, limit), -limit), [u])));
}

/** Σ x², in the tensor's dtype. */
const squares = (t: Tensor): Tensor => sum(map((x) => e.mul(x, x), [t]));

/** u · limit / max(norm, limit): what is short enough stays as it is. */
const scaled = (u: Tensor, squareSum: Tensor, limit: number): Tensor =>
  map((x, s) => {
    const norm = e.sqrt(e.cast(s, u.dtype));
    return e.select(e.le(norm, limit), x, e.mul(x, e.div(limit, norm)));
  }, [u, squareSum]);

/**
 * Shortens each variable's update to a Euclidean norm of at most `maxNorm`.
 *
 * @throws OptionError for a norm of 0 or less
 * @example
 * clipByNorm(1).update([tensor([0, 5])], {}, [])[0].toArray(); // => 0,1
 */
export function clipByNorm(maxNorm: number): Optimizer {
  return clipping('clipByNorm', maxNorm, (updates) => updates.map((u) => scaled(u, squares(u), maxNorm)));
}

/**
 * Shortens all updates by one factor, so that their joint Euclidean norm is at most `maxNorm` (Pascanu, Mikolov, Bengio
 * 2013).
 *
 * @throws OptionError for a norm of 0 or less
 * @example
 * clipByGlobalNorm(5).update([tensor([6]), tensor([8])], {}, [])[1].toArray(); // => 4
 */
export function clipByGlobalNorm(maxNorm: number): Optimizer {
  return clipping('clipByGlobalNorm', maxNorm, (updates) => {
    if (updates.length === 0) return [];
    const total = updates.map(squares).reduce((a, b) => map((x, y) => e.add(x, e.cast(y, a.dtype)), [a, b]));
    return updates.map((u) => scaled(u, total, maxNorm));
  });
}
