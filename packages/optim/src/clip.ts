import { positive } from '@chainrule/errors/check';
import { add, type FloatDType, map, scalar as e, sum, type Tensor } from '@chainrule/tensor';
import { defineTransformation, type GradientTransformation } from './transformation.ts';
import { widestDType } from './widestDType.ts';

function clipping(
  name: string,
  limit: number,
  clip: (updates: readonly Tensor[]) => Tensor[],
): GradientTransformation<readonly []> {
  positive(name, 'limit', limit);
  return defineTransformation({ name, update: clip });
}

/**
 * Clips every element to ±limit.
 *
 * @throws OptionError for a limit of 0 or less
 * @example
 * clipByValue(1).update([tensor([-3, 0.5])], [], [])[0].toArray(); // => -1,0.5
 */
export function clipByValue(limit: number): GradientTransformation<readonly []> {
  return clipping('clipByValue', limit, (updates) =>
    updates.map((u) => map((x) => e.max(e.min(x, limit), -limit), [u])),
  );
}

/**
 * Powers of two that keep squares in range. No square of a finite value times the factor overflows, and every square that
 * matters beside an overflowing one stays above 0.
 */
const scales: Readonly<Record<FloatDType, number>> = { float32: 2 ** -96, float64: 2 ** -768 };

/** The squares of a vector that may overflow. */
interface Squares {
  /** Σ x² */
  readonly plain: Tensor;
  /** Σ (factor · x)², used if the first is ∞. */
  readonly scaled: Tensor;
}

/** Both sums in one pass over `t`. */
function squaresOf(t: Tensor, dtype: FloatDType): Squares {
  const sumOf = (factor: number): Tensor =>
    sum(
      map(
        (x) => {
          const value = e.mul(e.cast(x, dtype), factor);
          return e.mul(value, value);
        },
        [t],
      ),
    );
  return { plain: sumOf(1), scaled: sumOf(scales[dtype]) };
}

/**
 * u · limit / max(norm, limit): short updates keep their bits. If Σ x² overflows, both the update and the norm are multiplied
 * by the factor, which cancels.
 */
function shorten(u: Tensor, { plain, scaled }: Squares, limit: number): Tensor {
  const dtype = plain.dtype as FloatDType;
  return map(
    (x, s, b) => {
      const value = e.cast(x, dtype);
      const [norm, large] = [e.sqrt(s), e.sqrt(b)];
      const short = e.select(
        e.eq(s, Infinity),
        e.mul(e.mul(value, scales[dtype]), e.div(limit, large)),
        e.mul(value, e.div(limit, norm)),
      );
      return e.cast(e.select(e.le(norm, limit), value, short), u.dtype);
    },
    [u, plain, scaled],
  );
}

/**
 * Scales each variable's update to a Euclidean norm of at most `maxNorm`.
 *
 * @throws OptionError for a norm of 0 or less
 * @example
 * clipByNorm(1).update([tensor([0, 5])], [], [])[0].toArray(); // => 0,1
 */
export function clipByNorm(maxNorm: number): GradientTransformation<readonly []> {
  return clipping('clipByNorm', maxNorm, (updates) =>
    updates.map((u) => shorten(u, squaresOf(u, u.dtype as FloatDType), maxNorm)),
  );
}

/**
 * Scales all updates by one factor, so that their joint Euclidean norm is at most `maxNorm` (Pascanu, Mikolov, Bengio 2013).
 *
 * @throws OptionError for a norm of 0 or less
 * @example
 * clipByGlobalNorm(5).update([tensor([6]), tensor([8])], [], [])[1].toArray(); // => 4
 */
export function clipByGlobalNorm(maxNorm: number): GradientTransformation<readonly []> {
  return clipping('clipByGlobalNorm', maxNorm, (updates) => {
    if (updates.length === 0) return [];
    const dtype = widestDType(updates);
    const each = updates.map((u) => squaresOf(u, dtype));
    const total = {
      plain: each.map((x) => x.plain).reduce((a, b) => add(a, b)),
      scaled: each.map((x) => x.scaled).reduce((a, b) => add(a, b)),
    };
    return updates.map((u) => shorten(u, total, maxNorm));
  });
}
